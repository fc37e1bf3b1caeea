// How numbers, dates and ids read. One place, so that the same value reads the same on every screen.

const number = new Intl.NumberFormat('en')
const absolute = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium', timeZone: 'UTC' })
const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' })
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })

export const formatNumber = (value: number) => number.format(value)
export const formatAbsolute = (at: string | Date) => `${absolute.format(new Date(at))} UTC`
export const formatDay = (at: string | Date) => day.format(new Date(at))

const STEPS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
]

export function formatRelative(at: string | Date, now: number): string {
  const seconds = Math.round((new Date(at).getTime() - now) / 1000)
  if (Math.abs(seconds) < 45) return seconds > 5 ? 'in a moment' : 'just now'
  const [unit, size] = STEPS.find(([, size]) => Math.abs(seconds) >= size * 0.9) ?? ['minute', 60]
  return relative.format(Math.round(seconds / size), unit)
}

export function formatDuration(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} s`
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`
  if (seconds < 172_800) return `${Math.round(seconds / 3600)} h`
  return `${Math.round(seconds / 86_400)} days`
}

export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  let value = bytes
  let unit = 0
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000
    unit++
  }
  return `${value < 10 && unit > 0 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`
}

/** Of one; what is more than nothing is never told as nothing. */
export const formatShare = (share: number) => (share > 0 && share < 0.01 ? 'under 1 %' : `${Math.round(share * 100)} %`)

/** `model-behaviour` → `Model behaviour`. */
export function toWords(id: string): string {
  const text = id.replaceAll(/[-_.]+/g, ' ').trim()
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** Names written in capitals in the catalogue read as words: `RATE LIMIT` → `Rate limit`. Short ones are acronyms. */
export function toTitle(name: string): string {
  if (name !== name.toUpperCase()) return name
  const acronyms = new Set(['AI', 'IO', 'I/O', 'DOS', 'IT', 'RAG', 'DEV', 'SEC'])
  const words = name.split(' ').map((word) => (acronyms.has(word) ? word : word.toLowerCase()))
  const text = words
    .join(' ')
    .replaceAll(/\bDEV\b/g, 'dev')
    .replaceAll(/\bSEC\b/g, 'sec')
    .replaceAll(/\bDOS\b/g, 'DoS')
  return text.charAt(0).toUpperCase() + text.slice(1)
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatNumber(count)} ${count === 1 ? one : many}`
}

const ACRONYMS =
  /\b(ai|aisvs|aitg|api|atlas|biml|csa|dos|dsgai|dsit|enisa|etsi|eu|io|iso|it|llm|mcp|ml|ncsc|nist|owasp|rag|rmf|saas|sai|vpc)\b/gi

/** Words from an id that may hold acronyms: `owasp-llm-2026` → `OWASP LLM 2026`. */
export const toTitleOfId = (id = '') =>
  toWords(id)
    .replaceAll(ACRONYMS, (word) => word.toUpperCase())
    .replaceAll(/\bDOS\b/g, 'DoS')
    .replaceAll(/\bIO\b/g, 'I/O')
    .replaceAll(/\bgenai\b/gi, 'GenAI')
    .replaceAll(/\bopencre\b/gi, 'OpenCRE')

/** The same in the middle of a sentence: `model-is-ip` → `model is ip`, `llm` → `LLM`. */
export function inSentence(id: string): string {
  const text = toTitleOfId(id)
  return /^[A-Z]{2}|^GenAI/.test(text) ? text : text.charAt(0).toLowerCase() + text.slice(1)
}

/** Messages of the server begin small and end without a stop, so that they fit into a line of a terminal. */
export function sentence(text: string): string {
  const whole = begun(text)
  return /[.!?…:)]$/.test(whole) ? whole : `${whole}.`
}

/** With a capital, as titles begin. */
export const begun = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
