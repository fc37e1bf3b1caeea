// The trained model as it ships: one signed byte for each hashed feature, packed. How it was made, from what, and where
// it fails stands in docs/reference/detection-model.md.
import { inflateSync } from 'node:zlib'
import type { Speaker } from '../../model/finding.ts'
import packed from '../model/injection.json' with { type: 'json' }
import { BITS } from './features.ts'
import type { Window } from './windows.ts'

export interface Model {
  weights: Int8Array
  /** One step of a weight, in log-odds. */
  scale: number
  /** What a window must exceed, and how much more for every doubling of the blocks before it. */
  threshold: number
  later: number
  /** Log-odds to confidence. */
  slope: number
  /** By how much the threshold moves with the speaker. */
  roles: Partial<Record<Speaker, number>>
}

export function unpackModel(): Model {
  const bytes = inflateSync(Buffer.from(packed.weights, 'base64'), { maxOutputLength: 1 << BITS })
  if (packed.bits !== BITS || bytes.length !== 1 << BITS) throw new TypeError('the model does not fit the features')
  const weights = new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length)
  const { scale, threshold, later, slope, roles } = packed
  return { weights, scale, threshold, later, slope, roles }
}

/** 0 to 1; one half at the threshold. */
export function confidence(model: Model, { z, index }: Pick<Window, 'z' | 'index'>, role: Speaker): number {
  const threshold = model.threshold + model.later * Math.log2(1 + index) + (model.roles[role] ?? 0)
  return 1 / (1 + Math.exp(-model.slope * (z * model.scale - threshold)))
}
