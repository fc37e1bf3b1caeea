// Which places of a Markdown text are shown as code and so not run. It is asked of hostile text, and readers of Markdown
// differ, so only what all of them agree on counts: fences at the very start of a line, and spans that begin and end on one
// line with nothing on it that could be read in another way.
interface Range {
  start: number
  end: number
}

interface Fence {
  mark: string
  start: number
}

const OPENS = /^(?<mark>`{3,}(?=[^`]*$)|~{3,})/
/** From here on a fence may be part of HTML, and HTML need not end where it seems to. */
const HTML_LINE = /^\s*<[a-z!?/]/i
const UNCLEAR = /[|\\]/
/** How far behind the end a place is still asked for. */
const MOST_BEHIND = 65_536
/** No line of code is longer, and one that is must not be kept whole. */
const MOST_LINE = 16_384

export class MarkdownCode {
  #ranges: Range[] = []
  #fence: Fence | undefined
  #hasHtml = false
  /** The line that is not whole yet; empty where it is too long, and its length in any case. */
  #line = ''
  #length = 0
  #lineStart = 0

  push(piece: string): void {
    let at = 0
    for (const { index } of piece.matchAll(/[\n\r]/g)) {
      this.#grow(piece.slice(at, index))
      this.#read()
      this.#begin(1)
      at = index + 1
    }
    this.#grow(piece.slice(at))
  }

  end(): void {
    this.#read()
    this.#begin(0)
  }

  #grow(text: string): void {
    this.#length += text.length
    this.#line = this.#length > MOST_LINE ? '' : this.#line + text
  }

  #begin(breaks: number): void {
    this.#lineStart += this.#length + breaks
    this.#line = ''
    this.#length = 0
  }

  /** Undefined until the line it stands on has come. */
  covers({ start, end }: Range): boolean | undefined {
    if (this.#fence !== undefined && start >= this.#fence.start) return true
    if (this.#ranges.some((range) => range.start <= start && end <= range.end)) return true
    const isWhole = end <= this.#lineStart
    const before = this.#line.slice(0, Math.max(0, start - this.#lineStart))
    return isWhole || !before.includes('`') ? false : undefined
  }

  #read(): void {
    const next = this.#lineStart + this.#length + 1
    if (this.#fence !== undefined) {
      if (!closes(this.#line, this.#fence.mark)) return
      this.#add({ start: this.#fence.start, end: this.#lineStart })
      this.#fence = undefined
      return
    }
    if (this.#length > MOST_LINE || HTML_LINE.test(this.#line)) this.#hasHtml = true
    if (this.#hasHtml) return
    const mark = OPENS.exec(this.#line)?.groups?.['mark']
    if (mark === undefined) for (const span of spansOf(this.#line, this.#lineStart)) this.#add(span)
    else this.#fence = { mark, start: next }
  }

  #add(range: Range): void {
    this.#ranges.push(range)
    if ((this.#ranges[0]?.end ?? 0) < range.end - MOST_BEHIND)
      this.#ranges = this.#ranges.filter(({ end }) => end >= range.end - MOST_BEHIND)
  }
}

function closes(line: string, mark: string): boolean {
  const found = /^ {0,3}(`+|~+)[ \t]*$/.exec(line)?.[1] ?? ''
  return found.startsWith(mark)
}

function* spansOf(line: string, offset: number): Generator<Range> {
  if (!line.includes('`') || UNCLEAR.test(line)) return
  let opener: RegExpExecArray | undefined
  let at = 0
  for (const run of line.matchAll(/`+/g)) {
    if (opener === undefined) {
      // A tag that began before may reach over it.
      if (line.slice(at, run.index).includes('<')) return
      opener = run
    } else if (run[0].length === opener[0].length) {
      at = run.index + run[0].length
      yield { start: offset + opener.index, end: offset + at }
      opener = undefined
    }
  }
}
