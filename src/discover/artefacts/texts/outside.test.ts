// Texts beside a model that name other files, or grow when they are read.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deflateSync } from 'node:zlib'
import { join, pickle, scan } from '../testing.ts'

const index = (file: string) => Buffer.from(JSON.stringify({ weight_map: { 'a.weight': file } }))
const entities = (letters: number, times: number) =>
  Buffer.from(`<!DOCTYPE p [<!ENTITY a "${'A'.repeat(letters)}">]><PMML>${'&a;'.repeat(times)}</PMML>`)
const numbers = deflateSync(Buffer.alloc(800, 3))
/** As joblib 0.8 writes it; Python 2 filled the size up to one letter more. */
const packed = (width: number, data: Uint8Array) => join('ZF', `0x${(800).toString(16)}`.padEnd(width), data)
const object = deflateSync(pickle(Buffer.from('N')))

const rows: [what: string, file: string, content: Uint8Array, verdict: string][] = [
  ['weights outside', 'model.safetensors.index.json', index('../../etc/x.safetensors'), 'malicious'],
  ['weights at an absolute place', 'pytorch_model.bin.index.json', index('/etc/x.bin'), 'malicious'],
  ['weights beside', 'model.safetensors.index.json', index('model-00001-of-00002.safetensors'), 'benign'],
  ['a long entity many times', 'm.pmml', entities(50_000, 20_000), 'malicious'],
  ['an entity twice', 'm.pmml', entities(50, 2), 'suspicious'],
  ['a pickle by Python 3', 'm.pkl.gz', packed(19, object), 'benign'],
  ['a pickle by Python 2', 'm.pkl.gz', packed(20, object), 'benign'],
  ['the numbers of an array', 'm.pkl_01.npy.z', packed(19, numbers), 'benign'],
]

for (const [what, file, content, verdict] of rows) {
  test(`${file} with ${what} is ${verdict}`, async () => {
    const report = await scan(file, content)
    assert.equal(report.verdict, verdict, JSON.stringify([report.format, report.findings]))
  })
}
