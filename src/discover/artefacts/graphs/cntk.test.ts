// CNTK executes the names of Python functions that a model keeps; formats that nobody reads say so.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { EVIL, field, join, scan, u32 } from '../testing.ts'

const text = (words: string) => field(8, words)
const entry = (key: string, value: Uint8Array) => field(2, join(field(1, key), field(2, value)))
const dictionary = (...entries: Uint8Array[]) => join('\u0008\u0001', ...entries)
const model = (module: string, name: string) => {
  const udf = dictionary(entry('class', text(name)), entry('module', text(module)), entry('op_name', text('f')))
  const list = field(11, field(1, field(12, udf)))
  return dictionary(entry('type', text('CompositeFunction')), entry('primitive_functions', list))
}
const plain = dictionary(entry('type', text('CompositeFunction')), entry('name', text('os.system')))
const json = Buffer.from('{"stride": 32}')

const rows: [what: string, file: string, content: Uint8Array, verdict: string, technique?: string][] = [
  ['code for a name', 'm.model', model('os\nos.system("id")#', 'x'), 'malicious', 'config-imports'],
  ['a module that acts', 'm.dnn', model('subprocess', 'Popen'), 'malicious', 'config-imports'],
  ['a module of somebody', 'm.dnn', model('my_layers', 'Gate'), 'suspicious', 'config-unknown'],
  ['functions of its own', 'm.cmf', model('cntk.layers.blocks', 'Stabilizer'), 'benign'],
  ['no function', 'm.model', plain, 'benign'],
  ['the older format', 'm.net', join('B\0C\0N\0', Buffer.alloc(40)), 'suspicious', 'not-read'],
  ['trees', 'm.cbm', join('CBM1', u32(4), Buffer.alloc(9)), 'benign'],
  ['trees that are cut off', 'm.cbm', join('CBM1', u32(400), Buffer.alloc(9)), 'suspicious', 'truncated'],
  ['something else', 'm.cbm', Buffer.alloc(99, 7), 'suspicious', 'not-read'],
  ['a plan under any name', 'weights.bin', join('ftrt', Buffer.alloc(99)), 'suspicious', 'executable-model'],
  [
    'a plan after its settings',
    'm.engine',
    join(u32(json.length), json, 'ftrt', Buffer.alloc(99)),
    'suspicious',
    'executable-model',
  ],
  ['a pickle by that name', 'm.engine', EVIL, 'malicious'],
  ['a graph of another house', 'm.caffemodel', Buffer.alloc(99, 1), 'suspicious', 'not-read'],
]

for (const [what, file, content, verdict, technique] of rows) {
  test(`${file} with ${what} is ${verdict}`, async () => {
    const report = await scan(file, content)
    assert.equal(report.verdict, verdict, JSON.stringify(report.findings))
    if (technique) assert(report.findings.some((finding) => finding.technique === technique))
  })
}
