// CPython's unpickler without its effects: the same opcodes, arguments, stack, marks and memo, but a call only tells the
// judge who would be called with what. Where CPython is lax the machine is lax: whatever loads there must be read here.
import type { Judge, Place } from './effects.ts'
import { Memo } from './memo.ts'
import { parseFloatText, parseInteger, parseQuoted, parseRawUnicode, littleEndian } from './numbers.ts'
import { OPCODES } from './opcodes.ts'
import { recallsOf } from './recalls.ts'
import type { Tape } from './tape.ts'
import { BrokenPickle } from './tape.ts'
import { Bytes, Global, Made, Persistent, Seq, Text, type Value } from './values.ts'

const KEPT_TEXT = 4096
const CHUNK = 1_000_000

/** Bytes of an integer; what is longer is no number that a call is given. */
const MOST_DIGITS = 1024

export class Machine {
  readonly tape: Tape
  readonly #judge: Judge
  readonly #spend: (opcodes: number) => void
  readonly #afterBuild: ((made: Made, tape: Tape) => void) | undefined
  readonly #stack: Value[] = []
  readonly #marks: number[] = []
  readonly #memo: Memo
  #frameEnd = Number.POSITIVE_INFINITY
  #protocol = 0
  #offset = 0
  #code = 0
  /** How far it got, in opcodes. */
  opcodes = 0

  constructor(
    tape: Tape,
    judge: Judge,
    spend: (opcodes: number) => void,
    afterBuild?: (made: Made, tape: Tape) => void,
  ) {
    this.tape = tape
    this.#memo = new Memo(recallsOf(tape))
    this.#judge = judge
    this.#spend = spend
    this.#afterBuild = afterBuild
  }

  /** Up to STOP. Gives what would be returned; throws BrokenPickle where CPython would raise while reading. */
  run(): Value {
    const { tape } = this
    for (;;) {
      this.#offset = tape.position
      if (this.#offset >= this.#frameEnd) this.#frameEnd = Number.POSITIVE_INFINITY
      this.#code = tape.u8()
      if (++this.opcodes % CHUNK === 0) this.#spend(CHUNK)
      if (this.#code === 0x2e) {
        this.#spend(this.opcodes % CHUNK)
        return this.#pop()
      }
      this.#step(this.#code)
      if (tape.position > this.#frameEnd) {
        this.#frameEnd = Number.POSITIVE_INFINITY
        this.#judge.odd('frame', this.#place())
      }
    }
  }

  #place(): Place {
    return { offset: this.#offset, opcode: OPCODES[this.#code] ?? '?', protocol: this.#protocol }
  }

  #step(code: number): void {
    const { tape } = this
    switch (code) {
      // The frequent ones first; the rest by family.
      case 0x4b:
        return this.#push(tape.u8())
      case 0x94:
        return this.#memo.add(this.#top())
      case 0x71:
        return this.#memo.set(tape.u8(), this.#top())
      case 0x68:
        return this.#push(this.#memo.get(tape.u8()))
      case 0x6a:
        return this.#push(this.#memo.get(tape.u32()))
      case 0x72:
        return this.#memo.set(tape.u32(), this.#top())
      case 0x4d:
        return this.#push(tape.u16())
      case 0x4a:
        return this.#push(tape.i32())
      case 0x47:
        return this.#push(tape.f64())
      case 0x8c:
        return this.#string(tape.u8())
      case 0x58:
        return this.#string(tape.u32())
      case 0x28:
        this.#marks.push(this.#stack.length)
        return
      case 0x4e:
        return this.#push(null)
      case 0x88:
        return this.#push(true)
      case 0x89:
        return this.#push(false)
      case 0x85:
        return this.#tuple(1)
      case 0x86:
        return this.#tuple(2)
      case 0x87:
        return this.#tuple(3)
      default:
        return code < 0x80 ? this.#stepOld(code) : this.#stepNew(code)
    }
  }

