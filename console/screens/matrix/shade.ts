// How a tile of the coverage is coloured: by the share that is proven, or by whether anything is concerned at all. Each
// step has words, which stand on the tile or beside it, so that the colour only repeats them.
import type { Reply } from '../../api.ts'
import { plural } from '../../lib/format.ts'

type Matrix = Reply<'GET', '/api/matrix'>
export type ThreatCell = Matrix['threats'][number]
export type ControlCell = Matrix['controls'][number]
export type Layer = 'proven' | 'applies'

interface Shade {
  name: string
  tile: string
  edge: string
}

const NOBODY: Shade = { name: 'Concerns no system', tile: 'bg-transparent text-ink-3', edge: 'border-l-line' }

const PROVEN_STEPS: readonly (Shade & { below: number })[] = [
  { name: 'Nothing proven', below: 0.005, tile: 'bg-sunken text-ink', edge: 'border-l-line-strong' },
  { name: 'Less than a third', below: 1 / 3, tile: 'bg-bad-soft text-bad', edge: 'border-l-bad-mark' },
  { name: 'Up to two thirds', below: 2 / 3, tile: 'bg-warn-soft text-warn', edge: 'border-l-warn-mark' },
  { name: 'More than that', below: 0.995, tile: 'bg-note-soft text-note', edge: 'border-l-note-mark' },
  { name: 'All proven', below: Number.POSITIVE_INFINITY, tile: 'bg-good-soft text-good', edge: 'border-l-good-mark' },
]

const APPLIES: Shade = { name: 'Applies somewhere', tile: 'bg-bad-soft text-bad', edge: 'border-l-bad-mark' }
const UNKNOWN: Shade = { name: 'Only unknown', tile: 'bg-warn-soft text-warn', edge: 'border-l-warn-mark' }

export const LEGENDS: Readonly<Record<Layer, readonly Shade[]>> = {
  proven: [...PROVEN_STEPS, NOBODY],
  applies: [APPLIES, UNKNOWN, NOBODY],
}

export function shadeOfShare(share: number, systems: number): Shade {
  if (systems === 0) return NOBODY
  return PROVEN_STEPS.find(({ below }) => share < below) ?? NOBODY
}

export function shadeOfThreat(cell: ThreatCell | undefined, layer: Layer): Shade {
  const concerned = cell ? cell.applies + cell.unknown : 0
  if (!cell || concerned === 0) return NOBODY
  if (layer === 'applies') return cell.applies > 0 ? APPLIES : UNKNOWN
  return shadeOfShare(cell.covered, concerned)
}

export const percent = (share: number) => `${Math.floor(share * 100)} %`

export function noteOfThreat(cell: ThreatCell | undefined, layer: Layer): string {
  const concerned = cell ? cell.applies + cell.unknown : 0
  if (!cell || concerned === 0) return 'no system'
  if (layer === 'proven') return `${percent(cell.covered)} proven, ${plural(concerned, 'system')}`
  return cell.unknown > 0 ? `${cell.applies} apply, ${cell.unknown} unknown` : plural(cell.applies, 'system')
}
