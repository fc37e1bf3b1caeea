// Moves inputs by a little, so that what was computed to deceive a model no longer fits: numbers in the members that the
// policy names, and pictures that stand in the request. Texts stay, and so do pixels of any kind of picture but plain PNG.
import { z } from 'zod'
import type { Json } from '../../lib/canonical-json.ts'
import type { JsonEdit, JsonPath } from '../../lib/json-edit.ts'
import type { MediaPart, Part, Turn } from '../../model/turn.ts'
import { defineGuard } from '../guard.ts'
import { noiseFor } from './distortion/noise.ts'
import { distortPicture } from './distortion/picture.ts'
import { ownerKey } from './owner-key.ts'

const MOST_NUMBERS = 1_000_000

export const inputDistortion = defineGuard({
  id: 'input-distortion',
  title: 'Moves numbers and pixels of inputs by a little, and takes out what rides along with pictures',
  mode: 'off',
  settings: z.strictObject({
    strength: z
      .int()
      .min(0)
      .max(32)
      .default(2)
      .describe(
        'how far each colour of a plain PNG may move, of 255; JPEG and WebP only lose their metadata, with it the orientation; off by default, because it costs accuracy and time',
      ),
    pixels: z.int().min(0).max(16_777_216).default(1_048_576).describe('pixels of larger pictures stay as they are'),
    members: z
      .array(z.string().min(1).max(64))
      .max(50)
      .default([])
      .describe('names of members of the request whose numbers are moved, at any depth, as in `instances`'),
    step: z
      .number()
      .positive()
      .max(1e9)
      .default(0.01)
      .describe('those numbers become multiples of this, the one below or the one above by chance'),
  }),
  proves: ({ strength, members }) => (strength > 0 || members.length > 0 ? ['input-distortion.active'] : []),
  begin(_turn, { strength, pixels, members, step }, context) {
    const key = ownerKey('input-distortion', context)
    const named = new Set(members)
    return {
      examine(body, stage) {
        const edits = stage === 'request' && named.size > 0 ? movedNumbers(body, named, step, key) : []
        return { outcome: 'pass', edits }
      },
      async inspect(turn) {
        const edits: JsonEdit[] = []
        for (const { at, data, head = '' } of picturesOf(turn)) {
          const bytes = Buffer.from(data, 'base64')
          const distorted = await distortPicture(bytes, { strength, mostPixels: pixels, random: noiseFor(key, bytes) })
          if (distorted !== undefined) edits.push({ at, to: head + distorted.toString('base64') })
        }
        return { outcome: 'pass', edits }
      },
    }
  },
})

function inside(part: Part): readonly Part[] {
  return part.kind === 'tool-result' ? part.parts : [part]
}

function picturesOf({ messages }: Turn): (MediaPart & { data: string })[] {
  return messages.flatMap(({ parts }) =>
    parts
      .flatMap(inside)
      .flatMap((part) => (part.kind === 'image' && part.data !== undefined ? [{ ...part, data: part.data }] : [])),
  )
}

function movedNumbers(body: Json, named: ReadonlySet<string>, step: number, key: Uint8Array): JsonEdit[] {
  const edits: JsonEdit[] = []
  let count = 0
  const walk = (value: Json, at: JsonPath, random: (() => number) | undefined): void => {
    if (typeof value === 'number' && random !== undefined && ++count <= MOST_NUMBERS) {
      const to = Number((Math.floor(value / step + random()) * step).toPrecision(15))
      if (to !== value && Number.isFinite(to)) edits.push({ at, to })
    }
    if (typeof value !== 'object' || value === null) return
    for (const [name, inner] of Object.entries(value)) {
      const isNamed = !Array.isArray(value) && random === undefined && named.has(name)
      const place = [...at, Array.isArray(value) ? Number(name) : name]
      walk(inner, place, isNamed ? noiseFor(key, JSON.stringify(inner)) : random)
    }
  }
  walk(body, [], undefined)
  return edits
}
