// The shape in which an asset is stated, through the API and in files alike, and its one normal form: tags and links
// without repetition and in order, so that equal assets are equal as values.
import { z } from 'zod'
import { lineOfText, paragraphsOfText } from '../lib/text.ts'
import { ASSET_KINDS, type AssetBody, DATA_CLASSES, ENVIRONMENTS, EXPOSURES, LINK_KINDS } from '../model/asset.ts'

const MOST_LINKS = 200
const MOST_TAGS = 20

export const AssetId = z
  .string()
  .max(64)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'expected lower-case words joined by hyphens, as in claims-assistant')

const Link = z.strictObject({ kind: z.enum(LINK_KINDS), to: AssetId.describe('id of an asset') })

/** Everything but the id. */
export const BODY_SHAPE = {
  kind: z.enum(ASSET_KINDS),
  name: lineOfText(200),
  description: paragraphsOfText(2000).optional(),
  version: lineOfText(100).optional(),
  environment: z.enum(ENVIRONMENTS).optional(),
  exposure: z.enum(EXPOSURES).optional().describe('who can reach it'),
  dataClass: z.enum(DATA_CLASSES).optional().describe('the most sensitive data in it'),
  owners: z
    .strictObject({
      business: lineOfText(120).optional(),
      data: lineOfText(120).optional(),
      risk: lineOfText(120).optional(),
    })
    .default({})
    .describe('e-mail addresses or names of teams'),
  deploymentModel: lineOfText(64).optional().describe('one of the deployment models of the catalogue'),
  sanctioned: z
    .boolean()
    .optional()
    .describe('whether it is meant to be there; what is declared is, unless it says no'),
  tags: z.array(lineOfText(50)).max(MOST_TAGS).default([]),
  links: z.array(Link).max(MOST_LINKS).default([]).describe('what it is made of and what it reaches'),
}

/** As a file or a request states it. */
export const Stated = z.strictObject({ id: AssetId, ...BODY_SHAPE })

export function toBody({ sanctioned, ...stated }: z.output<typeof Stated>, sanctionedUnlessSaid: boolean): AssetBody {
  const { id, kind, name, description, version, environment, exposure, dataClass, owners, deploymentModel } = stated
  const { business, data, risk } = owners
  const links = new Map(stated.links.map((link) => [`${link.kind} ${link.to}`, { kind: link.kind, to: link.to }]))
  return {
    id,
    kind,
    name,
    ...(description === undefined ? {} : { description }),
    ...(version === undefined ? {} : { version }),
    ...(environment === undefined ? {} : { environment }),
    ...(exposure === undefined ? {} : { exposure }),
    ...(dataClass === undefined ? {} : { dataClass }),
    owners: {
      ...(business === undefined ? {} : { business }),
      ...(data === undefined ? {} : { data }),
      ...(risk === undefined ? {} : { risk }),
    },
    ...(deploymentModel === undefined ? {} : { deploymentModel }),
    sanctioned: sanctioned ?? sanctionedUnlessSaid,
    tags: [...new Set(stated.tags)].toSorted(),
    links: [...links.keys()].toSorted().flatMap((key) => links.get(key) ?? []),
  }
}

/** Only what somebody stated, of an asset with all that the register adds. */
export function bodyOf(asset: AssetBody): AssetBody {
  return toBody({ ...asset, owners: { ...asset.owners }, tags: [...asset.tags], links: [...asset.links] }, false)
}
