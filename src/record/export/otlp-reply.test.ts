// What OTLP receivers say back: OpenTelemetry's own, and others that are not so exact.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { untakenOf } from './otlp-reply.ts'

const untaken = (count: number, words: string) => ({ count, why: `the receiver does not take all of it: ${words}` })
const cases: [reply: string, untaken: ReturnType<typeof untakenOf>][] = [
  ['', undefined],
  ['{}', undefined],
  ['null', undefined],
  ['<html>', undefined],
  ['{"partialSuccess":{}}', undefined],
  ['{"partialSuccess":{"rejectedSpans":"0","errorMessage":"deprecated"}}', undefined],
  ['{"partialSuccess":{"rejectedSpans":"3","errorMessage":"too old"}}', untaken(3, 'too old')],
  ['{"partialSuccess":{"rejectedDataPoints":2}}', untaken(2, 'without a reason')],
  ['{"partialSuccess":{"rejectedSpans":"many"}}', undefined],
  ['{"partialSuccess":{"rejectedSpans":"1","errorMessage":"a\\u001b[2Jb"}}', untaken(1, 'a [2Jb')],
]
for (const [reply, expected] of cases)
  test(`${reply || 'nothing'} means ${expected?.count ?? 'that all was taken'}`, () =>
    assert.deepEqual(untakenOf(reply), expected))
