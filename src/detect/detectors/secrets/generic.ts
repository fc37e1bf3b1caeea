// Secrets without an issuer: a value assigned to something called password, secret, token or key. The name decides how
// random the value must be, and names such as `key_id`, `token_url` or `public_key` say that it is none.
import type { Arrived } from '../../arrived.ts'
import { entropy } from './entropy.ts'
import { isPlaceholder } from './placeholder.ts'
import { isGenerated, shapeOf } from './randomness.ts'

/** Lower-case. What the name must hold. */
export const GENERIC_WORDS = ['passw', 'passphrase', '_pass', 'pwd', 'secret', 'token', 'key', 'auth', 'cred'] as const

const NAME_BEFORE = 40
const NAME_AFTER = 40
const MOST_VALUE = 200

export interface GenericHit {
  start: number
  end: number
  kind: 'password' | 'generic-api-key'
  confidence: number
}

// Parts of a name that make it the name of something else.
const HARMLESS_HEAD =
  /(?:public|pub|csrf|xsrf|nonce|primary|foreign|partition|sort|cache|bucket|schema|issuer|package|sequence|index|map|object|lookup|row|column|event|shortcut|hot|group|composite|translation|i18n|locale|idempotency|page|next|continuation|cursor|sync|cancel(?:lation)?|parse[rd]?|lex(?:er)?|syntax|verification|license|dns|host|known|websocket|lock)[_.-]?$/i
// `key` also ends monkey, hotkey and turkey: written in one word, the word before it must be one of these.
const KEY_HEAD =
  /(?:api|access|secret|private|auth|master|account|client|app|consumer|service|storage|sign(?:ing)?|encrypt(?:ion)?|decrypt(?:ion)?|aes|rsa|ssh|user|admin|session|shared|hmac|server|rest|write|read|integration|subscription)$/i
const HARMLESS_TAIL =
  /^(?:s?[_.-]?(?:ids?|name|names|url|uri|urls|endpoint|path|file|filename|dir|type|types|kind|size|length|len|count|limit|max|min|usage|expir\w*|ttl|timeout|age|created|updated|at|date|field|label|hint|placeholder|prefix|suffix|format|algorithm|alg|mode|policy|strength|rules?|regex|pattern|provider|issuer|audience|source|reset|change|changed|version|event|code|press|down|up|word|words|board|chain|ring|store|vault|tab|pair|space|hash|fingerprint|checksum|index|stroke|map|list|class|param|params|ref|arn|region|selector|ify|ize[dr]?|izer|ization|enticat\w*|or|ors|ority|oriz\w+|entials?_?id|ential_?id|ing))(?![a-z])/i
const STRONG_NAME =
  /pass|pwd|secret|token|api[_-]?key|private|client|access|encrypt|sign|master|auth|cred|bearer|shared|account|service/i

/** `at`: where the word that gates this was found. Reads at most some 300 characters round it. */
export function genericAt(text: Arrived, at: number, word: string): GenericHit | undefined {
  let nameStart = at
  while (nameStart > 0 && at - nameStart < NAME_BEFORE && isNameChar(text.charCodeAt(nameStart - 1))) nameStart--
  let nameEnd = at + word.length
  const farthest = nameEnd + NAME_AFTER
  while (nameEnd < farthest && isNameChar(text.charCodeAt(nameEnd))) nameEnd++
  const valueAt = valueAfter(text, nameEnd)
  if (valueAt < 0) return undefined
  const tail = text.slice(at + word.length, nameEnd)
  // A later word of the same name has its own turn: api_key_secret is judged at `secret`.
  if (GENERIC_WORDS.some((other) => tail.toLowerCase().includes(other))) return undefined
  const head = text.slice(nameStart, at)
  if (word === '_pass' && /^[a-z]/i.test(tail)) return undefined
  if (word === 'cred' && !/^(?:s|entials?)?(?:$|[^a-z])/i.test(tail)) return undefined
  if (word === 'key' && /[a-z]$/.test(head) && /^[a-z]/.test(text.charAt(at)) && !KEY_HEAD.test(head)) return undefined
  if (
    HARMLESS_TAIL.test(tail.replace(/^(?:d|ord|wd|ential|entials|s)(?=$|[A-Z_.-])/, '')) ||
    (!isPasswordWord(word) && HARMLESS_HEAD.test(head))
  )
    return undefined
  return judge(text, valueAt, head + word, word)
}

