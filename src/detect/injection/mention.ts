// Is a place said, or talked about? Words inside quotes, code or a table, with talk about attacks beside them, are somebody's
// example. Either alone proves nothing: attackers use quotes too, and warn of attacks.

/** How far around a place one must see to tell. */
export const AROUND = 240

const LONGEST_QUOTE = 400
const CLOSING = new Map(['""', "''", '``', '“”', '«»', '„“', '‘’'].map(([open = '', close = '']) => [open, close]))
/** A line that is quoted, listed as code or a field of test data. */
const LINE = /[ \t]{0,3}[>|]| {4}|\t|[ \t-]{0,8}(?:input|payload|example|sample|attack|phrase|value): /y
/** By unit: a quotation may begin with it, or behind it. */
const MARKS = new Uint8Array(65_536)
for (const mark of ['\n', ...CLOSING.keys()]) MARKS[mark.charCodeAt(0)] = 1
const LETTER = /\w/
const LINE_FEED = 10
const TALK =
  /\b(?:for example|e\.g\.|such as|like|examples?|attack(?:er|ers|s)?|inject(?:ion|ions|ed)?|malicious|payloads?|jailbreaks?|phrases?|prompts? (?:such|like)|known as|called|adversar\w+|detect(?:s|ed|ion|or)?|vulnerab\w+|exploit\w*|mitigat\w+|research\w*|guardrails?|red.?team\w*|patterns?|blocked|refused|rejected|flag(?:s|ged)|classif\w+|owasp|expect|assert|test|samples?|labels?|datasets?)\b/i

export function isMentioned(text: string, start: number, end: number): boolean {
  const from = Math.max(0, start - AROUND)
  const view = text.slice(from, end + AROUND)
  let [inside, outside, last] = [0, '', 0]
  for (const [open, close] of quotes(view)) {
    inside += Math.max(0, Math.min(close, end - from) - Math.max(open, start - from))
    outside += `${view.slice(last, open)} `
    last = close
  }
  return inside * 2 >= end - start && TALK.test(outside + view.slice(last))
}

/** From the opening mark to behind the closing one, in order. */
function quotes(view: string): [number, number][] {
  const found: [number, number][] = []
  /** Mark → up to here it is known not to close anything. */
  const open = new Map<string, number>()
  for (let at = 0; at < view.length;) {
    const mayBegin = at === 0 || MARKS[view.charCodeAt(at)] === 1 || view.charCodeAt(at - 1) === LINE_FEED
    const end = mayBegin ? endOfQuote(view, at, open) : 0
    if (end > 0) found.push([at, end])
    at = Math.max(at + 1, end)
  }
  return found
}

function endOfQuote(view: string, at: number, open: Map<string, number>): number {
  if (at === 0 || view.charCodeAt(at - 1) === LINE_FEED) {
    LINE.lastIndex = at
    const end = view.indexOf('\n', at)
    if (LINE.test(view)) return end < 0 ? view.length : end
  }
  if (view.startsWith('```', at)) {
    const end = view.indexOf('```', at + 3)
    return end < 0 ? view.length : end + 3
  }
  const mark = view.charAt(at)
  const closing = CLOSING.get(mark)
  if (closing === undefined || at < (open.get(mark) ?? 0) || LETTER.test(view.charAt(at - 1))) return 0
  const limit = Math.min(view.length, at + LONGEST_QUOTE)
  const close = closing.charCodeAt(0)
  for (let i = at + 1; i < limit; i++) {
    const unit = view.charCodeAt(i)
    if (unit === close && !LETTER.test(view.charAt(i + 1))) return i + 1
    if (unit === LINE_FEED && view.charCodeAt(i + 1) === LINE_FEED) break
  }
  open.set(mark, limit)
  return 0
}
