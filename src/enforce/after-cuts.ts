// How a whole text reads after the cuts of all guards: as a lane puts them together.
import type { Cut } from './guard.ts'
import { laneOf } from './lane.ts'

export function afterCuts(text: string, cuts: readonly Cut[]): string {
  const said = () => ({ safe: Number.POSITIVE_INFINITY, findings: [], cuts })
  const lane = laneOf([{ enforced: true, isFirst: false, push: said, end: said, whole: said }])
  lane.whole(text)
  return lane.take(lane.length)
}
