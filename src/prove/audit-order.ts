// Each leaf says which entry it is. Where that and its place differ, this tells what was done: entries taken out, put in
// twice, put in anew, or exchanged. One cut moves everything after it, so it is reported once.
import type { EntryRow } from '../model/entry.ts'
import type { AuditFinding, Leaf } from './audit-finding.ts'

const MOST_KEPT = 10_000

export interface Order {
  /** How many places have no row. */
  readonly missing: number
  /** A row at a place, counted without the gaps, and what its leaf says. */
  see(row: EntryRow, said: Leaf, place: number): void
  /** So many places have no row. */
  skip(places: number): void
  findings(): AuditFinding[]
}

interface Misplaced {
  index: number
  says: number
  leaf: string
}

export function createOrder(): Order {
  const gaps: { index: number; places: number }[] = []
  const misplaced: Misplaced[] = []
  let missing = 0
  let before: { index: number; leaf: string } | undefined

  return {
    get missing() {
      return missing
    },
    skip(places) {
      missing += places
    },
    see(row, said, place) {
      const gap = row.index - place - missing
      if (gap > 0) missing += gap
      const expected = (before?.index ?? -1) + 1
      if (row.index > expected && gaps.length < MOST_KEPT) gaps.push({ index: expected, places: row.index - expected })
      const says = said['index']
      if (says !== row.index && typeof says === 'number' && misplaced.length < MOST_KEPT) {
        const twice = before !== undefined && says === before.index && !misplaced.some(({ index }) => index === says)
        misplaced.push({ index: row.index, says, leaf: twice && before?.leaf !== row.leaf ? 'other' : row.leaf })
      }
      before = { index: row.index, leaf: row.leaf }
    },
    findings() {
      const gone = gaps.map(({ index, places }): AuditFinding => ({
        attack: 'deleted-entry',
        index,
        message: `${places === 1 ? `entry ${index} is` : `entries ${index} to ${index + places - 1} are`} gone`,
      }))
      return [...gone, ...named(misplaced)]
    },
  }
}

function named(misplaced: readonly Misplaced[]): AuditFinding[] {
  const said = new Map(misplaced.map(({ says, index }) => [says, index]))
  const places = new Set(misplaced.map(({ index }) => index))
  const findings: AuditFinding[] = []
  let shift = 0
  for (const { index, says, leaf } of misplaced) {
    if (says === index + shift) continue
    const expected = index + shift
    if (says > expected && !said.has(expected)) {
      findings.push({
        attack: 'deleted-entry',
        index: expected,
        message: `entry ${expected} was taken out and the rest moved up`,
      })
      shift = says - index
    } else if (says < expected && !places.has(says) && leaf === 'other') {
      findings.push({
        attack: 'inserted',
        index: says,
        message: `an entry was put in at ${says} and the rest moved down`,
      })
      shift = says - index
    } else if (says < expected && !exchanged(misplaced, index, says)) {
      findings.push({ attack: 'duplicated', index, message: `entry ${index} is entry ${says} once more` })
      shift = nextShift(misplaced, index, shift)
    } else {
      findings.push({ attack: 'reordered', index, message: `entry ${says} stands in the place of entry ${index}` })
    }
  }
  return findings
}

/** Whether the entry that belongs here stands where this one belongs, or further along the same cycle. */
function exchanged(misplaced: readonly Misplaced[], index: number, says: number): boolean {
  const at = new Map(misplaced.map((entry) => [entry.index, entry.says]))
  let next: number | undefined = says
  for (let steps = 0; steps <= misplaced.length && next !== undefined; steps++) {
    next = at.get(next)
    if (next === index) return true
  }
  return false
}

/** After a copy the rest may have moved down by one, or not. */
function nextShift(misplaced: readonly Misplaced[], index: number, shift: number): number {
  return misplaced.some((entry) => entry.index === index + 1 && entry.says === index + shift) ? shift - 1 : shift
}
