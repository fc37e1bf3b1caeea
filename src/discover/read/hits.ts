// What the text itself gives away, before anything is parsed: keys that work, and in texts that an agent obeys words
// that nobody can see. The detectors of the house look; here it is only decided where they do, and they are large: a scan
// that needs none loads none.
import type { Engine } from '../../detect/engine.ts'
import { Lines } from '../../lib/lines.ts'
import { serviceOfAiIn } from '../knowledge/providers.ts'
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
  if (findings.length === 0) return []
  const lines = new Lines(text)
  // A dump of a database says a key a hundred times, and the one beside it once.
  const known = new Set<string>()
  const isNew = (key: string) => !known.has(key) && known.add(key).has(key)
  return findings
    .filter(
      (finding) =>
        // What is meant to be public names an account and opens nothing.
        finding.severity !== 'low' &&
        !isPacked(text, finding.start) &&
        isWhole(text, finding) &&
        !isExample(text, finding) &&
        !isNameless(text, finding) &&
        !isTyped(text.slice(finding.start, finding.end)) &&
        isNew(text.slice(finding.start, finding.end)),
    )
    .slice(0, MOST_HITS)
    .map((finding) => {
      const { start, note, confidence, severity } = finding
      const service = finding.kind === FORMLESS ? serviceOfAiIn(beside(text, start)) : undefined
      return {
        rule: 'hardcoded-key',
        line: lines.at(start),
        subject: service === undefined ? note : `Key of ${service}`,
        confidence: service === undefined ? confidence : 0.75,
        severity,
      }
    })
}

/** Keys of many services are letters and digits alone: only what stands before them says whose they are. */
const FORMLESS = 'generic-api-key'
const BESIDE = 200

function beside(text: string, at: number): string {
  return text
    .slice(Math.max(0, at - BESIDE), at)
    .split('\n')
    .slice(-3)
    .join('\n')
}

const MOST_KEY = 300
/** By chance a key of fifty letters counts on like this once in many millions. */
const LONGEST_RUN = 6

/** Pictures and vectors are long runs of the characters that keys are made of, and hold every key by chance. */
function isPacked(text: string, at: number): boolean {
  const around = text.slice(Math.max(0, at - MOST_KEY), at + MOST_KEY)
  const middle = Math.min(at, MOST_KEY)
  const before = /[A-Za-z0-9+/]*$/.exec(around.slice(0, middle))?.[0].length ?? 0
  const after = /^[A-Za-z0-9+/]*/.exec(around.slice(middle))?.[0].length ?? 0
  return before + after >= MOST_KEY
}

