// What a stream holds back for credentials that are known by their middle only, and what it need not.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { createEngine } from '../../engine.ts'
import { GATES, MOST_BACK, SECRET_KINDS } from './gates.ts'
import { behindOpening, openingWord, startOfRun } from './opening-words.ts'
import { sample, seeded } from './sample.ts'
import { secrets } from './secrets.ts'

const engine = createEngine([secrets])
const safeAfter = (text: string) => engine.open({ role: 'assistant' }).push(text).safe
const random = seeded(3)
const LATE = SECRET_KINDS.filter(({ back }) => back.most > 0)

test('whatever stands before the literal of a credential is of characters that are held back', () => {
  for (const { id, source, gates, back } of LATE)
    for (let i = 0; i < 30; i++) {
      const value = sample(source, random)
      const at = value
        .toLowerCase()
        .search(new RegExp(gates.map((gate) => gate.replaceAll(/[.|]/g, String.raw`\$&`)).join('|')))
      if (at < back.least) continue
      assert.equal(startOfRun(value, at, MOST_BACK), 0, `${id}: ${value.slice(0, 8)}…`)
    }
})

describe('the first word of an answer', () => {
  for (const word of ['The', 'Sure', 'Hello', 'What', 'Based', 'Here'])
    test(`${word}: goes out at once`, () => assert.equal(safeAfter(word), word.length))
  for (const [text, held] of [
    ['Quixotic', 8],
    ['Whatx', 1],
    ['xWhat', 5],
    ['What ghp', 3],
    ['test_', 5],
    ['Yes sk_', 3],
    ['(ab', 2],
    ['yes!', 0],
  ] as const)
    test(`${text}: ${held} letters may begin a credential and wait`, () =>
      assert.equal(text.length - safeAfter(text), held))
})

test('the longest word counts, so that it is the same however the text is cut', () => {
  assert.deepEqual([openingWord('There is', 0), openingWord('Thex', 0), openingWord('Th', 0)], [5, 3, 0])
  assert.deepEqual(
    [behindOpening('a Therexyz', 2), behindOpening('a Therexyz', 8), behindOpening('a xThere', 2)],
    [7, 8, 2],
  )
})

test('a credential that happens to begin with such a word is found behind it, however it is cut', () => {
  for (const { id, source } of LATE.filter(({ id }) => id.startsWith('azure-') && id !== 'azure-ad-client-secret')) {
    const text = `so: There${sample(source, random).slice(5)} it is`
    const whole = engine.scan(text, { role: 'assistant' }).findings
    assert.deepEqual([whole[0]?.kind, whole[0]?.start], [id, 9])
    const scanner = engine.open({ role: 'assistant' })
    const findings = text.split('').flatMap((char) => {
      const { safe, findings } = scanner.push(char)
      assert.ok(safe <= 9 || safe >= text.length - 6 || safe === whole[0]?.end, `${safe}`)
      return findings
    })
    assert.deepEqual([...findings, ...scanner.end().findings], whole)
  }
})

test('a name that only announces a value is not held back, and the value is', () => {
  assert.ok(GATES.some(({ literal, begins }) => literal === 'token' && begins === undefined))
  const scanner = engine.open({ role: 'assistant' })
  assert.equal(scanner.push('What').safe, 4)
  const value = ' token = "'
  scanner.push(value)
  assert.ok(scanner.push('a8F3kd93Jf').safe <= 4 + value.length)
})

test('an ordinary word at the end of a text holds nothing back but itself', () => {
  for (const word of ['This', 'Thanks', 'your', 'good', 'Bonjour', 'Perhaps', 'like', 'Okay'])
    assert.equal(safeAfter(`so ${word}`), 3 + word.length, word)
})
