// How a request reaches the API, whichever way it takes.
import type { VerbCall } from '../verb.ts'
import type { ApiRequest } from './request.ts'

export interface Transport {
  /** The reply's value. Problems are thrown as the failures that the server meant. */
  send(request: ApiRequest): Promise<unknown>
  close(): Promise<void>
}

export type OpenTransport = (call: VerbCall) => Promise<Transport>
