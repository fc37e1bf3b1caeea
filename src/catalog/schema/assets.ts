// assets.json and matrix.json: what can be harmed, and the overviews that cross assets, threats and controls.
import { z } from 'zod'
import { Goal, HEADER, Id, Ids, IMPACT_CODES, Lifecycle, PROPERTIES, Source, TextList, Words } from './common.ts'
import { CONTROL_GROUPS } from './controls.ts'

export const AssetsFile = z.strictObject({
  ...HEADER,
  source: Source,
  assets: z.array(
    z.strictObject({
      id: Id,
      name: Words,
      aiSpecific: z.boolean(),
      impactCode: z.union([z.enum(IMPACT_CODES), z.literal('')]),
      source: Words,
    }),
  ),
  inventoryKinds: z.array(z.strictObject({ id: Id, name: Words })),
  dataStores: TextList,
})

export const ImpactType = z.strictObject({ code: z.enum(IMPACT_CODES), name: Words, goal: Goal })

export const MatrixRow = z.strictObject({
  aiSpecific: z.boolean(),
  lifecycle: Lifecycle,
  attackSurface: Words,
  threat: Id,
  asset: Id,
  property: z.enum([...PROPERTIES, 'CIA']),
  harm: Words,
})

export const PeriodicRow = z.strictObject({
  assetImpact: Words,
  attackSurface: Words,
  threat: Id,
  controlGroups: z.array(z.enum(CONTROL_GROUPS)),
  controls: Ids,
  conventional: z.boolean(),
})

export const MatrixFile = z.strictObject({
  ...HEADER,
  source: Source,
  note: Words,
  impactLegend: z.array(ImpactType),
  matrix: z.array(MatrixRow),
  periodicTable: z.array(PeriodicRow),
  gaps: z.strictObject({
    threatsMissingFromMatrix: Ids,
    inMatrixNotInPeriodicTable: Ids,
    inPeriodicTableNotInMatrix: Ids,
  }),
  riskAreas: z.array(z.strictObject({ area: Words, controls: Ids })),
  essentials: z.array(
    z.strictObject({ id: Id, name: Words, sub: z.array(z.strictObject({ id: Id, name: Words, controls: Ids })) }),
  ),
  seed001MetaControls: z.array(z.strictObject({ n: z.int(), name: Words, controls: Ids })),
  navigatorPages: z.array(
    z.strictObject({ n: z.int(), name: Words, groups: z.array(z.enum(CONTROL_GROUPS)).optional() }),
  ),
  readyMadeModel: z.strictObject({
    yourThreats: Ids,
    extraWhenSelfHosted: Ids,
    yourControlGroups: TextList,
    supplierControlGroups: TextList,
  }),
})
