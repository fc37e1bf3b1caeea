// A component file as one program: its scripts, and what its markup puts into the page as markup, each said as an
// assignment that knows where it stands in the file.
export interface Embedded {
  code: string
  /** By line of the code: the line of the file, where it is another. */
  lines: number[]
}

const SCRIPT = /<script\b[^>]*>([\s\S]*?)<\/script>|^---\n([\s\S]*?)\n---/g
/** `v-html="answer"` of Vue, `{@html answer}` of Svelte, `set:html={answer}` of Astro. */
const MARKUP =
  /\sv-html=(?:"([^"]{1,500})"|'([^']{1,500})')|\{@html\s([^{}]{1,500})\}|\s(?:set:html|innerHTML)=\{([^{}]{1,500})\}/g
/** `v-for="(one, at) in messages"`, `{#each messages as one}`. */
const LOOP =
  /\sv-for=["']\(?\s*(?<one>[\w$]+)[^"']{0,60}?\s(?:in|of)\s(?<all>[^"']{1,300})["']|\{#each\s(?<each>[^{}]{1,300}?)\sas\s(?<name>[\w$]+)/g

export function readEmbedded(text: string): Embedded {
  const kept = text.replaceAll(/[^\n]/g, ' ').split('')
  const spans: [number, number][] = []
  for (const match of text.matchAll(SCRIPT)) {
    const code = match[1] ?? match[2] ?? ''
    const start = match.index + match[0].indexOf(code)
    spans.push([match.index, match.index + match[0].length])
    for (let at = 0; at < code.length; at++) kept[start + at] = code[at] ?? ' '
  }
  const said: string[] = []
  const lines: number[] = []
  const first = text.split('\n').length + 1
  const say = (at: number, code: string) => {
    if (spans.some(([from, to]) => from <= at && at < to)) return
    lines[first + said.length] = text.slice(0, at + 1).split('\n').length
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
  return { code: [kept.join(''), ...said].join('\n'), lines }
}
