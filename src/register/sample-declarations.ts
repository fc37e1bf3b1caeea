// For property tests: declarations as anybody could write them, hostile names included.
import fc from 'fast-check'
import { loadBuiltIn } from '../catalog/built-in.ts'
import { type AssetBody, DATA_CLASSES, ENVIRONMENTS, EXPOSURES } from '../model/asset.ts'
import type { FactValue } from '../model/fact.ts'

const { facts, deploymentModels } = loadBuiltIn()

/** Ids that meet each other often, so that links and changes do. */
const IDS = ['alpha', 'beta-1', 'gamma', 'delta-x-2', 'null', 'true', '007']

const HOSTILE = ['=1+1', '<script>', "it's: # no", '- a', '"q"', 'yes', '1.0', '~', '{a', '&x', '*x', '%', '𝄞é', '!!js']

const line = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }).map(clean),
)

/** Only what a door lets through. */
function clean(text: string): string {
  return (
    text.replaceAll(/[\p{Cc}\p{Cs}\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\u{e0000}-\u{e007f}]/gu, '').trim() ||
    'x'
  )
}

const paragraphs = fc.array(line, { minLength: 1, maxLength: 4 }).map((lines) => lines.join('\n').trim())

const maybe = <T>(some: fc.Arbitrary<T>) => fc.option(some, { nil: undefined })

const factArbitrary = fc.constantFrom(...facts).chain(({ id, type, values }) => {
  const known = [...(values ?? [])]
  const value: fc.Arbitrary<FactValue> =
    type === 'bool' ? fc.boolean() : type === 'enum' ? fc.constantFrom(...known) : fc.subarray(known)
  return fc.tuple(fc.constant(id), value, fc.constantFrom(1, 0.5, 0.07))
})

export interface SampleAsset {
  body: Omit<AssetBody, 'links'>
  links: readonly string[]
  facts: readonly (readonly [string, FactValue, number])[]
}

const sampleAsset = fc.record({
  body: fc.record({
    id: fc.constantFrom(...IDS),
    kind: fc.constantFrom('system', 'agent', 'application'),
    name: line,
    description: maybe(paragraphs),
    version: maybe(line),
    environment: maybe(fc.constantFrom(...ENVIRONMENTS)),
    exposure: maybe(fc.constantFrom(...EXPOSURES)),
    dataClass: maybe(fc.constantFrom(...DATA_CLASSES)),
    owners: fc.record({ business: line, data: line, risk: line }, { requiredKeys: [] }),
    deploymentModel: maybe(fc.constantFrom(...deploymentModels.map(({ id }) => id))),
    sanctioned: fc.boolean(),
    tags: fc.array(line, { maxLength: 3 }),
  }),
  links: fc.uniqueArray(fc.constantFrom(...IDS), { maxLength: 3 }),
  facts: fc.uniqueArray(factArbitrary, { maxLength: 4, selector: ([key]) => key }),
})

/** The assets of one declaration; links lead to each other, round and round too. */
export const sampleAssets: fc.Arbitrary<SampleAsset[]> = fc.uniqueArray(sampleAsset, {
  maxLength: IDS.length,
  selector: ({ body }) => body.id,
})

/** As somebody could have written the file. */
export function toFile(source: string, assets: readonly SampleAsset[]): string {
  const ids = new Set(assets.map(({ body }) => body.id))
  const stated = assets.map(({ body, links, facts: claims }) => ({
    ...body,
    links: links.filter((to) => ids.has(to) && to !== body.id).map((to) => ({ kind: 'calls', to })),
    facts: Object.fromEntries(claims.map(([key, value, confidence]) => [key, { value, confidence }])),
  }))
  // JSON is YAML, and nothing like the canonical form.
  return JSON.stringify({ assets: stated, source })
}
