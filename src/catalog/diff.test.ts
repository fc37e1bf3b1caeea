import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadBuiltIn } from './built-in.ts'
import { createCatalog } from './catalog.ts'
import { type CatalogDiff, diffCatalogs } from './diff.ts'
import { lifeOf } from './history.ts'
import { validateFiles } from './validate.ts'
import { byId, damaged, type Files, first } from './validate/sabotage.ts'

const older = loadBuiltIn()

function after(change: (files: Files) => unknown): CatalogDiff {
  const files = damaged(change)
  return diffCatalogs(
    older,
    createCatalog('next', (file) => files.get(file)),
  )
}

const nothing = { added: [], removed: [], renamed: [], changed: [], links: { added: [], removed: [] } }

test('a catalogue does not differ from itself', () => {
  const diff = diffCatalogs(older, loadBuiltIn())
  assert.equal(diff.same, true)
  assert.deepEqual(diff, { old: diff.old, new: diff.new, same: true, ...nothing })
})

test('a changed field is told with what it was and what it is', () => {
  const diff = after(({ threats, controls }) => {
    byId(threats.threats, 'evasion').summary = 'Crafted input makes the model err.'
    const control = byId(controls.controls, 'rate-limit')
    Object.assign(first(control.measures), { freshness: 'release' })
  })
  const measure = first(older.measures.filter(({ control }) => control === 'rate-limit'))
  assert.deepEqual(diff.changed, [
    {
      kind: 'threat',
      id: 'evasion',
      name: 'Evasion',
      fields: [
        {
          path: 'summary',
          before: older.threatsById.get('evasion')?.summary,
          after: 'Crafted input makes the model err.',
        },
      ],
    },
    {
      kind: 'measure',
      id: measure.id,
      name: measure.what,
      fields: [{ path: 'freshness', before: measure.freshness, after: 'release' }],
    },
  ])
  assert.deepEqual({ ...diff, changed: [] }, { old: diff.old, new: diff.new, same: false, ...nothing })
})

test('a link that comes or goes is told as a link and on both ends', () => {
  const diff = after(({ threats, controls }) => {
    byId(threats.threats, 'agent-escape').controls.push('rate-limit')
    const { threats: targets } = byId(controls.controls, 'rate-limit')
    if (typeof targets !== 'string') targets.push('agent-escape')
    const small = byId(controls.controls, 'small-model')
    if (typeof small.threats !== 'string') small.threats = small.threats.filter((id) => id !== 'membership-inference')
    const inference = byId(threats.threats, 'membership-inference')
    inference.controls = inference.controls.filter((id) => id !== 'small-model')
  })
  assert.deepEqual(diff.links, {
    added: [{ threat: 'agent-escape', control: 'rate-limit' }],
    removed: [{ threat: 'membership-inference', control: 'small-model' }],
  })
  assert.deepEqual(diff.changed.map(({ kind, id }) => `${kind} ${id}`).toSorted(), [
    'control rate-limit',
    'control small-model',
    'threat agent-escape',
    'threat membership-inference',
  ])
})

test('what is added and removed is told by kind', () => {
  const diff = after((files) => {
    const fact = byId(files['risk-analysis'].facts, 'eu-market')
    files['risk-analysis'].facts.push({ ...fact, id: 'uk-market', question: 'Is it used in the UK?' })
    byId(files.controls.controls, 'discrete').measures.pop()
    files.frameworks['dsit']?.items.pop()
    first(files.privacy.principles).obligations.pop()
  })
  assert.deepEqual(
    diff.added.map(({ kind, id, name }) => [kind, id, name]),
    [['fact', 'uk-market', 'Is it used in the UK?']],
  )
  const measures = older.measures.filter(({ control }) => control === 'discrete')
  assert.deepEqual(
    diff.removed.map(({ kind, id }) => [kind, id]),
    [
      ['measure', measures.at(-1)?.id],
      ['item', 'dsit/P13'],
      ['obligation', `use-limitation/${older.privacy.principles[0]?.obligations.at(-1)?.id}`],
    ],
  )
})

