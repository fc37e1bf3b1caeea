// W3C Trace Context: the trace that a client is in goes on through the gateway to the upstream. What is not well formed is
// no trace: it is forgotten and never passed on, because the upstream would trust it as ours.
import { randomBytes } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import type { TraceContext } from '../model/exchange.ts'

const TRACEPARENT = /^(?!ff)[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(?=-|$)/
const TRACESTATE = /^[\x20-\x7e]{1,512}$/

/** `records`: spans of calls are told somewhere, so a call gets one of its own, and a trace where it came without. */
export function traceOf({ traceparent }: IncomingHttpHeaders, records: boolean): TraceContext | undefined {
  if (traceparent === undefined && !records) return undefined
  const [, traceId, parentId, flags = '0'] =
    typeof traceparent === 'string' ? (TRACEPARENT.exec(traceparent) ?? []) : []
  if (traceId === undefined || parentId === undefined || /^0+$/.test(traceId) || /^0+$/.test(parentId)) {
    if (!records) return undefined
    return { traceId: hex(16), spanId: hex(8), parentId: undefined, isSampled: true }
  }
  return { traceId, spanId: records ? hex(8) : parentId, parentId, isSampled: (Number.parseInt(flags, 16) & 1) === 1 }
}

/** What an upstream is told of it. */
export function traceHeaders(
  trace: TraceContext | undefined,
  { tracestate }: IncomingHttpHeaders,
): Record<string, string> {
  if (trace === undefined) return {}
  const traceparent = `00-${trace.traceId}-${trace.spanId}-${trace.isSampled ? '01' : '00'}`
  const isPassed = trace.parentId !== undefined && typeof tracestate === 'string' && TRACESTATE.test(tracestate)
  return isPassed ? { traceparent, tracestate } : { traceparent }
}

const hex = (bytes: number): string => randomBytes(bytes).toString('hex')
