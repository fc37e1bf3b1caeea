// The first text in the arguments of a call, told while they still come: what stands before the call waits for no more than
// that, however long the rest of the arguments is.
import { REACH } from './adjoining.ts'

export class FirstValue {
  /** What was not read yet; while a string is read, from its quotation mark on. */
  #text = ''
  #at = 0
  #isInString = false
  #isJson: boolean | undefined
  #isOver = false

  /** More of the arguments. Their first value, as soon as it is known and more is to follow. */
  push(text: string): string | undefined {
    if (this.#isOver) return undefined
    this.#text += text
    this.#isJson ??= isJson(this.#text)
    const value = this.#isJson === true ? this.#read() : this.#isJson === false ? this.#raw() : undefined
    if (value !== undefined) this.#stop()
    return value
  }

  #raw(): string | undefined {
    return this.#text.length > REACH ? this.#text : undefined
  }

  #read(): string | undefined {
    while (!this.#isOver) {
      if (!this.#isInString && !this.#enter()) return undefined
      const end = this.#endOfString()
      if (end > REACH) return valueOf(this.#text.slice(0, end))
      const [follows] = this.#text.slice(end + 1).trimStart()
      if (follows === undefined) return undefined
      const value = follows === ',' ? valueOf(this.#text.slice(0, end)) : undefined
      if (value !== undefined && value !== '') return value
      // It is known when the call is whole.
      if (follows !== ',' && follows !== ':') this.#stop()
      this.#leave(end)
    }
    return undefined
  }

  /** To the next string. */
  #enter(): boolean {
    const start = this.#text.indexOf('"')
    this.#text = start < 0 ? '' : this.#text.slice(start)
    this.#isInString = start >= 0
    this.#at = 1
    return this.#isInString
  }

  /** Where its quotation mark stands, or as far as it has come. */
  #endOfString(): number {
    for (; this.#at < this.#text.length && this.#at <= REACH; this.#at++) {
      if (this.#text[this.#at] === '"') break
      if (this.#text[this.#at] === '\\') this.#at++
    }
    return this.#at
  }

  #leave(end: number): void {
    this.#text = this.#text.slice(end + 1)
    this.#isInString = false
  }

  #stop(): void {
    this.#isOver = true
    this.#text = ''
  }
}

/** Undefined until something is there. */
function isJson(text: string): boolean | undefined {
  const [first] = text.trimStart()
  return first === undefined ? undefined : first === '{' || first === '['
}

/** A character that is not whole yet, as in `\u00`, is left out. */
function valueOf(written: string): string | undefined {
  try {
    return String(JSON.parse(`${written.replace(/\\(u[0-9a-f]{0,3})?$/i, '')}"`))
  } catch {
    return undefined
  }
}