test('a renamed id is one rename, not a loss and a gain', () => {
  const files = damaged((files) => {
    for (const key of ['threats', 'matrix', 'risk-analysis', 'privacy', 'practices', 'mission'] as const) {
      Object.assign(files[key], withNewId(files[key]))
    }
    for (const control of files.controls.controls) Object.assign(control, withNewId(control))
    for (const framework of Object.values(files.frameworks)) Object.assign(framework, withNewId(framework))
    const { evasion, ...rest } = files.testing
    Object.assign(files.testing, withNewId(rest), { evasion: withNewId(evasion) })
    byId(files.threats.threats, 'evasive-input').slug = 'evasion'
    byId(files.threats.threats, 'evasive-input').aliases.push('evasion')
    files.index.generated = '2027-05'
    const since = files.history.since['2024-01']?.threat ?? []
    since[since.indexOf('evasion')] = 'evasive-input'
    files.history.retired.push({
      noun: 'threat',
      id: 'evasion',
      since: '2024-01',
      until: '2027-05',
      renamedTo: ['evasive-input'],
      note: 'Says what it is.',
    })
  })
  assert.deepEqual(validateFiles(files), [])
  const newer = createCatalog('next', (file) => files.get(file))
  const diff = diffCatalogs(older, newer)
  const [renamed] = diff.renamed
  assert.deepEqual([diff.added, diff.removed, diff.renamed.length], [[], [], 1])
  assert.deepEqual(
    { ...renamed, fields: renamed?.fields.map(({ path }) => path) },
    { kind: 'threat', id: 'evasion', renamedTo: ['evasive-input'], note: 'Says what it is.', fields: ['aliases'] },
  )
  assert.deepEqual(lifeOf(newer, 'threat', 'evasion'), {
    since: '2024-01',
    until: '2027-05',
    renamedTo: ['evasive-input'],
  })
  assert.deepEqual(lifeOf(newer, 'threat', 'evasive-input'), { since: '2024-01' })
})

test('a changed rule is told: tree, implications, responsibility', () => {
  const diff = after((files) => {
    const risk = files['risk-analysis']
    first(first(risk.decisionTree).answers).when = { always: true }
    first(risk.implications).then['personal-data'] = true
    first(risk.responsibility.rows).by['provider-hosted-api'] = 'you'
    risk.severity.scale.push('absurd')
  })
  assert.deepEqual(
    diff.changed.map(({ kind, id, fields }) => [kind, id, fields.map(({ path }) => path)]),
    [
      ['threat', 'evasion', ['responsibility.provider-hosted-api']],
      ['rule', 'q-genai', ['answers[0].when.fact', 'answers[0].when.in', 'answers[0].when.always']],
      ['rule', 'implications', ['[0].then.personal-data']],
      ['rule', 'severity', ['scale']],
    ],
  )
})

test('no change anywhere in a pack goes unseen', () => {
  const spoils: [string, (files: Files) => unknown][] = [
    ['assets', ({ assets }) => (first(assets.assets).name = 'x')],
    ['inventory', ({ assets }) => (first(assets.inventoryKinds).name = 'x')],
    ['matrix', ({ matrix }) => (first(matrix.matrix).harm = 'x')],
    ['essentials', ({ matrix }) => (first(matrix.essentials).name = 'x')],
    ['framework', ({ frameworks }) => Object.assign(frameworks['atlas'] ?? {}, { version: '6' })],
    ['item', ({ frameworks }) => (first(frameworks['atlas']?.items).name = 'x')],
    ['case study', ({ frameworks }) => (first(frameworks['atlas']?.caseStudies).name = 'x')],
    ['practices', ({ practices }) => (first(practices.injectionLayers).weakness = 'x')],
    ['requirement', ({ practices }) => (first(first(practices.bestPractices).requirements).check = 'x')],
    ['privacy', ({ privacy }) => privacy.aiActNutshell.push('x')],
    ['test', ({ testing }) => (first(testing.rag.tests).does = 'x')],
    ['layer', ({ testing }) => (first(testing.agentic.layers).name = 'x')],
    ['mission', ({ mission }) => (first(mission.rows).software = 'x')],
    ['alias', ({ controls }) => (controls.aliasIndex['X'] = ['discrete'])],
    ['group', ({ controls }) => (first(controls.groups).name = 'x')],
    ['retired', ({ controls }) => (first(controls.retiredNames).note = 'x')],
    ['steps', (files) => (first(files['risk-analysis'].steps.current).name = 'x')],
    ['semantics', (files) => (files['risk-analysis'].semantics.inScope = 'x')],
  ]
  for (const [name, spoil] of spoils) {
    const diff = after(spoil)
    assert.equal(diff.same, false, name)
    assert.equal(diff.changed.length, 1, name)
  }
})

function withNewId<T>(value: T): T {
  return JSON.parse(JSON.stringify(value).replaceAll('"evasion"', '"evasive-input"'))
}
