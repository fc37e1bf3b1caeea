import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { REACH } from './adjoining.ts'
import { FirstValue } from './first-value.ts'

/** What is told, and after how many letters. */
function told(text: string, piece = 1): [value: string, after: number] | undefined {
  const first = new FirstValue()
  for (let at = 0; at < text.length; at += piece) {
    const value = first.push(text.slice(at, at + piece))
    if (value !== undefined) return [value, Math.min(text.length, at + piece)]
  }
  return undefined
}

const LONG = 'x'.repeat(REACH + 10)

describe('the first value of arguments that come in pieces', () => {
  for (const [title, text, value] of [
    ['is told when another follows', '{"city":"Paris","unit":"C"}', ['Paris', 16]],
    ['is told in a list', ' [ "a" , 2]', ['a', 8]],
    ['is no key, and not empty', '{"key":1,"none":"","a\\"b":"c\\u0064\\n","e":1}', ['cd\n', 38]],
    ['is not told before the call is whole where it may be the only one', '{"city":"Paris"}', undefined],
    ['nor where it is the last of a list', '{"all":["x"],"then":"y","last":"z"}', undefined],
    ['nor where there is none', '{"a":1,"b":[2,3]}', undefined],
  ] as const)
    test(title, () => assert.deepEqual(told(text), value))

  test('is the same however they are cut', () => {
    const text = '{"key":1,"none":"","a\\"b":"c\\u0064\\n","e":1}'
    for (let piece = 1; piece <= text.length; piece++) assert.equal(told(text, piece)?.[0], 'cd\n')
  })

  test('is told as far as somebody reads where it is long', () => {
    for (const text of [`{"file":"${LONG}`, LONG]) assert.match(told(text)?.[0] ?? '', /^x{4000,4100}$/)
    const [value = ''] = told(`{"file":"${'\\u00e9'.repeat(REACH)}`) ?? []
    assert.match(value, /^é+$/)
  })
})