  #stepOld(code: number): void {
    const { tape } = this
    switch (code) {
      case 0x29:
        return this.#push(new Seq('tuple'))
      case 0x5d:
        return this.#push(new Seq('list'))
      case 0x7d:
        return this.#push(new Seq('dict'))
      case 0x74:
        return this.#push(new Seq('tuple', this.#sinceMark()))
      case 0x6c:
        return this.#push(new Seq('list', this.#sinceMark()))
      case 0x64:
        return this.#push(this.#dict(this.#sinceMark()))
      case 0x65:
        return this.#extend(this.#sinceMark())
      case 0x75:
        return this.#setItems(this.#sinceMark())
      case 0x61:
        return this.#extend([this.#pop()])
      case 0x73:
        return this.#setItem()
      case 0x62:
        return this.#build()
      case 0x52: {
        const args = this.#pop()
        return this.#push(this.#judge.called(this.#pop(), args, this.#place()))
      }
      case 0x63:
        return this.#import(tape.lineText(), tape.lineText())
      case 0x69: {
        const target = this.#global(tape.lineText(), tape.lineText())
        return this.#push(this.#judge.called(target, new Seq('tuple', this.#sinceMark()), this.#place()))
      }
      case 0x6f: {
        const [callee, ...args] = this.#sinceMark()
        return this.#push(this.#judge.called(callee, new Seq('tuple', args), this.#place()))
      }
      case 0x50:
        return this.#push(new Persistent(tape.lineText()))
      case 0x51:
        return this.#push(new Persistent(this.#pop()))
      case 0x30:
        // A mark on top is what POP takes then, as in CPython.
        if (this.#marks.at(-1) === this.#stack.length && this.#marks.length > 0) this.#marks.pop()
        else this.#pop()
        return
      case 0x31:
        this.#sinceMark()
        return
      case 0x32:
        return this.#push(this.#top())
      case 0x67:
        return this.#push(this.#memo.get(parseInteger(tape.lineText()).value))
      case 0x70:
        return this.#memo.set(parseInteger(tape.lineText()).value, this.#top())
      default:
        return this.#literal(code)
    }
  }

