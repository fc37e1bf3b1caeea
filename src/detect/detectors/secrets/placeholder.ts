// Values that only stand for a secret: templates, variables, masks, the words of documentation. A finding on one of
// these teaches people to switch the detector off.
import { counting, longestRun } from './entropy.ts'

const WORDS =
  /example|sample|placeholder|change[_-]?(?:me|this|it)|replace[_-]?(?:me|this|with)|redacted|dummy|your[_-]|insert[_-]|todo|xxxx|\*{3}|\.{3}|<[^>]{0,40}>|token_?here|key_?here|secret_?here|put_your|not_?(?:a_?)?(?:real|secret)|fake|removed|hidden|masked|s3cr3t-?example|string_?here/i

// ${x} $(x) $X {{x}} %(x)s %x% <x> [x] #{x} @x@ process.env.X os.environ System.getenv ENV['X'] var.x secrets.X
const TEMPLATE =
  /^[$#@]?[{(<[]|^\$\w|\$\{|\{\{|#\{|%\(\w|^%\w+%$|^@\w+@$|process\.env|os\.environ|getenv|^env[.[(]|^vars?\.|^secrets?\.|^config\.|^settings\.|^self\.|^this\.|^data\.|^null$|^none$|^undefined$|^true$|^false$/i

const WEAK =
  /^(?:(?:my|the|a|new|old|user|test|db|root|admin|default|your|some|super)?[_-]?(?:pass(?:word|wd|phrase)?|pwd|pw|secret|token|key|apikey|api_key|credentials?|login|user(?:name)?|admin|root|test|guest|foo|bar|baz|qux|abc|value|string|text|hash|salt|none|empty|required|optional|unknown|invalid|basic|bearer|oauth2?|ldap|postgres|mysql|changeit)[_-]?\d{0,4})$/i

export function isPlaceholder(value: string): boolean {
  return WORDS.test(value) || TEMPLATE.test(value) || WEAK.test(value) || isFiller(value)
}

/** One character over and over, or nothing but counting. */
export function isFiller(value: string): boolean {
  return longestRun(value) > 0.5 || (value.length >= 8 && counting(value) > 0.8)
}

/** For tokens with an issuer's prefix: only what cannot be chance counts, since letters fall into words by chance. */
export function isFillerToken(token: string): boolean {
  return isFiller(token) || /example|x{8}|X{8}|0{12}|1{12}|\*{4}|\.{3}|placeholder|your[_-]|redacted/i.test(token)
}
