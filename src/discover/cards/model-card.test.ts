// Cards of models whose weights lie in a tree, through a whole scan and into both standards.
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type TestContext, test } from 'node:test'
import type { BomPart } from '../../model/bom.ts'
import { bomOf } from '../bom/from-discovered.ts'
import { readBom } from '../bom/read.ts'
import { toCycloneDx } from '../bom/cyclonedx-write.ts'
import { toSpdx } from '../bom/spdx-write.ts'
import { cycloneDx, spdx } from '../bom/testing.ts'
import { discover } from '../run.ts'

const README = `---
license: apache-2.0
base_model: meta-llama/Llama-3.1-8B
datasets:
  - squad_v2
language: [en, de]
tags: [question-answering]
metrics: [f1, exact_match]
pipeline_tag: text-generation
library_name: transformers
model-index:
  - name: helper-8b
    results:
      - task: {type: question-answering}
        dataset: {name: SQuAD, type: squad_v2}
        metrics:
          - {type: f1, value: 81.2}
---
# A helper
`
const CONFIG = JSON.stringify({ architectures: ['LlamaForCausalLM'], model_type: 'llama', hidden_size: 4096 })

function u64(value: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64LE(BigInt(value))
  return bytes
}
const text = (value: string) => Buffer.concat([u64(value.length), Buffer.from(value)])
const u32 = (value: number) => Buffer.from(Uint32Array.of(value).buffer)
const pair = (key: string, value: string) => Buffer.concat([text(key), u32(8), text(value)])
const number = (key: string, value: number) => Buffer.concat([text(key), u32(4), u32(value)])
const tokens = Buffer.concat([text('tokenizer.ggml.tokens'), u32(9), u32(8), u64(2), text('a'), text('b')])
const GGUF = Buffer.concat([
  Buffer.from('GGUF'),
  u32(3),
  u64(0),
  u64(5),
  pair('general.architecture', 'qwen2'),
  pair('general.name', 'Tiny Qwen'),
  tokens,
  number('qwen2.context_length', 32768),
  pair('general.license', 'mit'),
])
const HEADER = JSON.stringify({
  __metadata__: { format: 'pt' },
  a: { dtype: 'BF16', shape: [3, 4], data_offsets: [0, 24] },
})
const SAFETENSORS = Buffer.concat([u64(HEADER.length), Buffer.from(HEADER), Buffer.alloc(24)])

async function scanned(t: TestContext, files: Record<string, string | Uint8Array>) {
  const folder = mkdtempSync(join(tmpdir(), 'parapet-cards-'))
  t.after(() => rmSync(folder, { recursive: true }))
  for (const [name, bytes] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), bytes)
  }
  const found = await discover([folder], { now: new Date('2026-11-01') })
  const tool = { name: 'Parapet', version: '1' }
  const bom = bomOf(found, { name: 'house', createdAt: '2026-11-01T00:00:00Z', tool })
  return { found, bom }
}

const part = (parts: readonly BomPart[], id: string) => parts.find((one) => one.id === id)

test('a card says what README, config and weights say, and is valid and whole in both standards', async (t) => {
  const { bom } = await scanned(t, {
    'models/helper/README.md': README,
    'models/helper/config.json': CONFIG,
    'models/helper/model.safetensors': SAFETENSORS,
  })
  const model = part(bom.parts, 'model/helper-8b')
  assert.deepEqual(model?.card, {
    task: 'text-generation',
    family: 'llama',
    architecture: 'LlamaForCausalLM',
    metrics: [
      { name: 'f1 on SQuAD', value: '81.2' },
      { name: 'exact_match', value: '' },
    ],
    hyperparameters: [
      { name: 'hidden_size', value: '4096' },
      { name: 'parameters', value: '12' },
      { name: 'number_types', value: 'BF16' },
    ],
  })
  assert.equal(model.licence, 'apache-2.0')
  assert.equal(model.properties?.['parapet:found:languages'], 'en, de')
  assert.deepEqual(
    bom.links.filter(({ from }) => from === model.id).map(({ kind, to }) => `${kind} ${to}`),
    ['derived-from model/meta-llama%2FLlama-3.1-8B', 'trained-on dataset/squad_v2'],
  )
  for (const version of ['1.6', '1.7'] as const) {
    const written = toCycloneDx(bom, version)
    const check = cycloneDx[version]
    assert(check?.(JSON.parse(JSON.stringify(written))), JSON.stringify(check?.errors))
    assert.deepEqual(part(readBom(written).bom.parts, model.id)?.card, model.card)
  }
  const written = toSpdx(bom)
  assert(spdx(JSON.parse(JSON.stringify(written))), JSON.stringify(spdx.errors))
  assert.deepEqual(part(readBom(written).bom.parts, model.id)?.card, model.card)
})

test('a GGUF file alone says what it is, beyond the tokens of its tokenizer', async (t) => {
  const { found } = await scanned(t, { 'm/tiny.gguf': GGUF })
  const [model] = found.models
  assert.deepEqual([model?.name, model?.attributes['licence']], ['Tiny Qwen', 'mit'])
  assert.deepEqual(model?.card, { family: 'qwen2', hyperparameters: [{ name: 'context_length', value: '32768' }] })
})

const SILENT: [what: string, files: Record<string, string | Uint8Array>][] = [
  ['weights of which nothing is known', { 'm/weights.bin': 'x', 'm/model.safetensors': 'x' }],
  ['a README without front matter', { 'm/model.pt': 'x', 'm/README.md': '# A model\nlicense: mit\n' }],
  ['a card without weights', { 'm/README.md': README }],
  ['a configuration of something else', { 'm/model.h5': 'x', 'm/config.json': '{"port": 80}' }],
]
for (const [what, files] of SILENT)
  test(`no model is made of ${what}`, async (t) => {
    assert.deepEqual((await scanned(t, files)).found.models, [])
  })

test('hostile cards end no scan and steer nobody', async (t) => {
  const bomb = `---\nlicense: "x\\u001b[2J\\u202e"\na: &a [x,x]\nb: &b [*a,*a]\ntags: *b\n---\n`
  const { found } = await scanned(t, {
    'a/model.safetensors': Buffer.concat([u64(2 ** 40), Buffer.from('{')]),
    'a/README.md': bomb,
    'b/model.gguf': Buffer.concat([Buffer.from('GGUF'), u32(3), u64(0), u64(2 ** 50), text('k'), u32(9), u32(9)]),
    'b/config.json': `{"model_type":"${'x'.repeat(5000)}","architectures":${'['.repeat(5000)}${']'.repeat(5000)}}`,
    'c/model.safetensors': 'x',
    'c/README.md': `---\n${'['.repeat(50_000)}\n---\n`,
  })
  assert.deepEqual(
    found.models.map(({ name, attributes, card }) => [name, attributes['licence'], card?.family?.length]),
    [
      ['a', String.raw`x\u{1b}[2J\u{202e}`, undefined],
      ['b', undefined, 300],
    ],
  )
  assert.deepEqual(found.notScanned, [])
})
