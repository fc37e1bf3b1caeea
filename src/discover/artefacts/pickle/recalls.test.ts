// What a large pickle asks its memo for is kept, however far back it stands, and nothing else.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bytesSource } from '../source.ts'
import { scanFiles } from '../scan-files.ts'
import { join as bytes, op, pickle, scan } from '../testing.ts'
import { recallsOf } from './recalls.ts'
import { Tape } from './tape.ts'

const MEMOIZE = '\u0094'
/** `(1, 1)`, remembered and dropped, until there is half a megabyte of it. */
const TUPLES = Buffer.from(`K\u0001K\u0001\u0086${MEMOIZE}0`.repeat(75_000), 'latin1')
const recall = (index: number) => Buffer.from([0x68, index])

test('of a hundred thousand places in the memo those are kept that are asked for', () => {
  const body = bytes(op.text('os'), MEMOIZE, '0', TUPLES, recall(0), recall(7))
  assert.deepEqual([...(recallsOf(new Tape(bytesSource(pickle(body)))) ?? [])], [0, 7])
})

test('a small pickle, and one with arrays in between, keeps all', () => {
  assert.equal(recallsOf(new Tape(bytesSource(pickle(recall(0))))), undefined)
  const arrays = bytes(op.global('joblib.numpy_pickle', 'NumpyArrayWrapper'), TUPLES)
  assert.equal(recallsOf(new Tape(bytesSource(pickle(arrays)))), undefined)
})

test('a command whose names were remembered half a megabyte before is found', async () => {
  const names = bytes(op.text('os'), MEMOIZE, '0', op.text('system'), MEMOIZE, '0')
  const call = bytes(recall(0), recall(1), '\u0093', op.text('echo marker'), '\u0085R')
  const { verdict, findings } = await scan('model.pkl', pickle(bytes(names, TUPLES, call)))
  assert.equal(verdict, 'malicious')
  assert((findings[0]?.offset ?? 0) > TUPLES.length)
})

test('ten megabytes of tuples are read in forty of memory', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'parapet-recalls-'))
  t.after(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, 'm.pkl'), pickle(bytes(...Array<Buffer>(20).fill(TUPLES), 'N')))
  for await (const { verdict, failed } of scanFiles([folder], { megabytes: 40 }))
    assert.deepEqual([verdict, failed], ['benign', false])
})
