// What the text itself gives away, before anything is parsed: keys that work, and in texts that an agent obeys words
// that nobody can see. The detectors of the house look; here it is only decided where they do, and they are large: a scan
// that needs none loads none.
import type { Engine } from '../../detect/engine.ts'
import type { Ignored, TextHit } from './source-file.ts'

const MOST_HITS = 50
const MOST_CHARS = 512 * 1024
const TRAINED = 'trained-model'

const INVISIBLE = new Set([
  'hidden-characters',
  'zero-width-words',
  'hidden-markup',
  'reordered-text',
  'lookalike-letters',
  'base64-text',
  'escaped-text',
])

let secretEngine: Engine | undefined
let orderEngine: Engine | undefined

async function loadSecrets(): Promise<Engine> {
  const { createEngine } = await import('../../detect/engine.ts')
  const { secrets } = await import('../../detect/detectors/secrets/secrets.ts')
  return createEngine([secrets])
}

async function loadOrders(): Promise<Engine> {
  const { createEngine } = await import('../../detect/engine.ts')
  const { INJECTION } = await import('../../detect/injection/assemble.ts')
  // The model of whole texts hears nothing here; only rules and disguises name a place.
  return createEngine(INJECTION.filter(({ id }) => id !== TRAINED))
}

export async function keysIn(text: string): Promise<TextHit[]> {
  secretEngine ??= await loadSecrets()
  const { findings } = secretEngine.scan(text.slice(0, MOST_CHARS))
  return findings.slice(0, MOST_HITS).map(({ start, note, confidence, severity }) => ({
    rule: 'hardcoded-key',
    line: lineAt(text, start),
    subject: note,
    confidence,
    severity,
  }))
}

/** In a text that an agent obeys, or in the words by which a tool describes itself. */
export async function ordersIn(text: string): Promise<TextHit[]> {
  orderEngine ??= await loadOrders()
  const { findings } = orderEngine.scan(text.slice(0, MOST_CHARS), { role: 'document' })
  return findings
    .filter(({ detector, confidence }) => INVISIBLE.has(detector) || confidence >= 0.8)
    .slice(0, MOST_HITS)
    .map(({ detector, start, note, confidence, severity }) => ({
      rule: INVISIBLE.has(detector) ? 'hidden-instructions' : 'poisoned-instructions',
      line: lineAt(text, start),
      subject: note,
      confidence,
      severity,
    }))
}

const IGNORE =
  /parapet:\s*ignore\s+([\w-]+|\*)\s+owner=([^\s,;]{1,80})\s+until=(\d{4}-\d\d-\d\d)(?:\s+(?:because|reason=?)\s*:?\s*(.{1,200}))?/i

/** A comment of its own line covers the next line, one behind code covers its own. */
export function ignoredIn(text: string): Ignored[] {
  return text.split('\n', 200_000).flatMap((line, at) => {
    const [, rule, owner, until, reason = ''] = IGNORE.exec(line.slice(0, 1_000)) ?? []
    if (rule === undefined || owner === undefined || until === undefined) return []
    const alone = /^\s*(?:#|\/\/|\/\*|<!--|--|;|\*)/.test(line)
    return [{ rule, owner, until, reason: reason.replace(/\s*(?:\*\/|-->)\s*$/, ''), line: at + (alone ? 2 : 1) }]
  })
}

function lineAt(text: string, offset: number): number {
  let line = 1
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) line += 1
  return line
}
