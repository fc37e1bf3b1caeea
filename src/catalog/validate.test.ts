import assert from 'node:assert/strict'
import { test } from 'node:test'
import { builtInFolder, builtInPacks } from './built-in.ts'
import { createCatalog } from './catalog.ts'
import { CHECKS, validateFiles, validatePack } from './validate.ts'
import { byId, damaged, type Files, first } from './validate/sabotage.ts'
import { TWINS } from './validate/twins.ts'

for (const name of builtInPacks()) {
  test(`the built-in pack ${name} keeps every law`, () => {
    assert.deepEqual(validatePack(builtInFolder(name)), [])
  })
}

test('every law has a sabotaged twin', () => {
  assert.deepEqual(Object.keys(TWINS).toSorted(), CHECKS.map(({ id }) => id).toSorted())
})

for (const { id, run } of CHECKS) {
  test(`the law "${id}" fails on its sabotaged twins`, () => {
    for (const { spoil, path } of TWINS[id] ?? []) {
      const files = damaged(spoil)
      const found: string[] = []
      run({ catalog: createCatalog('damaged', (file) => files.get(file)), files }, (at, message) =>
        found.push(`${at}: ${message}`),
      )
      assert.ok(
        found.some((problem) => path.test(problem)),
        `${spoil.toString()} was not seen; found ${JSON.stringify(found.slice(0, 3))}`,
      )
    }
  })
}

test('a problem names its law, file and place', () => {
  const files = damaged(({ threats }) => byId(threats.threats, 'evasion').assets.push('nothing'))
  assert.deepEqual(validateFiles(files), [
    {
      check: 'threat-assets',
      file: 'threats.json',
      path: 'threats[evasion].assets',
      message: 'unknown asset "nothing"',
    },
  ])
})

test('a file of the wrong shape is told before any law is tried', () => {
  const files = damaged(({ controls }) => {
    Object.assign(byId(controls.controls, 'rate-limit'), { enforcableBy: 'gateway' })
  })
  const [problem, ...others] = validateFiles(files)
  assert.deepEqual(others, [])
  assert.deepEqual([problem?.check, problem?.file], ['schema', 'controls.json'])
  assert.match(problem?.path ?? '', /^controls\[\d+\]\.enforcableBy$/)
  assert.match(problem?.message ?? '', /^unknown key; .*; did you mean "enforceableBy"\?$/)
})

test('the schemas refuse what no law could read', () => {
  const shapes: [name: string, spoil: (files: Files) => unknown, path: RegExp][] = [
    ['id form', ({ threats }) => (byId(threats.threats, 'evasion').id = 'Evasion Attack'), /threats\[\d+\]\.id/],
    ['kind', ({ threats }) => Object.assign(byId(threats.threats, 'evasion'), { kind: 'danger' }), /\.kind/],
    ['impact', ({ threats }) => Object.assign(byId(threats.threats, 'evasion'), { impactCodes: ['Z'] }), /impactCodes/],
    [
      'condition',
      ({ threats }) => Object.assign(byId(threats.threats, 'evasion'), { appliesWhen: { fact: 'x' } }),
      /appl/,
    ],
    ['group', ({ controls }) => Object.assign(byId(controls.controls, 'rate-limit'), { group: 'none' }), /\.group/],
    ['code', ({ controls }) => (byId(controls.controls, 'rate-limit').code = 'RATE LIMIT'), /\.code/],
    [
      'freshness',
      ({ controls }) => Object.assign(first(first(controls.controls).measures), { freshness: '1y' }),
      /freshn/,
    ],
    ['who acts', (files) => Object.assign(files['risk-analysis'].responsibility, { values: ['me'] }), /responsibility/],
    ['basis', ({ frameworks }) => Object.assign(first(frameworks['dsit']?.items).basis, { x: 'hearsay' }), /basis/],
    ['commit', ({ threats }) => (threats.source.commit = 'main'), /source\.commit/],
    ['history', ({ history }) => (first(history.retired).until = 'today'), /retired\[0\]\.until/],
  ]
  for (const [name, spoil, path] of shapes) {
    const problems = validateFiles(damaged(spoil))
    assert.ok(
      problems.some((problem) => problem.check === 'schema' && path.test(problem.path)),
      `${name}: ${JSON.stringify(problems.slice(0, 2))}`,
    )
  }
})

test('a pack without one of its files says which', () => {
  const files = damaged(() => undefined)
  files.delete('mission.json')
  assert.deepEqual(validateFiles(files), [
    { check: 'index-files', file: 'mission.json', path: '', message: 'is missing' },
  ])
})
