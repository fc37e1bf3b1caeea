// A component file as one program: its scripts, and what its markup puts into the page as markup, each said as an
// assignment that knows where it stands in the file.
import { Lines } from '../../lib/lines.ts'

export interface Embedded {
  code: string
  /** By line of the code: the line of the file, where it is another. */
  lines: number[]
}

const SCRIPT = /<script\b[^>]{0,1000}>/g
const [SCRIPT_END, FENCE, FENCE_END] = ['</script>', '---\n', '\n---']
/** `v-html="answer"` of Vue, `{@html answer}` of Svelte, `set:html={answer}` of Astro. */
const MARKUP =
  /\sv-html=(?:"([^"]{1,500})"|'([^']{1,500})')|\{@html\s([^{}]{1,500})\}|\s(?:set:html|innerHTML)=\{([^{}]{1,500})\}/g
/** `v-for="(one, at) in messages"`, `{#each messages as one}`. */
const LOOP =
  /\sv-for=["']\(?\s*(?<one>[\w$]+)[^"']{0,60}?\s(?:in|of)\s(?<all>[^"']{1,300})["']|\{#each\s(?<each>[^{}]{1,300}?)\sas\s(?<name>[\w$]+)/g

/** A part of the file that is code: with what it stands in, and alone. */
interface Script {
  start: number
  end: number
  from: number
  to: number
}

export function readEmbedded(text: string): Embedded {
  const scripts = [...scriptsIn(text)]
  const lineOf = new Lines(text)
  const said: string[] = []
  const lines: number[] = []
  const first = text.split('\n').length + 1
  const say = (at: number, code: string) => {
    if (isWithin(scripts, at)) return
    lines[first + said.length] = lineOf.at(at)
    said.push(code.replaceAll('\n', ' '))
  }
  for (const { index, groups = {} } of text.matchAll(LOOP)) {
    const [name, all] = [groups['one'] ?? groups['name'], groups['all'] ?? groups['each']]
    if (name !== undefined && all !== undefined) say(index, `;${name} = (${all})[0];`)
  }
  for (const { index, ...parts } of text.matchAll(MARKUP)) {
    const shown = parts[1] ?? parts[2] ?? parts[3] ?? parts[4]
    if (shown !== undefined) say(index, `;innerHTML = (${shown});`)
  }
  return { code: [alone(text, scripts), ...said].join('\n'), lines }
}

/** In the order of the file, each beginning behind the one before. */
function* scriptsIn(text: string): Generator<Script> {
  let last = 0
  if (text.startsWith(FENCE)) {
    const to = text.indexOf(FENCE_END, FENCE.length - 1)
    if (to >= 0)
      yield { start: 0, end: (last = to + FENCE_END.length), from: FENCE.length, to: Math.max(to, FENCE.length) }
  }
  for (const { index, 0: opening } of text.matchAll(SCRIPT)) {
    if (index < last) continue
    const from = index + opening.length
    const to = text.indexOf(SCRIPT_END, from)
    if (to < 0) return
    yield { start: index, end: (last = to + SCRIPT_END.length), from, to }
  }
}

/** The scripts where they stand, and nothing else. */
function alone(text: string, scripts: readonly Script[]): string {
  const blank = (from: number, to: number) => text.slice(from, to).replaceAll(/[^\n]/g, ' ')
  let code = ''
  let last = 0
  for (const { from, to } of scripts) {
    code += blank(last, from) + text.slice(from, to)
    last = to
  }
  return code + blank(last, text.length)
}

function isWithin(scripts: readonly Script[], at: number): boolean {
  let [low, high] = [0, scripts.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((scripts[middle]?.end ?? 0) <= at) low = middle + 1
    else high = middle
  }
  return (scripts[low]?.start ?? Infinity) <= at
}
