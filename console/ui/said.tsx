// A sentence of the server: words between backticks are names or something for a terminal.
import { sentence } from '../lib/format.ts'

export function Said({ text }: { text: string }) {
  return sentence(text)
    .split('`')
    .map((part, i) =>
      i % 2 === 1 ? (
        // oxlint-disable-next-line react/no-array-index-key -- the same word may stand in a sentence twice
        <code key={i} className="font-mono text-[0.92em] break-words">
          {part}
        </code>
      ) : (
        part
      ),
    )
}
