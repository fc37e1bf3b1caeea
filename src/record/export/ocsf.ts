// Calls as events of the Open Cybersecurity Schema Framework: each call is an API activity with the AI operation profile,
// and each guard that found something or failed is a detection finding beside it. Never a word of the call.
import type { Exchange } from '../../model/exchange.ts'
import { SEVERITIES, type Severity } from '../../model/finding.ts'
import type { Verdict } from '../../model/verdict.ts'
import { errorOf, operationOf, providerOf } from './gen-ai.ts'

const VERSION = '1.8.0'
const CALL_PROFILES = ['ai_operation', 'security_control', 'trace']
const FINDING_PROFILES = ['security_control']

const API_ACTIVITY = {
  category_uid: 6,
  class_uid: 6003,
  class_name: 'API Activity',
  category_name: 'Application Activity',
}
const FINDING = { category_uid: 2, class_uid: 2004, class_name: 'Detection Finding', category_name: 'Findings' }
/** A question to a model makes an answer. */
const CREATE = 1
const [SUCCESS, FAILURE] = [1, 2]
const [ALLOWED, DENIED, OBSERVED, MODIFIED] = [1, 2, 3, 4]
/** Dispositions. */
const [PASSED, BLOCKED, CORRECTED, DETECTED, REJECTED, UNAUTHORIZED, FAILED] = [1, 2, 11, 15, 25, 26, 27]
const RULE = 1
const MOST_TEXT = 256

export type OcsfEvent = ReturnType<typeof activityOf> | ReturnType<typeof findingOf>

export function toOcsf(exchange: Exchange, version: string): OcsfEvent[] {
  const told = exchange.verdicts.filter(({ outcome }) => outcome !== 'pass')
  return [activityOf(exchange, version), ...told.map((verdict, i) => findingOf(exchange, verdict, i, version))]
}

function activityOf(exchange: Exchange, version: string) {
  const { id, at, durationMs, status, outcome, model, upstream, usage, bytesOut } = exchange
  const error = errorOf(exchange)
  return {
    ...API_ACTIVITY,
    activity_id: CREATE,
    type_uid: API_ACTIVITY.class_uid * 100 + CREATE,
    time: at.getTime(),
    start_time: at.getTime(),
    end_time: Math.round(at.getTime() + durationMs),
    duration: Math.round(durationMs),
    severity_id: severityOf(exchange.verdicts),
    status_id: outcome === 'answered' ? SUCCESS : FAILURE,
    ...(error === undefined ? {} : { status_detail: error }),
    message: `a call to ${text(model ?? 'no model')} was ${outcome}`,
    metadata: { ...metadataOf(id, version), profiles: CALL_PROFILES },
    actor: actorOf(exchange),
    src_endpoint: endpointOf(exchange),
    ...(upstream === undefined ? {} : { dst_endpoint: { name: upstream } }),
    api: {
      operation: operationOf(exchange),
      service: { name: text(exchange.route ?? 'none') },
      response: { code: status, ...(error === undefined ? {} : { error }) },
    },
    ...(model === undefined ? {} : { ai_model: { name: text(model), ai_provider: providerOf(exchange) } }),
    message_context: {
      application: { uid: text(exchange.asset ?? exchange.keyId ?? 'unknown') },
      ...(usage === undefined
        ? {}
        : { prompt_tokens: usage.input, completion_tokens: usage.output, total_tokens: usage.input + usage.output }),
    },
    ...controlOf(exchange),
    ...traceOf(exchange),
    unmapped: {
      bytes_in: exchange.bytesIn,
      bytes_out: bytesOut,
      stream: exchange.stream,
      attempts: exchange.attempts,
      ...(exchange.agent === undefined ? {} : { agent: text(exchange.agent) }),
    },
  }
}

