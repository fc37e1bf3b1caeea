// A detector that reads a text as it stands also reads what stands encoded in it: base64, hexadecimal, escapes of any kind,
// letters broken up or styled; and what is encoded in that. Its finds are told by the place of what encodes them.
import type { Match, Reader, Reading } from '../define.ts'
import type { Tape } from '../text.ts'
import type { Speaker } from '../../model/finding.ts'
import { EscapedParts } from './escaped-parts.ts'
import { type FormGroup, GROUPS } from './packed-forms.ts'
import { PackedRuns } from './packed-runs.ts'
import { SpacedRuns } from './spaced-runs.ts'

/** What is encoded deeper than this stays unread. */
const DEPTH = 3

export function alsoEncoded(reader: Reader): Reader {
  return { ...reader, open: (role) => openAt(reader, role, DEPTH) }
}

/** Two that read all that is encoded together: it is looked for, and decoded, once. */
export function alsoEncodedBoth(one: Reader, other: Reader): Reader {
  const both: Reader = {
    ...one,
    id: `${one.id}-and-${other.id}`,
    reach: {
      before: Math.max(one.reach.before, other.reach.before),
      after: Math.max(one.reach.after, other.reach.after),
    },
    open: (role) => new Together(one, other, role),
  }
  return alsoEncoded(both)
}

class Together implements Reading {
  readonly #readers: readonly [Reader, Reader]
  readonly #readings: readonly [Reading, Reading]
  #seen = 0

  constructor(one: Reader, other: Reader, role: Speaker) {
    this.#readers = [one, other]
    this.#readings = [one.open(role), other.open(role)]
  }

  read(tape: Tape): readonly Match[] {
    const [one, other] = this.#readings
    const [first, second] = [one.read(tape), other.read(tape)]
    this.#seen = tape.seen
    const [by, byOther] = this.#readers
    for (const match of first) match.by = by
    for (const match of second) match.by = byOther
    return second.length === 0 ? first : [...first, ...second]
  }

  settled(): number {
    const [one, other] = this.#readings
    return Math.min(one.settled(), other.settled())
  }

  needs(): number {
    const [one, other] = this.#readings
    return Math.min(one.needs?.() ?? this.#seen, other.needs?.() ?? this.#seen)
  }

  reset(): void {
    for (const reading of this.#readings) reading.reset?.()
    this.#seen = 0
  }
}

/**
 * What stands in the open is read by others, and so are escapes in it: they are many in what programs write, and each would have
 * what stands round it read again.
 */
export function onlyPacked(reader: Reader): Reader {
  const open = (role: Speaker): Reading => openAt(reader, role, DEPTH - 1)
  return {
    ...reader,
    open: (role) =>
      new EncodedReading(
        NOTHING,
        packedRuns(LONG_GROUPS, () => open(role)),
      ),
  }
}

/** Of sentences. */
const LONG_GROUPS = GROUPS.map((group) => ({ ...group, shortest: 2 * group.shortest }))
const NEVER = Number.POSITIVE_INFINITY
const NOTHING: Reading = { read: () => [], settled: () => NEVER, needs: () => NEVER, reset: () => undefined }

function openAt(reader: Reader, role: Speaker, depth: number): Reading {
  const plain = reader.open(role)
  if (depth === 0) return plain
  const open = () => openAt(reader, role, depth - 1)
  return new EncodedReading(plain, [new EscapedParts(open), new SpacedRuns(open), ...packedRuns(GROUPS, open)])
}

const packedRuns = (groups: readonly FormGroup[], open: () => Reading): readonly Part[] =>
  groups.map((group) => new PackedRuns(group, open))

type Part = Pick<EscapedParts, 'read' | 'settled' | 'needs' | 'reset'>

class EncodedReading implements Reading {
  readonly #plain: Reading
  readonly #parts: readonly Part[]
  #settled = 0
  /** Empty between two pieces: most hold nothing. */
  #found: Match[] = []

  constructor(plain: Reading, parts: readonly Part[]) {
    this.#plain = plain
    this.#parts = parts
  }

  read(tape: Tape): readonly Match[] {
    const plain = this.#plain.read(tape)
    const found = this.#found
    for (let i = 0; i < this.#parts.length; i++) this.#parts[i]?.read(tape, found)
    if (found.length === 0) return plain
    this.#found = []
    return [...plain, ...found]
  }

  settled(): number {
    let settled = this.#plain.settled()
    for (let i = 0; i < this.#parts.length; i++) settled = Math.min(settled, this.#parts[i]?.settled() ?? settled)
    return (this.#settled = Math.max(this.#settled, settled))
  }

  needs(): number {
    let needs = this.#plain.needs?.() ?? Number.POSITIVE_INFINITY
    for (let i = 0; i < this.#parts.length; i++) needs = Math.min(needs, this.#parts[i]?.needs() ?? needs)
    return needs
  }

  reset(): void {
    this.#plain.reset?.()
    for (const part of this.#parts) part.reset()
    this.#settled = 0
  }
}
