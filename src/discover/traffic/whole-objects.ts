// JSON that goes over many lines, or stands in one list, as the tools of cloud houses export it: each object becomes a line.
// Any other log comes out as it is.

/** More than any reader takes. */
const LONGEST = 131_072
/** A list of objects, or an object that is not ended in its line. */
const BEGINS = /^\s*(?:\[\s*(?:\{|$)|\{\s*$)/

export async function* wholeObjects(lines: AsyncIterable<string>): AsyncGenerator<string> {
  let isJson: boolean | undefined
  const splitter = new Splitter()
  for await (const line of lines) {
    if (isJson === undefined && line.trim() !== '') isJson = BEGINS.test(line.replace(/^\uFEFF/, ''))
    if (isJson === true) yield* splitter.take(line)
    else yield line
  }
  yield* splitter.rest()
}

/** Objects that stand in no other. */
class Splitter {
  #object = ''
  #depth = 0
  #isText = false

  #add(text: string): void {
    if (this.#object.length <= LONGEST) this.#object += text
  }

  *take(line: string): Generator<string> {
    let from = 0
    for (let at = 0; at < line.length; at++) {
      const char = line[at]
      if (this.#isText) {
        if (char === '\\') at++
        else if (char === '"') this.#isText = false
      } else if (char === '"') this.#isText = this.#depth > 0
      else if (char === '{' && this.#depth++ === 0) from = at
      else if (char === '}' && this.#depth > 0 && --this.#depth === 0) {
        this.#add(line.slice(from, at + 1))
        yield this.#object
        this.#object = ''
      }
    }
    if (this.#depth > 0) this.#add(`${line.slice(from)} `)
  }

  /** What was cut off is a line that nobody can read, and is counted as one. */
  *rest(): Generator<string> {
    if (this.#object !== '') yield this.#object
  }
}
