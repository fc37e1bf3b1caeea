// The published schemas of CycloneDX and SPDX, for the tests.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { Ajv } from 'ajv'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { CYCLONEDX_VERSIONS } from './cyclonedx-write.ts'

const { resolve } = createRequire(import.meta.url)
const schema = (name: string): Record<string, unknown> =>
  JSON.parse(
    readFileSync(
      resolve(`@cyclonedx/cyclonedx-library/package.json`).replace('package.json', `res/schema/${name}`),
      'utf8',
    ),
  ) as Record<string, unknown>

const FORMATS = { 'idn-email': true, 'iri-reference': true, iri: true } as const

function cycloneDxCheck(version: string) {
  const ajv = new Ajv({ strict: false, allErrors: true, formats: FORMATS })
  addFormats.default(ajv)
  for (const name of ['spdx', 'jsf-0.82', 'cryptography-defs']) {
    const file = `${name}.SNAPSHOT.schema.json`
    ajv.addSchema({ ...schema(file), $id: `http://cyclonedx.org/schema/${file}` })
  }
  return ajv.compile(schema(`bom-${version}.SNAPSHOT.schema.json`))
}

export const cycloneDx = Object.fromEntries(CYCLONEDX_VERSIONS.map((version) => [version, cycloneDxCheck(version)]))
export const spdx = (() => {
  const ajv = new Ajv2020({ strict: false })
  addFormats.default(ajv)
  const file = new URL('../../../test/schemas/spdx-3.0.1.schema.json', import.meta.url)
  return ajv.compile(JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>)
})()