function judge(text: Arrived, valueAt: number, name: string, word: string): GenericHit | undefined {
  const { value, quoted } = readValue(text, valueAt)
  // After a comma or a bracket a bare word is the next argument or the next name.
  if (!quoted && /[\w-]/.test(value.charAt(0)) && shapeOf(value).digits < 2) return undefined
  if (!quoted && isListed(text, valueAt) && !isGenerated(value, 3.4)) return undefined
  const isPassword = isPasswordWord(word)
  if (value.length < (isPassword ? 6 : 10) || value.length > MOST_VALUE) return undefined
  if (isPlaceholder(value) || isReference(value)) return undefined
  const hit = { start: valueAt, end: valueAt + value.length }
  if (isPassword && isPasswordLike(value, quoted)) return { ...hit, kind: 'password', confidence: quoted ? 0.7 : 0.6 }
  const strong = STRONG_NAME.test(name)
  if (value.length < (strong ? 10 : 16)) return undefined
  if (!strong && /^[0-9a-f]+$/i.test(value)) return undefined
  if (!isGenerated(value.replace(/=+$/, ''), strong ? 3 : 3.6)) return undefined
  return { ...hit, kind: 'generic-api-key', confidence: strong ? 0.65 : 0.5 }
}

/** After the name: closing quotes and brackets, an operator, an opening quote. Negative where nothing is assigned. */
function valueAfter(text: Arrived, nameEnd: number): number {
  const assignment = text.run(VALUE, nameEnd)
  return assignment === undefined ? -1 : nameEnd + assignment.length
}

const VALUE =
  /["'`\]]{0,3}[ \t]{0,8}(?::[ \t]{0,2}[A-Za-z<>[\]|?]{1,24}[ \t]{0,2}(?==))?(?:=>|:{1,2}=|\?=|==|\|\||<-|[=:>,]|is(?=\s)|value=|[(](?=["'`])|[ \t](?=["']))[ \t]{0,4}["'`=>]{0,3}(?:\s{0,12}(?=["']))?["'`]{0,2}/y

function isListed(text: Arrived, valueAt: number): boolean {
  return /[,>|(][ \t]{0,4}$/.test(text.slice(Math.max(0, valueAt - 6), valueAt))
}

const QUOTED = new RegExp(`[^"'\`\\s\\\\]{0,${MOST_VALUE + 1}}`, 'y')
const BARE = new RegExp(`[^\\s"'\`,;<>(){}[\\]\\\\|&]{0,${MOST_VALUE + 1}}`, 'y')

function readValue(text: Arrived, at: number): { value: string; quoted: boolean } {
  const before = text.charAt(at - 1)
  const quoted = before === '"' || before === "'" || before === '`'
  const value = text.run(quoted ? QUOTED : BARE, at) ?? ''
  if (!quoted && /[([{]/.test(text.charAt(at + value.length))) return { value: '', quoted }
  return { value, quoted }
}

function isPasswordWord(word: string): boolean {
  return word === 'passw' || word === '_pass' || word === 'pwd' || word === 'passphrase'
}

function isPasswordLike(value: string, quoted: boolean): boolean {
  const { lower, upper, digits, others } = shapeOf(value)
  const classes = Number(lower > 0) + Number(upper > 0) + Number(digits > 0) + Number(others > 0)
  if (/^[\w.-]+$/.test(value) && digits === 0) return false
  if (!quoted && (value.length < 8 || classes < 3 || entropy(value) < 2.8)) return false
  return classes >= 2 && digits + others > 0 && lower + upper > 0 && entropy(value) >= 2.2
}

/** Code, not a literal: a path, an address, a member, a constant, an identifier of words, a UUID, a date, a hash with its name. */
function isReference(value: string): boolean {
  return (
    /^[A-Za-z_$][\w$]*(?:(?:\.|::|->)[A-Za-z_$][\w$]*)+$/.test(value) ||
    /^(?:[a-z][a-z0-9+.-]*:)?\/\/|^[.~]{0,2}\/|^[A-Za-z]:\\/i.test(value) ||
    /^[A-Z][A-Z0-9]*(?:[_-][A-Z0-9]+)+$/.test(value) ||
    /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(value) ||
    /^(?:sha\d{1,3}|md5)[-:]|^urn:|(?:application|text|image)\//i.test(value) ||
    /^[\w.-]+@[\w-]+\.[\w.-]+$/.test(value) ||
    /\.(?:pem|crt|cer|key|json|ya?ml|txt|p12|pfx|jks|properties|xml|html?|js|ts|py|go|java|png|svg|pdf|csv|zip|gz|tar|log|md|docx?|xlsx?|jpe?g|gif|webp|mp4)$/i.test(
      value,
    ) ||
    /^[\d.,:/+-]+$/.test(value) ||
    /^[a-z]+(?:[-_.:/][a-z]+){2,}\d{0,3}$/i.test(value) ||
    /^(?:[A-Z]?[a-z]{2,}){2,}\d{0,4}$/.test(value) ||
    /-(?:SNAPSHOT|RELEASE)|^[vr]c?\d+(?:\.\d+){1,3}/.test(value)
  )
}

function isNameChar(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 48 && code <= 57) ||
    code === 95 ||
    code === 45 ||
    code === 46
  )
}
