// Runs the very verifier that auditors get, in this browser: one file of the server, checked with the browser's own
// WebCrypto. What is trusted is a public key; the last checkpoint that verified here is kept, so that a log rolled back
// behind it is noticed.
import type * as Verifier from '../../../src/prove/verify.ts'
import { api } from '../../api.ts'

export type Step = Verifier.Step
export type Verdict = Verifier.Verdict

const KEPT = 'parapet.checkpoint'
const KEY = 'parapet.trusted-key'
const MOST_BYTES = 64 * 1024 * 1024

const load = (): Promise<typeof Verifier> => import(/* @vite-ignore */ `${location.origin}/verify.mjs`)

interface Kept {
  origin: string
  size: number
  note: string
}

function readKept(origin: string): Kept | undefined {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEPT) ?? 'null')
    if (typeof kept !== 'object' || kept === null) return undefined
    const { origin: from, size, note } = kept as Partial<Kept>
    return from === origin && typeof size === 'number' && typeof note === 'string' ? { origin, size, note } : undefined
  } catch {
    return undefined
  }
}

/** Whether this browser verified a log before. */
export const hasKept = () => localStorage.getItem(KEPT) !== null || localStorage.getItem(KEY) !== null

export function forgetKept(): void {
  localStorage.removeItem(KEPT)
  localStorage.removeItem(KEY)
}

interface Trusted {
  key: string
  /** Kept from an earlier visit, typed in, or only the server's word. */
  from: 'kept' | 'given' | 'server'
}

/** The key that this browser saw first, so that a server that changes it in silence is found out. */
export function trustedKey(origin: string, offered: string): Trusted {
  const kept = localStorage.getItem(KEY)
  if (kept?.startsWith(`${origin}+`)) return { key: kept, from: 'kept' }
  return { key: offered, from: 'server' }
}

interface Outcome extends Verdict {
  entries: number
  size: number | undefined
  omitted: boolean
}

/** Asks for a report of these entries (all, newest first, without a choice) and checks it here. */
export async function checkLog(indexes?: readonly number[]): Promise<Outcome> {
  const log = await api.get('/api/log')
  const first = log.verifierKeys[0] ?? log.verifierKey
  const { key } = trustedKey(log.origin, first)
  const kept = readKept(log.origin)
  if (kept && kept.size > log.size) return rolledBack(kept.size, log.size)
  const report = await api.post('/api/log/report', {
    body: { ...(indexes ? { indexes: [...indexes] } : {}), ...(kept ? { extendsSize: kept.size } : {}) },
  })
  const { verifyReport, parseCheckpoint } = await load()
  const checkpoints = kept ? [kept.note] : []
  const verdict = await verifyReport(JSON.stringify(report), { keys: [key], checkpoints })
  let size: number | undefined
  if (verdict.ok) {
    size = parseCheckpoint(report.checkpoint).size
    localStorage.setItem(KEY, key)
    localStorage.setItem(KEPT, JSON.stringify({ origin: log.origin, size, note: report.checkpoint }))
  }
  return { ...verdict, entries: report.entries.length, size, omitted: report.omitted }
}

function rolledBack(kept: number, now: number): Outcome {
  const message = `this browser verified ${kept} entries before; the log has only ${now} now`
  return {
    ok: false,
    steps: [{ step: 'history', ok: false, code: 'rolled-back', message, index: now }],
    entries: 0,
    size: now,
    omitted: false,
  }
}

/** What somebody was given: a report, a proof, a document that carries its proof, or one with its proof beside it. */
export async function checkFiles(files: readonly File[], key: string): Promise<Verdict> {
  const beside = files.find(({ name }) => files.length > 1 && name.endsWith('.proof.json'))
  const file = files.find((one) => one !== beside)
  if (file === undefined || files.length > 2)
    return unread('choose one file, or a document together with its .proof.json')
  if (files.some(({ size }) => size > MOST_BYTES))
    return unread('the file is larger than 64 MB: use the verifier on the command line')
  const trust = { keys: [key] }
  const bytes = new Uint8Array(await file.arrayBuffer())
  const { verifyReport, verifyProof, verifyDocument } = await load()
  const document = await verifyDocument(bytes, trust, beside && (await beside.text()))
  if (document) return document
  const text = new TextDecoder().decode(bytes)
  return text.startsWith('c2sp.org/tlog-proof') ? verifyProof(text, trust) : verifyReport(text, trust)
}

const unread = (message: string): Verdict => ({
  ok: false,
  steps: [{ step: 'format', ok: false, code: 'wrong-format', message }],
})
