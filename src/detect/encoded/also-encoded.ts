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
