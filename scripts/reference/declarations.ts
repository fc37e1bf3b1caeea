// docs/reference/declarations.md and its JSON Schema: how assets, links and facts are declared in a file, from the schema
// that reads them and the questions of the catalogue.
import { z } from 'zod'
import { loadBuiltIn } from '../../src/catalog/built-in.ts'
import type { Fact } from '../../src/catalog/catalog.ts'
import { ASSET_KINDS, LINK_KINDS } from '../../src/model/asset.ts'
import { Stated } from '../../src/register/asset-body.ts'
import { BY_HAND, Declaration } from '../../src/register/declaration.ts'
import { code, table } from './markdown.ts'

const catalog = loadBuiltIn()

const EXAMPLE = `source: claims
assets:
  - id: claims-assistant
    kind: system
    name: Claims assistant
    environment: production
    exposure: public
    dataClass: confidential
    owners:
      business: claims@example.org
      data: data-office@example.org
      risk: risk@example.org
    deploymentModel: provider-hosted-api
    links:
      - kind: retrievesFrom
        to: policy-documents
      - kind: servedBy
        to: claims-model
    facts:
      augmentation-kinds:
        - rag
      model-kind: llm
      personal-data: true
      untrusted-data-in-prompt:
        value: true
        confidence: 0.7
  - id: claims-model
    kind: model
    name: Language model of the claims assistant
  - id: policy-documents
    kind: knowledge-base
    name: Policy documents
`

export function renderDeclarations(): string {
  return `# Declaration files

Generated from the schema; do not edit. An editor that reads JSON Schema takes
[declaration.schema.json](declaration.schema.json).

A declaration is a YAML file kept beside the code: which assets there are, how they are linked, and what is known of them.
\`parapet plan FILE…\` shows what it would change and exits with 1 if it would change anything, \`parapet apply FILE…\` does
it, all of it or nothing, and \`parapet export\` prints the register as such files. Without a file all of them mean
\`parapet.yaml\`, which may hold the server's settings as well, in its first document: each reads its own keys.

\`\`\`yaml
${EXAMPLE}\`\`\`

- \`source\` names the declaration. It owns the assets that it declares: one that it no longer names is retired, and those
  of other declarations are left alone. An asset moves from one file to another when both are applied together.
- A file may hold several declarations, parted by \`---\`. No id and no source is declared twice.
- \`${BY_HAND}\` is the source of what was declared in the console or through the API.
- Links lead to assets that are declared or already in the register. They may go round in circles.
- A fact is an answer to a question of the catalogue, or \`{ value, confidence }\`. One that the file no longer states is
  taken back. What others found out stands beside it, and where they disagree the register says so.
- Names may hold any character but control and direction characters. Where they are shown they are text and nothing else.

## Members of an asset

${table(['Member', 'Values', 'Meaning'], members())}

Kinds: ${ASSET_KINDS.map(code).join(', ')}.

Links: ${LINK_KINDS.map(code).join(', ')}.

## Facts

${table(
  ['Key', 'Question', 'Answers'],
  catalog.facts.map((fact) => [code(fact.id), fact.question, answers(fact)]),
)}
`
}

/** With the questions of the catalogue spelt out, and with room for the server's settings. */
export function renderDeclarationSchema(): string {
  const facts = Object.fromEntries(catalog.facts.map((fact) => [fact.id, factSchema(fact)]))
  const asset = z.strictObject({ ...Stated.shape, facts: z.strictObject(facts).optional() })
  const file = z.looseObject({ ...Declaration.shape, assets: z.array(asset) }).describe(Declaration.description ?? '')
  return `${JSON.stringify(z.toJSONSchema(file, { io: 'input' }), undefined, 2)}\n`
}

function factSchema({ question, type, values }: Fact): z.ZodType {
  const one = z.enum([...(values ?? [])])
  const value = type === 'bool' ? z.boolean() : type === 'enum' ? one : z.array(one)
  return z
    .union([value, z.strictObject({ value, confidence: z.number().min(0).max(1) })])
    .optional()
    .describe(question)
}

function answers({ type, values }: Fact): string {
  if (type === 'bool') return '`true`, `false`'
  return `${type === 'set' ? 'a list of ' : ''}${(values ?? []).map(code).join(', ')}`
}

function members(): string[][] {
  const { properties = {}, required = [] } = z.toJSONSchema(Stated, { io: 'input' })
  return Object.entries(properties).map(([name, schema]) => {
    const { enum: words, description = '' } = typeof schema === 'object' ? schema : {}
    const needed = required.includes(name) ? 'required' : ''
    const choices = name === 'deploymentModel' ? [...catalog.deploymentModelsById.keys()] : (words ?? [])
    const values = name === 'kind' ? 'see below' : choices.map((word) => code(String(word))).join(', ')
    return [code(name), values, [description, needed].filter(Boolean).join('; ')]
  })
}