  #literal(code: number): void {
    const { tape } = this
    switch (code) {
      case 0x49: {
        const text = tape.lineText()
        return this.#push(text === '00' ? false : text === '01' ? true : this.#number(text))
      }
      case 0x4c:
        return this.#push(this.#number(tape.lineText()))
      case 0x46:
        return this.#push(parseFloatText(tape.lineText()))
      case 0x53:
        return this.#known(parseQuoted(tape.line().toString('latin1')))
      case 0x56:
        return this.#known(parseRawUnicode(tape.line().toString('latin1')))
      case 0x54:
        return this.#string(tape.i32())
      case 0x55:
        return this.#string(tape.u8())
      case 0x42:
        return this.#bytes(tape.u32())
      case 0x43:
        return this.#bytes(tape.u8())
      default:
        throw new BrokenPickle(`0x${code.toString(16)} is no opcode`)
    }
  }

  #stepNew(code: number): void {
    const { tape } = this
    switch (code) {
      case 0x80:
        this.#protocol = tape.u8()
        if (this.#protocol > 5) throw new BrokenPickle(`protocol ${this.#protocol} does not exist`)
        return
      case 0x95: {
        const length = tape.u64()
        this.#frameEnd = tape.position + length
        if (this.#frameEnd > tape.source.size) this.#judge.odd('frame', this.#place())
        return
      }
      case 0x81: {
        const args = this.#pop()
        return this.#push(this.#judge.called(this.#pop(), args, this.#place()))
      }
      case 0x92: {
        const named = this.#pop()
        const args = this.#pop()
        const both = new Seq('tuple', [args, named])
        return this.#push(this.#judge.called(this.#pop(), both, this.#place()))
      }
      case 0x93: {
        const name = this.#pop()
        const module = this.#pop()
        if (typeof name === 'string' && typeof module === 'string') return this.#import(module, name)
        return this.#push(this.#judge.computed(module, name, this.#place()))
      }
      case 0x82:
        return this.#extension(tape.u8())
      case 0x83:
        return this.#extension(tape.u16())
      case 0x84:
        return this.#extension(tape.i32())
      case 0x8a:
        return this.#long(tape.u8())
      case 0x8b:
        return this.#long(tape.i32())
      case 0x8d:
        return this.#string(tape.u64())
      case 0x8e:
      case 0x96:
        return this.#bytes(tape.u64())
      case 0x8f:
        return this.#push(new Seq('set'))
      case 0x90:
        return this.#extend(this.#hashed(this.#sinceMark()))
      case 0x91:
        return this.#push(new Seq('set', this.#hashed(this.#sinceMark())))
      case 0x97:
        return this.#push(undefined)
      case 0x98:
        return
      default:
        throw new BrokenPickle(`0x${code.toString(16)} is no opcode`)
    }
  }

  #push(value: Value): void {
    this.#stack.push(value)
  }

  #top(): Value {
    if (this.#stack.length === 0) throw new BrokenPickle('the stack is empty')
    return this.#stack[this.#stack.length - 1]
  }

  #pop(): Value {
    if (this.#stack.length <= (this.#marks.at(-1) ?? 0)) throw new BrokenPickle('the stack is empty')
    return this.#stack.pop()
  }

  #sinceMark(): Value[] {
    const from = this.#marks.pop()
    if (from === undefined) throw new BrokenPickle('there is no mark')
    return this.#stack.splice(from)
  }

  #tuple(count: number): void {
    const from = this.#stack.length - count
    if (from < (this.#marks.at(-1) ?? 0)) throw new BrokenPickle('the stack is empty')
    this.#push(new Seq('tuple', this.#stack.splice(from)))
  }

  #string(length: number): void {
    if (length < 0) throw new BrokenPickle('a length is negative')
    if (length <= KEPT_TEXT) return this.#known(this.tape.text(length))
    const text = new Text(this.tape.skip(length), length)
    this.#judge.data(text, this.#place())
    this.#push(text)
  }

  #known(text: string): void {
    if (text.length >= 16) this.#judge.data(text, this.#place())
    this.#push(text)
  }

  #bytes(length: number): void {
    const bytes = new Bytes(this.tape.skip(length), length)
    if (length >= 8) this.#judge.data(bytes, this.#place())
    this.#push(bytes)
  }

  #number(text: string): number {
    const { value, odd } = parseInteger(text)
    if (odd) this.#judge.odd('number', this.#place())
    return value
  }

  #long(length: number): void {
    if (length < 0) throw new BrokenPickle('a length is negative')
    if (length > MOST_DIGITS) {
      this.tape.skip(length)
      return this.#push(undefined)
    }
    this.#push(littleEndian(this.tape.slice(length)))
  }

  #global(module: string, name: string): Global {
    const target = new Global(module, name)
    this.#judge.imported(target, this.#place())
    return target
  }

  #import(module: string, name: string): void {
    this.#push(this.#global(module, name))
  }

  #extension(code: number): void {
    this.#judge.extension(code, this.#place())
    this.#push(new Global('copyreg', `<extension ${code}>`))
  }

  #dict(items: Value[]): Seq {
    this.#items(items)
    return new Seq('dict', items)
  }

  #items(items: readonly Value[]): void {
    for (let i = 0; i + 1 < items.length; i += 2) {
      const key = items[i]
      if (typeof key === 'string') this.#judge.item(key, items[i + 1], this.#place())
      else this.#judge.hashed(key, this.#place())
    }
  }

  #hashed(items: Value[]): Value[] {
    for (const item of items) this.#judge.hashed(item, this.#place())
    return items
  }

  /** As `#setItems`, without a list for one. */
  #setItem(): void {
    const value = this.#pop()
    const key = this.#pop()
    const target = this.#top()
    if (typeof key !== 'string' || !(target instanceof Seq && target.kind === 'dict'))
      return this.#setItems([key, value])
    this.#judge.item(key, value, this.#place())
    target.addItem(key, value)
  }

  #setItems(items: Value[]): void {
    this.#items(items)
    const target = this.#top()
    if (target instanceof Seq && target.kind === 'dict') target.add(items, 0)
    else this.#judge.changed(target, new Seq('dict', items), this.#place())
  }

  #extend(items: Value[]): void {
    const target = this.#top()
    if (target instanceof Seq && target.kind !== 'dict') target.add(items, 0)
    else this.#judge.changed(target, new Seq('list', items), this.#place())
  }

  #build(): void {
    const state = this.#pop()
    const target = this.#top()
    if (target instanceof Made) target.state = state
    this.#judge.changed(target, state, this.#place())
    const before = this.tape.position
    if (target instanceof Made) this.#afterBuild?.(target, this.tape)
    // What lies between was never part of the frame.
    if (this.tape.position !== before) this.#frameEnd = Number.POSITIVE_INFINITY
  }
}