function findingOf(exchange: Exchange, verdict: Verdict, index: number, version: string) {
  const { id, at, model } = exchange
  const { guard, stage, outcome, hits, more, why } = verdict
  const kinds = [...new Set(hits.map(({ kind }) => kind))].slice(0, 10)
  const said = outcome === 'failed' ? `failed: ${why ?? 'no reason'}` : `found ${hits.length + more} in the ${stage}`
  return {
    ...FINDING,
    activity_id: CREATE,
    type_uid: FINDING.class_uid * 100 + CREATE,
    time: at.getTime(),
    severity_id: severityOf([verdict]),
    message: `${guard} ${said}`,
    metadata: { ...metadataOf(`${id}-${index}`, version), profiles: FINDING_PROFILES, correlation_uid: id },
    finding_info: {
      uid: `${id}-${index}`,
      title: `${guard} on a call to ${text(model ?? 'no model')}`,
      analytic: { type_id: RULE, name: guard },
      created_time: at.getTime(),
      ...(kinds.length === 0 ? {} : { types: kinds }),
    },
    evidences: [{ actor: actorOf(exchange), src_endpoint: endpointOf(exchange) }],
    ...controlOf(exchange),
    confidence_score: Math.round(Math.max(0, ...hits.map(({ confidence }) => confidence)) * 100),
  }
}

function metadataOf(uid: string, version: string) {
  return {
    version: VERSION,
    uid,
    product: { name: 'Parapet', vendor_name: 'Parapet', version },
    log_name: 'gateway',
  }
}

/** The program that called: its key, and the system that the key belongs to. */
function actorOf({ keyId, refusedKeyId, asset }: Exchange) {
  const user = { uid: keyId ?? refusedKeyId ?? 'unknown', type_id: keyId === undefined ? 0 : 4 }
  return { user, ...(asset === undefined ? {} : { app_uid: text(asset) }) }
}

const endpointOf = ({ client }: Exchange) => (client === undefined ? { name: 'unknown' } : { ip: client })

function controlOf({ outcome, code, decisions, verdicts }: Exchange) {
  const because = decisions.findLast(({ because: guards }) => guards.length > 0)?.because[0]
  const hash = decisions.at(-1)?.policy
  return {
    ...dispositionOf({ outcome, code, decisions, verdicts }),
    is_alert: verdicts.some((verdict) => verdict.outcome === 'hit'),
    ...(hash === undefined ? {} : { policy: { uid: hash, ...(because === undefined ? {} : { name: because }) } }),
  }
}

function dispositionOf({
  outcome,
  code,
  decisions,
  verdicts,
}: Pick<Exchange, 'outcome' | 'code' | 'decisions' | 'verdicts'>) {
  if (outcome === 'blocked') return { action_id: DENIED, disposition_id: BLOCKED }
  if (outcome === 'refused')
    return { action_id: DENIED, disposition_id: code === 'unauthenticated' ? UNAUTHORIZED : REJECTED }
  if (outcome === 'broken') return { action_id: ALLOWED, disposition_id: FAILED }
  if (decisions.some(({ action }) => action === 'rewrite')) return { action_id: MODIFIED, disposition_id: CORRECTED }
  if (verdicts.some((verdict) => verdict.outcome === 'hit')) return { action_id: OBSERVED, disposition_id: DETECTED }
  return { action_id: ALLOWED, disposition_id: PASSED }
}

function traceOf({ trace, at, durationMs }: Exchange) {
  if (trace === undefined) return {}
  const [start, end] = [at.getTime(), Math.round(at.getTime() + durationMs)]
  return { trace: { uid: trace.traceId, span: { uid: trace.spanId, start_time: start, end_time: end } } }
}

/** Informational where nothing was found; a guard that failed is at least a medium matter. */
function severityOf(verdicts: readonly Verdict[]): number {
  const found: Severity[] = verdicts.flatMap(({ outcome, hits }) => [
    ...hits.map(({ severity }) => severity),
    ...(outcome === 'failed' ? (['medium'] as const) : []),
  ])
  return found.length === 0 ? 1 : Math.max(...found.map((severity) => SEVERITIES.indexOf(severity))) + 2
}

const text = (words: string): string => words.slice(0, MOST_TEXT).toWellFormed()
