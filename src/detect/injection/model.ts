// The trained model as it ships: one signed byte for each hashed feature, packed. How it was made, from what, and where
// it fails stands in docs/reference/detection-model.md.
import { inflateSync } from 'node:zlib'
import type { Speaker } from '../../model/finding.ts'
import packed from '../model/injection.json' with { type: 'json' }
import { BITS } from './features.ts'
import type { Calibration, Weights } from './windows.ts'

export interface Model extends Weights {
  calibration: Calibration
  /** The score at which a window is reported. */
  threshold: number
  /** Score to log-odds. */
  slope: number
  /** By how much the threshold moves with the speaker. */
  roles: Partial<Record<Speaker, number>>
}

export function unpackModel(): Model {
  const bytes = inflateSync(Buffer.from(packed.weights, 'base64'), { maxOutputLength: 1 << BITS })
  if (packed.bits !== BITS || bytes.length !== 1 << BITS) throw new TypeError('the model does not fit the features')
  const weights = new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length)
  const { scale, calibration, threshold, slope, roles } = packed
  return { weights, scale, calibration, threshold, slope, roles }
}

/** 0 to 1; one half at the threshold. */
export function confidence({ threshold, slope, roles }: Model, score: number, role: Speaker): number {
  return 1 / (1 + Math.exp(-slope * (score - threshold - (roles[role] ?? 0))))
}
