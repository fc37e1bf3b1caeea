// Small random numbers that are the same for the same input: who sends it again and again must not be able to average them
// out. Seeded with a keyed hash, so that nobody outside can subtract them.
import { createHmac } from 'node:crypto'

/** Each call gives the next number, from 0 up to but not including 1. */
export function noiseFor(key: Uint8Array, input: Uint8Array | string): () => number {
  const seed = createHmac('sha256', key).update(input).digest()
  let [a, b, c, d] = [0, 4, 8, 12].map((at) => seed.readInt32LE(at)) as [number, number, number, number]
  // sfc32: fast, and even enough for noise.
  return () => {
    const sum = (((a + b) | 0) + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + sum
    c |= 0
    return (sum >>> 0) / 4_294_967_296
  }
}