/** The first line of a private key alone is what code writes that makes or reads one. */
function isWhole(text: string, { start }: { start: number }): boolean {
  if (!text.startsWith('-----BEGIN', start)) return true
  return /^-----BEGIN[A-Z0-9 ]+-----(?:\\[rn]|[\s"'+,])*[A-Za-z0-9+/]{40}/.test(text.slice(start, start + MOST_KEY))
}

/** Typed by hand to look like a key: a run along the keyboard or the alphabet, or a word that says so. */
function isTyped(key: string): boolean {
  if (
    /example|sandbox|placeholder|dummy|fake|changeme|your[_-]|(?:valid|test|sample|demo)[_-]?(?:token|key|secret)|test(?:ing)?\d{0,6}$/i.test(
      key,
    )
  )
    return true
  let run = 1
  for (let at = 1; at < key.length; at++) {
    run = key.charCodeAt(at) - key.charCodeAt(at - 1) === 1 || (key[at - 1] === '9' && key[at] === '0') ? run + 1 : 1
    if (run >= LONGEST_RUN) return true
  }
  return false
}

/** Shown to people as what a key looks like: the field beside it says so. */
const SHOWN =
  /(?:placeholder|place_holder|hint|example|sample|mask)\w{0,20}["']?\s{0,4}[:=(]\s{0,4}[{(]?\s{0,4}["'`]?$/i
/** `app:app@db`, of a machine of its own network: everybody knows it who knows the user. */
const OF_USER =
  /^(?<user>[\w.-]{1,40}):(?:\k<user>(?:pass(?:word)?)?|pass(?:word)?)@(?:localhost|127\.0\.0\.1|\[::1\]|[\w-]+)(?=[:/?"'\s]|$)/

/** What stands for a key, or guards nothing. */
function isNameless(text: string, { start, end }: { start: number; end: number }): boolean {
  if (SHOWN.test(text.slice(Math.max(0, start - 80), start))) return true
  // `"onepassword": "#/components/schemas/…"`: a place in a document.
  if (/^#\/\w/.test(text.slice(start, end))) return true
  if (isForPages(text, start, end)) return true
  const address = text.lastIndexOf('://', start)
  return address > start - 60 && OF_USER.test(text.slice(address + 3, address + MOST_KEY))
}

/** Firebase's key and Supabase's anonymous one are made to be read by everybody who opens a page. */
function isForPages(text: string, start: number, end: number): boolean {
  if (text.startsWith('AIza', start)) {
    const line = text.slice(text.lastIndexOf('\n', start) + 1, start)
    const around = text.slice(Math.max(0, start - MOST_KEY), end + MOST_KEY)
    return !/gemini|gen_?ai|palm|vertex/i.test(line) && /firebase|messagingSenderId/i.test(around)
  }
  if (!text.startsWith('eyJ', start)) return false
  const [, claims = ''] = text.slice(start, end).split('.')
  return /"role"\s*:\s*"anon"/.test(Buffer.from(claims, 'base64url').toString('latin1'))
}

/** A password in a comment is an example; a key that has the form of one is a key there as well. */
function isExample(text: string, { start, confidence }: { start: number; confidence: number }): boolean {
  // Names that nobody can own are kept for examples.
  if (
    /^[^\s"'<>]{0,200}@(?:[\w-]+\.)*(?:example\.(?:com|org|net)|\w+\.(?:example|test|invalid))\b/.test(
      text.slice(start, start + MOST_KEY),
    )
  )
    return true
  if (confidence >= 0.9) return false
  const line = text.slice(text.lastIndexOf('\n', start) + 1, start)
  // `password: "Contraseña"` is a word for people: no key is written in letters beyond ASCII.
  const [said = ''] = /^[^\n]{0,200}/.exec(text.slice(start)) ?? []
  if (/\p{L}/u.test(said.replaceAll(/[\0-\x7f]/g, ''))) return true
  return /^\s*(?:\/\/|\/?\*|#|--|;)/.test(line)
}

/** `<!-- BEGIN TOOL_NOTES -->`: where a program writes its part. One word, so that nothing can be said in it. */
const MARK = /^<!--\s*(?:BEGIN|END|START|STOP)?[\s:]*[A-Z0-9][A-Z0-9_:.-]{1,50}\s*(?:BEGIN|END|START|STOP)?\s*-->$/i

/** `'**\/*.go' -i '**\/*.ts'`: patterns of file names, which are no comment of any page. */
const isGlob = (text: string, start: number) => text.startsWith('/*', start) && /[*\w.)\]}]/.test(text[start - 1] ?? '')

const KEPT_FROM_PEOPLE = /\b(?:tell|inform|mention|alert|notif|warn|reveal|disclos)/i

/** In a text that an agent obeys, or in the words by which a tool describes itself. */
export async function ordersIn(text: string, reader: 'tools' | 'instructions'): Promise<TextHit[]> {
  orderEngine ??= await loadOrders()
  const { findings } = orderEngine.scan(text.slice(0, MOST_CHARS), { role: 'document' })
  if (findings.length === 0) return []
  const lines = new Lines(text)
  const shown = findings.some(({ detector }) => detector === 'hidden-markup') ? codeIn(text) : []
  return findings
    .filter(({ detector, confidence, start, end }) =>
      INVISIBLE.has(detector)
        ? !MARK.test(text.slice(start, end)) &&
          !isGlob(text, start) &&
          !(detector === 'hidden-markup' && shown.some(([from, to]) => from <= start && start < to))
        : confidence >= 0.8 &&
          !isDefence(text, start) &&
          // Instructions are there to be obeyed; only what is kept from people turns them against these.
          (reader === 'tools' || detector !== 'agent-orders' || KEPT_FROM_PEOPLE.test(text.slice(start, end))),
    )
    .slice(0, MOST_HITS)
    .map(({ detector, start, note, confidence, severity }) => {
      const quoted = !INVISIBLE.has(detector) && isQuoted(text, start)
      return {
        rule: INVISIBLE.has(detector) ? 'hidden-instructions' : 'poisoned-instructions',
        line: lines.at(start),
        subject: quoted ? `${note} (quoted)` : note,
        confidence: quoted ? Math.min(confidence, 0.8) : confidence,
        severity: quoted ? 'low' : severity,
      }
    })
}

/** What stands as code in a text: whoever reads the page sees it, comments and all. */
function codeIn(text: string): [from: number, to: number][] {
  const found: [number, number][] = []
  for (const { index, 0: said } of text.matchAll(
    /^[ \t]*(`{3,}|~{3,})[^\n]*\n[\s\S]*?(?:^[ \t]*\1[ \t]*$|$(?![\s\S]))|`[^`\n]{1,400}`/gm,
  ))
    found.push([index, index + said.length])
  return found
}

/** Not to be led by what stands in data: the opposite of what would be turned against somebody. */
const DEFENCE =
  /\b(?:ignore|disregard|(?:do not|don['’]t|never) (?:follow|obey|execute|act on)|refuse)\b[^.\n]{0,60}?\b(?:instructions?|directives?|commands?|prompts?|requests?)\b[^.\n]{0,30}?\b(?:in|inside|within|from)\s+(?:(?:the|any|these|those|its|their|untrusted|external|fetched|retrieved|other|user-supplied)\s+){0,3}(?:quer(?:y|ies)|documents?|files?|contents?|data|inputs?|texts?|pages?|results?|outputs?|tools?|comments?|issues?|e-?mails?|repositor(?:y|ies)|archives?|web\w*|sources?|diffs?|logs?)\b/i

function isDefence(text: string, start: number): boolean {
  const before = text.slice(Math.max(0, start - 300), start).split(/[.!?]\s|\n/)
  const [after = ''] = text.slice(start, start + 400).split(/[.!?]\s|\n/)
  const sentence = `${before.at(-1) ?? ''}${after}`
  return DEFENCE.test(sentence) && sentence.match(/\b(?:ignore|disregard)\b/gi)?.length !== 2
}

/** Told as what others try: in quotation marks, on a line that is about attacks. */
function isQuoted(text: string, start: number): boolean {
  const line = text.slice(text.lastIndexOf('\n', start) + 1).slice(0, 2_000)
  const [said = ''] = /^[^\n]*/.exec(line) ?? []
  return (
    /["'`“‘«]\s*$/.test(text.slice(Math.max(0, start - 3), start)) &&
    /\binject|\bjailbreak|\battack|\bmalicious|\bsuspicious|\badversar|\battempt/i.test(said)
  )
}

const IGNORE = /(?:^|[\s#/*;<!{-])parapet:\s*ignore\b[ \t]*([^\n]*)/i

/** A comment of its own line covers the next line, one behind code covers its own. */
export function ignoredIn(text: string): Ignored[] {
  return text.split('\n', 200_000).flatMap((line, at) => {
    const [, said] = IGNORE.exec(line.slice(0, 1_000)) ?? []
    if (said === undefined) return []
    const [, settings = '', reason = ''] = /^(.*?)(?:\s(?:because|reason=?)\b\s*:?\s*(.{1,200}))?$/i.exec(said) ?? []
    const [rule = ''] = /^(?:[\w-]+(?!=)|\*)(?=\s|$)/.exec(settings) ?? []
    const [, owner] = /(?:^|\s)owner=([^\s,;]{1,80})/i.exec(settings) ?? []
    const [, until] = /(?:^|\s)until=(\S{1,40})/i.exec(settings) ?? []
    const alone = /^\s*(?:#|\/\/|\/\*|<!--|--|;|\*)/.test(line)
    return [
      {
        rule,
        ...(owner === undefined ? {} : { owner }),
        ...(until === undefined ? {} : { until }),
        reason: reason.replace(/\s*(?:\*\/|-->)\s*$/, ''),
        at: at + 1,
        line: at + (alone ? 2 : 1),
      },
    ]
  })
}
