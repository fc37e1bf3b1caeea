// A sentence of the server: words between backticks are names or something for a terminal, and a moment reads as one.
import { formatAbsolute, sentence } from '../lib/format.ts'

const PARTS = /(`[^`]*`|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z)/

export function Said({ text }: { text: string }) {
  return sentence(text)
    .split(PARTS)
    .map((part, i) => {
      if (i % 2 === 0) return part
      const isCode = part.startsWith('`')
      return isCode ? (
        // oxlint-disable-next-line react/no-array-index-key -- the same word may stand in a sentence twice
        <code key={i} className="font-mono text-[0.92em] break-words">
          {part.slice(1, -1)}
        </code>
      ) : (
        formatAbsolute(part)
      )
    })
}
