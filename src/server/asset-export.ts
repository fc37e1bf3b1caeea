// The list of assets as a file, with the filters of the list: read page by page and sent as it comes, so that a register
// of any size fits.
import { Readable } from 'node:stream'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { parse } from '../lib/parse.ts'
import type { Asset } from '../model/asset.ts'
import { MOST_ROWS } from '../model/page.ts'
import type { AssetFilter, RegisterStore } from '../register/register-store.ts'
import type { RawRoute, ServerContext } from './context.ts'
import { type Cell, csvLine } from '../lib/csv.ts'
import { assetFilter } from './routes/assets.ts'

const Query = z.strictObject(assetFilter)

const COLUMNS: Record<string, (asset: Asset) => Cell> = {
  id: ({ id }) => id,
  kind: ({ kind }) => kind,
  name: ({ name }) => name,
  description: ({ description }) => description,
  version: ({ version }) => version,
  environment: ({ environment }) => environment,
  exposure: ({ exposure }) => exposure,
  dataClass: ({ dataClass }) => dataClass,
  businessOwner: ({ owners }) => owners.business,
  dataOwner: ({ owners }) => owners.data,
  riskOwner: ({ owners }) => owners.risk,
  deploymentModel: ({ deploymentModel }) => deploymentModel,
  sanctioned: ({ sanctioned }) => sanctioned,
  source: ({ source }) => source,
  declaredBy: ({ declaredBy }) => declaredBy,
  tags: ({ tags }) => tags.join('; '),
  links: ({ links }) => links.map(({ kind, to }) => `${kind} ${to}`).join('; '),
  firstSeen: ({ firstSeen }) => firstSeen,
  lastSeen: ({ lastSeen }) => lastSeen,
  revision: ({ revision }) => revision,
  retiredAt: ({ retiredAt }) => retiredAt,
}

async function* csv(register: RegisterStore, filter: AssetFilter): AsyncGenerator<string> {
  yield csvLine(Object.keys(COLUMNS))
  for await (const page of pages(register, filter))
    yield page.map((asset) => csvLine(Object.values(COLUMNS).map((column) => column(asset)))).join('')
}

async function* json(register: RegisterStore, filter: AssetFilter): AsyncGenerator<string> {
  let before = '{"items":['
  for await (const page of pages(register, filter))
    for (const asset of page) {
      yield `${before}\n${JSON.stringify(asset)}`
      before = ','
    }
  yield before === ',' ? '\n]}\n' : `${before}]}\n`
}

async function* pages(register: RegisterStore, filter: AssetFilter): AsyncGenerator<Asset[]> {
  let cursor: string | undefined
  do {
    const page = await register.list({ ...filter, limit: MOST_ROWS, cursor })
    yield page.items
    cursor = page.next
  } while (cursor !== undefined)
}

const FORMATS = {
  csv: { mediaType: 'text/csv', write: csv },
  json: { mediaType: 'application/json', write: json },
} as const

const formats = Object.entries(FORMATS)

export const assetExports: readonly RawRoute[] = formats.map(([format, { mediaType, write }]) => ({
  id: `export-assets-${format}`,
  path: `/api/exports/assets.${format}`,
  summary: `Gives the assets of the register as ${format.toUpperCase()}, with the filters of their list`,
  needs: 'asset:read',
  mediaType,
  async send({ app }: ServerContext, request: FastifyRequest, reply: FastifyReply) {
    const filter = parse(Query, request.query)
    const body = Readable.from(write(app.store.read.register, filter), { objectMode: false, encoding: 'utf8' })
    return reply
      .type(`${mediaType}; charset=utf-8`)
      .header('content-disposition', `attachment; filename="assets.${format}"`)
      .send(body)
  },
}))
