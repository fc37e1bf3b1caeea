// Which places of its memo a pickle ever asks for again. Picklers remember every tuple and list that they write and ask
// for few; a machine that kept all of them would hold a hundred bytes for each of the file. One quick pass over the
// opcodes, without any of their meaning, tells which are worth keeping.
import { parseInteger } from './numbers.ts'
import { OPCODES } from './opcodes.ts'
import { BrokenPickle, type Tape } from './tape.ts'

/** How many bytes follow an opcode. */
const FIXED: Readonly<Record<number, number>> = {
  0x4b: 1,
  0x71: 1,
  0x72: 4,
  0x4d: 2,
  0x4a: 4,
  0x47: 8,
  0x80: 1,
  0x82: 1,
  0x83: 2,
  0x84: 4,
  0x95: 8,
}
/** Opcodes whose argument is so many lines. */
const LINES: Readonly<Record<number, number>> = {
  0x46: 1,
  0x49: 1,
  0x4c: 1,
  0x50: 1,
  0x53: 1,
  0x56: 1,
  0x63: 2,
  0x69: 2,
  0x70: 1,
}
const FEW = 1_000_000
const MOST = 50_000_000
/** Below that nothing is gained. */
const SMALL = 256 * 1024

const known = Uint8Array.from({ length: 256 }, (_, code) => (OPCODES[code] === undefined ? 0 : 1))
const fixed = Uint8Array.from({ length: 256 }, (_, code) => FIXED[code] ?? 0)
const lines = Uint8Array.from({ length: 256 }, (_, code) => LINES[code] ?? 0)

/** Nothing where all must be kept: a small pickle, one that asks for very much, one with arrays in between. */
export function recallsOf(tape: Tape): ReadonlySet<number> | undefined {
  const from = tape.position
  if (tape.source.size - from < SMALL) return undefined
  const asked = new Set<number>()
  try {
    return collect(tape, asked) ? asked : undefined
  } catch (error) {
    // The machine will stop at the same place.
    if (error instanceof BrokenPickle) return asked
    throw error
  } finally {
    tape.seek(from)
  }
}

function collect(tape: Tape, asked: Set<number>): boolean {
  for (let opcodes = 0; opcodes < MOST; opcodes++) {
    const code = tape.u8()
    // The machine stops there too.
    if (code === 0x2e || known[code] === 0) return true
    if (code === 0x68) asked.add(tape.u8())
    else if (code === 0x6a) asked.add(tape.u32())
    else if (code === 0x67) asked.add(parseInteger(tape.lineText()).value)
    else if (fixed[code] !== 0) tape.skip(fixed[code] ?? 0)
    else if (lines[code] !== 0) {
      for (let i = lines[code] ?? 0; i > 0; i--) if (namesArrays(tape.lineText())) return false
    } else {
      const length = lengthAt(tape, code)
      if (length < 0) throw new BrokenPickle('a length is negative')
      if (length >= WRAPPER.length && length < 256) {
        if (namesArrays(tape.text(length))) return false
      } else tape.skip(length)
    }
    if (asked.size > FEW) return false
  }
  return false
}

/** After such an object bytes of its own follow, which are no opcodes. */
const WRAPPER = 'ArrayWrapper'
const namesArrays = (text: string): boolean => text.includes(WRAPPER)

function lengthAt(tape: Tape, code: number): number {
  switch (code) {
    case 0x8c:
    case 0x55:
    case 0x43:
    case 0x8a:
      return tape.u8()
    case 0x58:
    case 0x42:
      return tape.u32()
    case 0x54:
    case 0x8b:
      return tape.i32()
    case 0x8d:
    case 0x8e:
    case 0x96:
      return tape.u64()
    default:
      return 0
  }
}
