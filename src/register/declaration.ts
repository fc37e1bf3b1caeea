// The file in which assets are declared beside the code that runs them. A document names its source and owns what it
// declares: what it no longer names, it retires. The server's own settings may stand in the same file.
import { z } from 'zod'
import { AssetId, BODY_SHAPE } from './asset-body.ts'

/** Stands for everything that was declared in the console or through the API and that no file owns. */
export const BY_HAND = 'by-hand'

const MOST_ASSETS = 9000

const FactValue = z.union([z.boolean(), z.string().max(100), z.array(z.string().max(100)).max(50)])

const DeclaredFact = z.union([
  FactValue,
  z.strictObject({ value: FactValue, confidence: z.number().min(0).max(1).describe('how sure it is; 1 unless given') }),
])

const DeclaredAsset = z.strictObject({
  id: AssetId.describe('lower-case words joined by hyphens, unique in the whole register'),
  ...BODY_SHAPE,
  facts: z
    .record(z.string().max(100), DeclaredFact)
    .default({})
    .describe('answers to the questions of the catalogue, as in `model-kind: llm`'),
})

export const Declaration = z
  .strictObject({
    source: z
      .string()
      .max(100)
      .regex(/^[a-z0-9]+([._/-][a-z0-9]+)*$/, 'expected lower-case words, as in payments or acme/claims')
      .describe('names this declaration; it owns the assets that it declares'),
    assets: z.array(DeclaredAsset).max(MOST_ASSETS).describe('everything that this source runs'),
  })
  .describe('Assets, their links and facts, kept beside the code')

/** What of a file is a declaration; all else is for the server. */
export const DECLARATION_KEYS = ['source', 'assets'] as const
