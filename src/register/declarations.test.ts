import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { applyDeclarations, planDeclarations } from './apply-declarations.ts'
import { bodyOf } from './asset-body.ts'
import { exportDeclarations } from './export-declarations.ts'
import { difference, fieldsOf } from './fields.ts'
import { sampleAssets, toFile } from './sample-declarations.ts'
import { ACTOR, openRegister, recordedKinds, type TestRegister } from './testing.ts'

const files = (...texts: string[]) => ({
  files: texts.map((text, i) => ({ name: `file-${i + 1}.yaml`, text })),
  settings: ['port', 'log'],
})
const plan = (register: TestRegister, ...texts: string[]) => planDeclarations(register, files(...texts))
const apply = (register: TestRegister, ...texts: string[]) => applyDeclarations(register, ACTOR, files(...texts))
const exported = async ({ store }: TestRegister, source?: string) =>
  (await exportDeclarations(store.read.register, source)).text

const CLAIMS = `source: claims
assets:
  - id: claims-bot
    kind: system
    name: Claims assistant
    version: "1.0"
    owners:
      business: Claims team
      risk: ada@example.org
    sanctioned: false
    tags:
      - chat
      - pii
    links:
      - kind: servedBy
        to: claims-model
      - kind: uses
        to: claims-model
    facts:
      augmentation-kinds:
        - rag
      model-kind: llm
      personal-data:
        value: true
        confidence: 0.8
  - id: claims-model
    kind: model
    name: Model
`

const one = (id: string, more = '') => `  - { id: ${id}, kind: system, name: ${id}${more} }\n`
const declaring = (source: string, ...assets: string[]) =>
  `source: ${source}\nassets:${assets.length === 0 ? ' []' : ''}\n${assets.join('')}`

