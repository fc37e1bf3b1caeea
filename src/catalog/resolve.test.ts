import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Failure } from '../lib/failure.ts'
import { loadBuiltIn } from './built-in.ts'
import { resolveName } from './resolve.ts'

const catalog = loadBuiltIn()

/** `kind id` or `framework/id`, in order, and how the first was found. */
function resolved(name: string): [string[], string] {
  const matches = resolveName(catalog, name)
  return [matches.map(({ kind, id, of }) => (kind === 'item' ? `${of}/${id}` : `${kind} ${id}`)), matches[0].by]
}

test('a name leads to its one thing', () => {
  const cases: [name: string, target: string, by: string][] = [
    ['ai-program', 'control ai-program', 'id'],
    ['AIPROGRAM', 'control ai-program', 'code'],
    ['#AI PROGRAM', 'control ai-program', 'tag'],
    ['  ai_Program ', 'control ai-program', 'id'],
    ['https://owaspai.org/go/aiprogram/', 'control ai-program', 'slug'],
    ['/go/transferlearningattack', 'threat supply-chain-model-poisoning', 'alias'],
    ['https://owaspai.org/go/transferattack/#references', 'threat transferability-based-evasion', 'slug'],
    ['/go/disclosureuse', 'threat sensitive-data-disclosure-through-use', 'slug'],
    ['goto/evasion', 'threat evasion', 'slug'],
    ['Prompt Injection', 'threat prompt-injection', 'id'],
    ['transfer-learning-attack', 'threat transfer-learning-attack', 'id'],
    ['black-box evasion', 'threat zero-knowledge-evasion', 'alias'],
    ['Denial of model service', 'threat ai-resource-exhaustion', 'former'],
    ['runtimemodeltheft', 'threat direct-runtime-model-leak', 'alias'],
    ['DEVDATAPROTECT', 'control dev-security', 'former'],
    ['#PROMPT INPUT VALIDATION', 'control prompt-injection-io-handling', 'former'],
    ['POISIONROBUSTMODEL', 'control poison-robust-model', 'misspelt'],
    ['secprogam', 'control sec-program', 'misspelt'],
    ['dev-security.encryption', 'measure dev-security.encryption', 'id'],
    ['Model Kind', 'fact model-kind', 'id'],
    ['MITRE ATLAS', 'framework atlas', 'name'],
    ['LLM01:2026', 'owasp-llm-2026/LLM01:2026', 'id'],
    ['llm01:2025', 'owasp-llm-2025/LLM01:2025', 'id'],
    ['AML.T0051', 'atlas/AML.T0051', 'id'],
    ['aml.t0051.001', 'atlas/AML.T0051.001', 'id'],
    ['ASI01', 'owasp-agentic-2026/ASI01', 'id'],
    ['art 4', 'eu-ai-act/Art. 4', 'id'],
    ['ncsc/1.2', 'ncsc/1.2', 'id'],
    ['owasp-llm-2026/LLM01', 'owasp-llm-2026/LLM01:2026', 'bare'],
    ['ML01', 'owasp-ml-2023/ML01:2023', 'bare'],
    ['C1.1.1', 'owasp-aisvs/C1.1', 'part'],
  ]
  for (const [name, target, by] of cases) {
    const [targets, found] = resolved(name)
    assert.deepEqual(targets, [target], name)
    assert.equal(found, by, name)
  }
})

test('a name that means several things gives all of them', () => {
  const cases: [name: string, targets: string[]][] = [
    ['LLM01', ['owasp-llm-2026/LLM01:2026', 'owasp-llm-2025/LLM01:2025', 'owasp-llm-2023/LLM01:2023']],
    ['DETECTADVERSARIALINPUT', ['control evasion-input-handling', 'control unwanted-input-series-handling']],
    ['FILTERSENSITIVETRAINDATA', ['control data-minimize', 'control allowed-data']],
    ['Transfer learning attack', ['threat transfer-learning-attack', 'threat supply-chain-model-poisoning']],
    ['confabulation', ['nist-ai-600-1/confabulation', 'threat overreliance']],
    ['/go/datapoison', ['threat data-poisoning', 'threat supply-chain-data-poisoning']],
    ['genericsecthreats', ['threat generic-security-threats', 'threat generic-development-and-supply-chain-threats']],
  ]
  for (const [name, targets] of cases) assert.deepEqual(resolved(name)[0], targets, name)
})

test('every older name of a control leads to what took its place', () => {
  for (const { code, replacedBy } of catalog.retiredNames) {
    const ids = resolveName(catalog, code).map(({ id }) => id)
    assert.deepEqual(ids, replacedBy, code)
  }
  for (const [code, ids] of Object.entries(catalog.aliasIndex)) {
    assert.deepEqual(
      resolveName(catalog, code).map(({ id }) => id),
      ids,
      code,
    )
  }
})

test('every name of a threat leads to it, if not to it alone', () => {
  for (const { id, name, slug, permalink, seed001Name, aliases } of catalog.threats) {
    for (const text of [id, name, slug, permalink, seed001Name, ...aliases]) {
      if (text)
        assert.ok(
          resolveName(catalog, text).some((match) => match.id === id),
          `${text} misses ${id}`,
        )
    }
  }
})

test('a match says under which name it was found and what became of it', () => {
  const [match] = resolveName(catalog, 'devdataprotect')
  assert.equal(match.as, 'DEVDATAPROTECT')
  assert.match(match.note ?? '', /^merged\. /)
  assert.equal(match.until, '2026-11')
  const [threat] = resolveName(catalog, 'Denial of model service')
  assert.deepEqual([threat.as, threat.until], ['Denial of model service', '2026-11'])
  assert.equal(resolveName(catalog, 'ai program')[0].as, 'ai-program')
})

test('an unknown name fails and suggests the nearest one', () => {
  const cases: [name: string, hint: RegExp][] = [
    ['evasoin', /did you mean "evasion"/i],
    ['rate-limt', /did you mean "rate-limit"/i],
    ['LLM01:2062', /did you mean "LLM01:20/],
    ['__proto__', /search/],
    ['constructor', /./],
    ['https://example.org/go/evasion', /./],
  ]
  for (const [name, hint] of cases) {
    assert.throws(
      () => resolveName(catalog, name),
      (error) => error instanceof Failure && error.code === 'not_found' && hint.test(error.hint ?? ''),
      name,
    )
  }
})

test('an empty or endless name is refused', () => {
  for (const name of ['', '   ', 'a'.repeat(201)]) {
    assert.throws(() => resolveName(catalog, name), { name: 'Failure', code: 'input_invalid' })
  }
})

test('any text either names something or is refused with a reason', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 220 }), (text) => {
      try {
        assert.ok(resolveName(catalog, text).length > 0)
      } catch (error) {
        assert.ok(error instanceof Failure, String(error))
      }
    }),
  )
})

test('case, spaces, hyphens and underscores do not matter', () => {
  const ids = [...catalog.threats, ...catalog.controls, ...catalog.facts].map(({ id }) => id)
  const spelling = fc.array(fc.constantFrom('-', ' ', '_', '', ' - '), { minLength: 12, maxLength: 12 })
  fc.assert(
    fc.property(fc.constantFrom(...ids), spelling, fc.boolean(), (id, joints, isLoud) => {
      const text = id.split('-').reduce((whole, word, i) => `${whole}${joints[i % joints.length] ?? '-'}${word}`)
      const found = resolveName(catalog, isLoud ? text.toUpperCase() : text)
      assert.ok(
        found.some((match) => match.id === id),
        text,
      )
    }),
  )
})
