// Counts how deep the elements of XML and HTML are nested, character by character. Words in angle brackets, as in
// `cp <from> <to>` or `Map<string, number>`, are no elements: those stand right behind another tag or close to one.
import { Depths } from './depths.ts'

const LONGEST_TAG = 2000
const LONGEST_NAME = 10
/** How far behind the last element another may open that follows no tag. */
const NEAR = 16
const words = (text: string): ReadonlySet<string> => new Set(text.split(' '))
/** Elements of HTML that hold nothing, and those whose end may be left out. */
const EMPTY = words('area base br col embed hr img input link meta param source track wbr')
const OPEN_ENDED = words('p li dt dd option tr td th tbody thead tfoot colgroup')

const [TEXT, BEGUN, NAME, REST, CLOSING] = [0, 1, 2, 3, 4]
const [LESS, GREATER, SLASH] = [60, 62, 47]

export class Elements {
  readonly depths: Depths
  #state = TEXT
  #name = ''
  /** What was opened last, unless something was closed since: `<p><p>` nests in XML, `<p>…</p><p>` nowhere. */
  #lastName = ''
  #since = 0
  #slash = false
  /** The last character that is no white space ended a tag. */
  #followsTag = true
  #opensNear = false

  constructor(limit: number) {
    this.depths = new Depths(limit)
  }

  /** Nothing but an angle bracket changes anything. */
  get isQuiet(): boolean {
    return this.#state === TEXT && !this.#followsTag
  }

  /** True while inside a tag: what stands there is no structure of another sort. */
  read(unit: number, at: number): boolean {
    if (this.#state === TEXT) {
      if (unit === LESS) this.#begin(at)
      else if (unit > 32) this.#followsTag = false
      return false
    }
    if (at - this.#since > LONGEST_TAG) this.#state = TEXT
    else if (unit === LESS) {
      if (this.#state === BEGUN) this.#state = TEXT
      else this.#begin(at)
    } else if (unit === GREATER) this.#end(at)
    else this.#inside(unit)
    return this.#state !== TEXT
  }

  #begin(at: number): void {
    this.#opensNear = this.#followsTag || at - this.depths.topAt <= NEAR
    this.#state = BEGUN
    this.#name = ''
    this.#since = at
    this.#slash = false
    this.#followsTag = false
  }

  #inside(unit: number): void {
    if (this.#state === BEGUN) {
      if (unit === SLASH) this.#state = CLOSING
      else this.#state = isLetter(unit) ? NAME : TEXT
      if (this.#state === NAME) this.#name = String.fromCharCode(unit)
      return
    }
    this.#slash = unit === SLASH
    if (this.#state === REST) return
    if (unit <= 32 || unit === SLASH) this.#state = this.#state === NAME ? REST : CLOSING
    else if (this.#name.length < LONGEST_NAME) this.#name += String.fromCharCode(unit)
  }

  #end(at: number): void {
    const name = this.#name.toLowerCase()
    if (this.#state === CLOSING) {
      this.#lastName = ''
      if (!OPEN_ENDED.has(name)) this.depths.drop()
    } else if (!this.#slash && this.#state !== BEGUN && !EMPTY.has(name)) {
      const isNested = this.#opensNear && (!OPEN_ENDED.has(name) || this.#lastName === name)
      if (isNested) this.depths.open(0, at)
      this.#lastName = name
    }
    this.#followsTag = this.#state !== BEGUN
    this.#state = TEXT
  }
}

function isLetter(unit: number): boolean {
  return (unit >= 97 && unit <= 122) || (unit >= 65 && unit <= 90) || unit > 127
}
