// The log's promises against what it holds: every checkpoint, its own and those kept elsewhere, must be signed by the
// key in force and must be the root of the first entries.
import { canonicalJson, type JsonObject } from '../lib/canonical-json.ts'
import type { EntryRow } from '../model/entry.ts'
import type { AuditFinding } from './audit-finding.ts'
import type { KeyChain } from './chain.ts'
import type { LogReader } from './log-store.ts'
import { EMPTY_ROOT, grow, leafHash, rootOf } from './merkle.ts'
import { NotValid, isSignedBy, parseCheckpoint, parseVerifierKey } from './verify.ts'

/** Between two checkpoints, an entry that was put in is looked for among so many. */
const MOST_TRIED = 1024

export interface Promises {
  readonly checked: number
  /** Size of the largest checkpoint in the database. */
  readonly largestInside: number
  /** Size of the largest tree that a promise holds for. */
  readonly held: number
  begin(): Promise<void>
  /** The tree has grown to a size, by this row. */
  reach(size: number, frontier: readonly Uint8Array[], row: EntryRow): Promise<void>
  end(size: number, findings: readonly AuditFinding[]): Promise<void>
}

interface Kept {
  size: number
  root: Uint8Array
  outside: boolean
}

export function createPromises(context: {
  reader: LogReader
  chain: KeyChain | undefined
  outside: readonly string[]
  report: (finding: AuditFinding) => void
}): Promises {
  const { reader, chain, report } = context
  let outside: Kept[] = []
  let inside: Kept | undefined
  let checked = 0
  let largestInside = 0
  /** The largest tree that a promise still holds for, and the rows since. */
  let held: { size: number; frontier: readonly Uint8Array[] } = { size: 0, frontier: [] }
  let since: EntryRow[] = []
  let broken: { kept: Kept; rows: EntryRow[]; from: typeof held } | undefined
  let heldInside = 0
  let heldOutside = 0
  let foreign: Kept | undefined

  async function nextInside(after: number): Promise<void> {
    const row = await reader.checkpointCovering(after)
    inside = row && (await trusted(row.note, row.size, false))
    if (row && !inside) return nextInside(row.size + 1)
    return undefined
  }

  async function trusted(note: string, size: number | undefined, isOutside: boolean): Promise<Kept | undefined> {
    checked++
    const said = await readSigned(note, chain)
    if (typeof said === 'string' || (size !== undefined && said.size !== size)) {
      const index = Math.max(0, (size ?? 1) - 1)
      report({
        attack: 'wrong-key',
        index,
        message: `${isOutside ? 'a checkpoint kept elsewhere' : `the checkpoint of ${size} entries`}: ${typeof said === 'string' ? said : 'its size was changed'}`,
      })
      return undefined
    }
    return { ...said, outside: isOutside }
  }

  function check(kept: Kept, frontier: readonly Uint8Array[]): void {
    const holds = Buffer.compare(kept.root, rootOf(frontier)) === 0
    if (holds && kept.outside) heldOutside = kept.size
    if (holds && !kept.outside) heldInside = kept.size
    if (!holds && kept.outside) foreign ??= kept
    if (!holds) broken ??= { kept, rows: since, from: held }
    else if (!broken) [held, since] = [{ size: kept.size, frontier: [...frontier] }, []]
  }

  return {
    get checked() {
      return checked
    },
    get largestInside() {
      return largestInside
    },
    get held() {
      return held.size
    },
    async begin() {
      largestInside = (await reader.latestCheckpoint())?.size ?? 0
      const kept = await Promise.all(context.outside.map((note) => trusted(note, undefined, true)))
      outside = kept.filter((one) => one !== undefined).toSorted((a, b) => a.size - b.size)
      await nextInside(1)
    },
    async reach(size, frontier, row) {
      if (broken && broken.rows.length <= Math.min(broken.kept.size - broken.from.size, MOST_TRIED))
        broken.rows.push(row)
      else if (!broken && since.length <= MOST_TRIED) since.push(row)
      if (inside?.size === size) {
        check(inside, frontier)
        await nextInside(size + 1)
      }
      for (const kept of outside) if (kept.size === size) check(kept, frontier)
    },
    async end(size, findings) {
      if (broken && !findings.some(({ attack }) => attack !== 'wrong-key' && attack !== 'clock-moved-back')) {
        if (foreign && heldInside >= foreign.size)
          report({
            attack: 'forked',
            index: heldOutside,
            message: `the tree of ${foreign.size} entries was signed twice, each time another`,
          })
        else report(nameBreak(broken.kept, broken.rows, broken.from))
        return
      }
      const beyond = [inside, ...outside].find((kept) => kept !== undefined && kept.size > size)
      if (!beyond || findings.some(({ attack }) => SHORTER.has(attack))) return
      const message = `the log has ${size} entries, and a checkpoint of ${beyond.size} was signed`
      if (size === 0) report({ attack: 'emptied-log', index: 0, message })
      else report({ attack: beyond.outside ? 'rolled-back' : 'truncated-tail', index: size, message })
    },
  }
}

const SHORTER = new Set(['emptied-log', 'truncated-tail', 'deleted-entry'])

/** Everything inside agrees with itself and not with what was signed: somebody rewrote it, hashes and all. */
function nameBreak(
  kept: Kept,
  rows: readonly EntryRow[],
  from: { size: number; frontier: readonly Uint8Array[] },
): AuditFinding {
  const index = insertedAt(kept, rows, from)
  if (index !== undefined)
    return { attack: 'inserted', index, message: `entry ${index} was put in and everything after it hashed again` }
  return {
    attack: 'edited-entry',
    index: from.size,
    message: `entries ${from.size} to ${kept.size - 1} are not those that were signed, and were hashed again`,
  }
}

/** Takes out one entry after the other and gives the rest their old numbers: does that lead to the signed root? */
function insertedAt(
  kept: Kept,
  rows: readonly EntryRow[],
  from: { size: number; frontier: readonly Uint8Array[] },
): number | undefined {
  const count = kept.size - from.size
  if (count > MOST_TRIED || rows.length !== count + 1) return undefined
  const asTheyAre = rows.map(({ leaf }) => leafHash(leaf))
  const movedUp = rows.map(({ leaf, index }) => leafHash(withIndex(leaf, index - 1)))
  const before = [...from.frontier]
  for (let i = 0; i < count; i++) {
    const frontier = [...before]
    for (let j = i; j < count; j++) grow(frontier, from.size + j, movedUp[j + 1] ?? EMPTY_ROOT, ignore)
    if (Buffer.compare(rootOf(frontier), kept.root) === 0) return from.size + i
    grow(before, from.size + i, asTheyAre[i] ?? EMPTY_ROOT, ignore)
  }
  return undefined
}

const ignore = () => undefined

function withIndex(leaf: string, index: number): string {
  return canonicalJson({ ...(JSON.parse(leaf.toWellFormed()) as JsonObject), index })
}

async function readSigned(
  note: string,
  chain: KeyChain | undefined,
): Promise<{ size: number; root: Uint8Array } | string> {
  try {
    const checkpoint = parseCheckpoint(note)
    if (!chain) return 'the log names no key'
    if (checkpoint.origin !== chain.origin) return `it is of another log, ${checkpoint.origin}`
    const key = chain.keys[chain.rotations.filter(({ index }) => index < checkpoint.size).length]
    if (key === undefined || !(await isSignedBy(checkpoint.note, await parseVerifierKey(key))))
      return 'it is not signed by the key that was in force'
    return { size: checkpoint.size, root: checkpoint.root }
  } catch (error) {
    if (error instanceof NotValid) return error.message
    throw error
  }
}
