// Pictures, sound and files: inside the body as data, or somewhere else under an address.
import { Failure } from '../../lib/failure.ts'
import type { JsonPath } from '../../lib/json-edit.ts'
import type { Speaker } from '../../model/finding.ts'
import type { MediaPart } from '../../model/turn.ts'
import type { Claims } from './claims.ts'
import { startOf } from './labels.ts'

const DATA_URL = /^data:(?<type>[\w.+/-]*)(?:;[\w=.-]*)*;base64,/

/** A data URL, or an address, which stays a text that guards read. */
export function mediaOf(
  claims: Claims,
  origin: Speaker,
  kind: MediaPart['kind'],
  at: JsonPath,
  url: string,
): MediaPart {
  const head = DATA_URL.exec(url.slice(0, 200))
  if (head === null) return { kind, origin, at, mediaType: undefined, url }
  const data = url.slice(head[0].length)
  claims.blob(at, data)
  return { kind, origin, at, mediaType: head.groups?.['type'], head: head[0], data }
}

/** What stands where a data URL is expected may be its data alone. */
export function fileOf(claims: Claims, origin: Speaker, at: JsonPath, data: string): MediaPart {
  if (startOf(data, NOT_BASE64, PADDING) === 0) return mediaOf(claims, origin, 'file', at, data)
  claims.blob(at)
  return { kind: 'file', origin, at, mediaType: undefined, data }
}

const NOT_BASE64 = /[^A-Za-z0-9+/_-]/
const PADDING = /^={1,2}$/

/** An upstream would misread it, or get it without its content. */
export function notTaken({ at }: MediaPart, taken: string): Failure {
  return new Failure('input_invalid', `${at.join('.')}: the upstream of this model takes ${taken}`, {
    hint: 'send it in another way, or ask for another model',
  })
}

export function urlOf({ mediaType, data, url }: MediaPart): string {
  return url ?? `data:${mediaType ?? 'application/octet-stream'};base64,${data ?? ''}`
}
