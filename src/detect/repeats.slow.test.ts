// A few characters over and over cost little more than prose, for each of them, and never more the longer the text is: each
// of these was once many times as dear.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DETECTORS } from './detectors/index.ts'
import { createEngine } from './engine.ts'
import { tooDear } from './pace.ts'

const UNITS = [
  '6=',
  '67 ',
  '0 ',
  '1.',
  '12-',
  '6+',
  '6/',
  ';1*',
  '9@\u4e2d',
  '1234 ',
  'a\u0430',
  'a\u0430$',
  '\u0430\u202e\u201c',
  '0\u202e\n',
  'e$\u202e',
  '![~',
  '\u200ba',
  '\uff21 ',
  '%41',
]

test('what is repeated costs little more than prose, and no more by the character where there is more of it', () => {
  assert.deepEqual(tooDear(createEngine(DETECTORS), UNITS, { most: 16 }), [])
})