describe('declarations', () => {
  test('a file in canonical form comes back byte for byte, and applying it again changes nothing', async (t) => {
    const register = await openRegister(t)
    const first = await apply(register, CLAIMS)
    assert.deepEqual(
      first.steps.map(({ asset, step }) => [asset, step]),
      [
        ['claims-bot', 'added'],
        ['claims-model', 'added'],
      ],
    )
    assert.equal(await exported(register), CLAIMS)
    assert.deepEqual((await plan(register, CLAIMS)).steps, [])
    assert.deepEqual(await apply(register, await exported(register)), { ...(await plan(register, CLAIMS)) })
    assert.deepEqual(await recordedKinds(register), ['asset.added', 'asset.added', 'declaration.applied'])
  })

  test('the example of the reference is a declaration', async (t) => {
    const register = await openRegister(t)
    const page = readFileSync('docs/reference/declarations.md', 'utf8')
    const example = /```yaml\n(?<example>[^]*?)```/.exec(page)?.groups?.['example'] ?? ''
    assert.equal((await apply(register, example)).steps.length, 3)
    assert.equal(await exported(register), example)
  })

  test('a plan names every difference, and what a file no longer names is retired', async (t) => {
    const register = await openRegister(t)
    await apply(register, CLAIMS)
    register.pass(1000)
    const next = CLAIMS.replace('version: "1.0"', 'version: "2.0"')
      .replace('      - pii\n', '')
      .replace('model-kind: llm', 'model-kind: heuristic')
      .replace(/ {4}links:\n(?: {6}.*\n){4}/, '')
      .replace(/ {2}- id: claims-model[^]*$/, '')
    const planned = await plan(register, next)
    assert.deepEqual(planned.steps, [
      {
        asset: 'claims-bot',
        kind: 'system',
        name: 'Claims assistant',
        source: 'claims',
        step: 'changed',
        changes: [
          { field: 'version', before: '1.0', after: '2.0' },
          { field: 'tags[pii]', before: true },
          { field: 'links[servedBy claims-model]', before: true },
          { field: 'links[uses claims-model]', before: true },
        ],
        facts: [{ key: 'model-kind', before: 'llm', after: 'heuristic' }],
      },
      {
        asset: 'claims-model',
        kind: 'model',
        name: 'Model',
        source: 'claims',
        step: 'retired',
        changes: [{ field: 'retired', after: true }],
        facts: [],
      },
    ])
    await apply(register, next)
    assert.ok((await register.store.read.register.asset('claims-model'))?.retiredAt)
    assert.deepEqual((await apply(register, CLAIMS)).steps.map(({ step }) => step), ['changed', 'returned']) // prettier-ignore
    assert.equal(await exported(register), CLAIMS)
  })

  test('a file retires only what it owns, and an asset moves between files that are applied together', async (t) => {
    const register = await openRegister(t)
    await apply(register, declaring('a', one('x', ', facts: { training: none }'), one('y')), declaring('b', one('z')))
    assert.deepEqual((await plan(register, declaring('b'))).steps.map(({ asset }) => asset), ['z']) // prettier-ignore
    await assert.rejects(plan(register, declaring('b', one('z'), one('x'))), {
      code: 'input_invalid',
      message: 'file-1.yaml:4: assets[1].id: "x" is declared by "a"; take it out there first, or apply both at once',
    })
    const moved = await apply(register, declaring('a', one('y')), declaring('b', one('x'), one('z')))
    assert.deepEqual(moved.steps, [
      {
        asset: 'x',
        kind: 'system',
        name: 'x',
        source: 'b',
        step: 'changed',
        changes: [{ field: 'declaredBy', before: 'a', after: 'b' }],
        facts: [{ key: 'training', before: 'none' }],
      },
    ])
    assert.deepEqual(await register.store.read.register.claims(['x']), [])
  })

  test('a plan that was agreed to is applied as it was, or not at all', async (t) => {
    const register = await openRegister(t)
    const { hash } = await plan(register, CLAIMS)
    await apply(register, declaring('claims', one('claims-model')))
    const late = applyDeclarations(register, ACTOR, files(CLAIMS), hash)
    await assert.rejects(late, { code: 'conflict' })
    assert.equal((await register.store.read.register.asset('claims-bot')), undefined) // prettier-ignore
    await applyDeclarations(register, ACTOR, files(CLAIMS), (await plan(register, CLAIMS)).hash)
    assert.equal(await exported(register), CLAIMS)
  })

  test('what is left linked to something retired is told, not refused', async (t) => {
    const register = await openRegister(t)
    await apply(register, declaring('a', one('x')), declaring('b', one('y', ', links: [{ kind: uses, to: x }]')))
    const { warnings } = await apply(register, declaring('a'))
    assert.deepEqual(warnings, ['y is still linked to x (uses), which is retired'])
    assert.deepEqual((await plan(register, declaring('b', one('y', ', links: [{ kind: uses, to: x }]')))).steps, [])
  })

  test('settings of the server, other documents and comments may stand in the same file', async (t) => {
    const register = await openRegister(t)
    const text = `# ours\nport: 80\n${declaring('a', one('x'))}---\n${declaring('b', one('y'))}---\n# nothing\n`
    assert.equal((await apply(register, text)).steps.length, 2)
    assert.match(await exported(register), /^source: a\n[^]*---\nsource: b\n/)
    assert.deepEqual((await plan(register, await exported(register))).steps, [])
    await assert.rejects(plan(register, 'port: 80\n'), { code: 'input_invalid', message: /nothing is declared/ })
    await assert.rejects(exported(register, 'bb'), { code: 'not_found', hint: 'did you mean "b"?' })
  })

  test('whatever is wrong is told with file, line and remedy, and nothing is half applied', async (t) => {
    const register = await openRegister(t)
    const bomb = `a: &a [x]\nb: &b [${'*a, '.repeat(60)}]\nc: [${'*b, '.repeat(60)}]\nsource: a\nassets: []\n`
    const cases: [string, string[], RegExp, string?][] = [
      ['a duplicate id in one file', [declaring('a', one('x'), one('x'))], /^file-1.yaml:4: assets\[1\].id: "x" is declared twice; first at file-1.yaml:3/], // prettier-ignore
      ['a duplicate id in two files', [declaring('a', one('x')), declaring('b', one('x'))], /^file-2.yaml:3: .*first at file-1.yaml:3/], // prettier-ignore
      ['one source in two files', [declaring('a', one('x')), declaring('a')], /^file-2.yaml:1: source: "a" is already the source of file-1.yaml:1/], // prettier-ignore
      ['an unknown key', [declaring('a', one('x', ', onwers: {}'))], /^file-1.yaml:3: assets\[0\].onwers: unknown key/, 'did you mean "owners"?'], // prettier-ignore
      ['an unknown key at the top', [`${declaring('a')}asets: []\n`], /^file-1.yaml:\d: asets: unknown key/, 'did you mean "assets"?'], // prettier-ignore
      ['an unknown kind', [declaring('a', one('y'), '  - id: x\n    name: X\n    kind: modl\n')], /^file-1.yaml:6: assets\[1\].kind/, 'did you mean "model"?'], // prettier-ignore
      ['a missing name', [declaring('a', '  - id: x\n    kind: model\n')], /^file-1.yaml:3: assets\[0\].name/],
      [
        'a number for text',
        [declaring('a', one('x', ', version: 1.0'))],
        /assets\[0\].version: expected string, as in "1"/,
      ],
      ['a key of the language', [declaring('a', one('x', ', facts: { __proto__: llm }'))], /__proto__/],
      ['no source', ['assets: []\n'], /^file-1.yaml:1: source/],
      ['a link to nowhere', [declaring('a', one('xy', ', links: [{ kind: uses, to: xz }]'))], /^file-1.yaml:3: assets\[0\].links\[0\].to: there is no asset "xz"/, 'did you mean "xy"?'], // prettier-ignore
      ['a fact that is not asked', [declaring('a', one('x', ', facts: { model-kindd: llm }'))], /^file-1.yaml:3: assets\[0\].facts.model-kindd: no fact/, 'did you mean "model-kind"?'], // prettier-ignore
      ['a wrong answer', [declaring('a', one('x', ', facts: { personal-data: often }'))], /facts.personal-data: expected true or false/], // prettier-ignore
      ['a duplicate key', [declaring('a', one('x', ', name: z'))], /file-1.yaml: Map keys must be unique at line 3/],
      ['an alias bomb', [bomb], /^file-1.yaml: Excessive alias count/],
      ['a tag of its own', [declaring('a', one('x', ', description: !!js/function "x"'))], /^file-1.yaml: Unresolved tag/], // prettier-ignore
      ['no YAML', ['a: ['], /^file-1.yaml: /],
      ['a list', ['- 1\n'], /^file-1.yaml:1: /],
      ['control characters', [declaring('a', '  - { id: x, kind: model, name: "a\\u202eb" }\n')], /control characters/],
      ['nesting', [`source: ${'['.repeat(200)}`], /nests deeper/],
    ]
    for (const [name, texts, message, hint] of cases) {
      const refused = (error: unknown) => {
        assert(error instanceof Error && 'code' in error && 'hint' in error, name)
        assert.equal(error.code, 'input_invalid', name)
        assert.match(error.message, message, name)
        if (hint !== undefined) assert.equal(error.hint, hint, name)
        return true
      }
      await assert.rejects(apply(register, ...texts), refused, name)
      await assert.rejects(apply(register, ...texts, declaring('fine', one('fine'))), (error) => error instanceof Error)
    }
    assert.deepEqual(await register.store.read.register.assets(), [])
    assert.deepEqual(await recordedKinds(register), [])
  })

  test('whatever is declared, the plan is what apply does, and its export is the same and stays the same', async (t) => {
    const register = await openRegister(t)
    await fc.assert(
      fc.asyncProperty(sampleAssets, async (assets) => {
        register.pass(1000)
        const text = toFile('sample', assets)
        const before = await register.store.read.register.assets()
        const planned = await plan(register, text)
        const applied = await apply(register, text)
        assert.deepEqual(applied, planned)
        const after = new Map((await register.store.read.register.assets()).map((asset) => [asset.id, asset]))
        assert.deepEqual(new Set(after.keys()), new Set(assets.map(({ body }) => body.id)))
        for (const id of new Set([...before.map((asset) => asset.id), ...after.keys()])) {
          const [was, is] = [before.find((asset) => asset.id === id), after.get(id)]
          const fields = (asset: typeof was) => (asset ? fieldsOf(bodyOf(asset)) : new Map())
          const step = planned.steps.find(({ asset }) => asset === id)
          if (was && is) {
            const told = (step?.changes ?? []).filter(({ field }) => !['source', 'declaredBy'].includes(field))
            assert.deepEqual(told, difference(fields(was), fields(is)))
          } else assert.ok(step, id)
        }
        const canonical = await exported(register, assets.length > 0 ? 'sample' : undefined)
        if (assets.length === 0) return
        assert.deepEqual((await plan(register, canonical)).steps, [])
        await apply(register, 'source: sample\nassets: []\n')
        await apply(register, canonical)
        assert.equal(await exported(register, 'sample'), canonical)
      }),
      { numRuns: 60 },
    )
  })
})
