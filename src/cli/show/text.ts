// Words on a terminal. Data may come from whoever attacks us, and a terminal obeys what it is sent: whatever could move
// the cursor, reorder the line or hide is written out as an escape instead.

/** Control, format (bidi, zero width, tags), line separators and lone surrogates; all but newline and tab. */
const UNSAFE = /[[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]--[\n\t]]/gv

/** Safe to print, on as many lines as it has. */
export function neutral(text: string): string {
  return text.replaceAll(UNSAFE, (char) => `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`)
}

/** Safe to print on one line. */
export function oneLine(text: string): string {
  return neutral(text.replaceAll(/\s*\n\s*/g, ' ⏎ ').replaceAll('\t', ' '))
}

const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u
const NARROW = /\p{Mark}/u

/** Columns that a text takes. */
export function columns(text: string): number {
  if (!/[^\u0020-\u007e]/.test(text)) return text.length
  let width = 0
  for (const char of text) width += NARROW.test(char) ? 0 : WIDE.test(char) ? 2 : 1
  return width
}

export function fit(text: string, width: number): string {
  if (columns(text) <= width) return text
  let kept = ''
  let taken = 1
  for (const char of text) {
    taken += columns(char)
    if (taken > width) break
    kept += char
  }
  return `${kept.trimEnd()}…`
}

export function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - columns(text)))
}

export interface Paint {
  bold(text: string): string
  dim(text: string): string
  red(text: string): string
  green(text: string): string
  cyan(text: string): string
}

export function paint(colour: boolean): Paint {
  const ink = (on: number, off: number) => (text: string) => (colour ? `\u001b[${on}m${text}\u001b[${off}m` : text)
  return { bold: ink(1, 22), dim: ink(2, 22), red: ink(31, 39), green: ink(32, 39), cyan: ink(36, 39) }
}

/** The same JSON value, spelt so that a terminal does not obey it. */
export function safeJson(value: unknown, indent?: number): string {
  const text = JSON.stringify(value, undefined, indent) ?? 'null'
  return text.replaceAll(UNSAFE, (char) =>
    [...Array(char.length).keys()].map((i) => `\\u${char.charCodeAt(i).toString(16).padStart(4, '0')}`).join(''),
  )
}
