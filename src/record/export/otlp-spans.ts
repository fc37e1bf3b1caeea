// Calls as spans. A call's span is the parent of whatever the upstream tells of it, because its id travelled there.
import type { Exchange } from '../../model/exchange.ts'
import { ATTRIBUTE, errorOf, finishOf, operationOf, providerOf } from './gen-ai.ts'
import { attributesOf, nanosOf, resourceOf, scopeOf, type Telling } from './otlp-values.ts'

const CLIENT = 3
const ERROR = 2
/** Sampled; and where the parent is known, that it is another program's. */
const SAMPLED = 0x001
const REMOTE_PARENT = 0x300

/** The body of POST /v1/traces; only calls whose trace is sampled are in it. */
export function toTraces(exchanges: readonly Exchange[], telling: Telling) {
  const spans = exchanges.flatMap((exchange) => (exchange.trace?.isSampled ? [spanOf(exchange, exchange.trace)] : []))
  return { resourceSpans: [{ resource: resourceOf(telling), scopeSpans: [{ scope: scopeOf(telling), spans }] }] }
}

function spanOf(exchange: Exchange, trace: NonNullable<Exchange['trace']>) {
  const { at, durationMs, model, usage, decisions } = exchange
  const begun = at.getTime()
  const error = errorOf(exchange)
  const name = [operationOf(exchange), ...(model === undefined ? [] : [model])].join(' ')
  return {
    traceId: trace.traceId,
    spanId: trace.spanId,
    ...(trace.parentId === undefined ? {} : { parentSpanId: trace.parentId }),
    flags: trace.parentId === undefined ? SAMPLED : SAMPLED | REMOTE_PARENT,
    name: name.toWellFormed(),
    kind: CLIENT,
    startTimeUnixNano: nanosOf(begun),
    endTimeUnixNano: nanosOf(begun + durationMs),
    attributes: attributesOf({
      [ATTRIBUTE.operation]: operationOf(exchange),
      [ATTRIBUTE.provider]: providerOf(exchange),
      [ATTRIBUTE.requestModel]: model,
      [ATTRIBUTE.stream]: exchange.stream ? true : undefined,
      [ATTRIBUTE.responseId]: exchange.answer?.id,
      [ATTRIBUTE.responseModel]: exchange.answer?.model,
      [ATTRIBUTE.finishReasons]: finishOf(exchange),
      [ATTRIBUTE.agent]: exchange.agent,
      [ATTRIBUTE.inputTokens]: usage?.input,
      [ATTRIBUTE.outputTokens]: usage?.output,
      [ATTRIBUTE.cacheRead]: usage?.cacheRead,
      [ATTRIBUTE.cacheWritten]: usage?.cacheWritten,
      [ATTRIBUTE.errorType]: error,
      [ATTRIBUTE.status]: exchange.status,
      [ATTRIBUTE.client]: exchange.client,
      [ATTRIBUTE.call]: exchange.id,
      [ATTRIBUTE.route]: exchange.route,
      [ATTRIBUTE.system]: exchange.asset,
      [ATTRIBUTE.key]: exchange.keyId,
      [ATTRIBUTE.upstream]: exchange.upstream,
      [ATTRIBUTE.outcome]: exchange.outcome,
      [ATTRIBUTE.action]: decisions.at(-1)?.action,
      [ATTRIBUTE.policy]: decisions.at(-1)?.policy,
      [ATTRIBUTE.cost]: exchange.costMicros,
    }),
    events: [...stageEvents(exchange, begun), ...guardEvents(exchange, begun)],
    // That all went well is for the reader to say: a span without trouble has no status.
    ...(error === undefined ? {} : { status: { code: ERROR, message: error } }),
  }
}

/** Each at the end of its stage. */
function stageEvents({ stages }: Exchange, begun: number) {
  let end = begun
  return stages.map(({ stage, ms }) => {
    end += ms
    return {
      timeUnixNano: nanosOf(end),
      name: `parapet.stage.${stage}`,
      attributes: attributesOf({ 'parapet.ms': ms }),
    }
  })
}

/** What guards found or failed at; what they passed is the rule. */
function guardEvents({ verdicts, durationMs }: Exchange, begun: number) {
  const told = verdicts.filter(({ outcome }) => outcome !== 'pass')
  return told.map(({ guard, stage, outcome, hits, more }) => ({
    timeUnixNano: nanosOf(begun + durationMs),
    name: 'parapet.guard',
    attributes: attributesOf({
      'parapet.guard': guard,
      'parapet.guard.stage': stage,
      'parapet.guard.outcome': outcome,
      'parapet.guard.hits': hits.length + more,
    }),
  }))
}
