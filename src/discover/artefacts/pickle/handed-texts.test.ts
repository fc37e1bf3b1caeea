// Classes of known libraries are made from numbers, names and parts; what else they are handed, they act on.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { op, pickle, scan } from '../testing.ts'

const made = (path: string, ...args: Buffer[]) => {
  const dot = path.lastIndexOf('.')
  return pickle(op.call(op.global(path.slice(0, dot), path.slice(dot + 1)), ...args))
}
const long = Buffer.from(`${' '.repeat(70_000)}f(1)`)
const longText = Buffer.concat([Buffer.from('X'), Buffer.from(Uint32Array.of(long.length).buffer), long])

for (const [title, bytes, verdict] of [
  ['an expression for a class that evaluates it', made('sympy.Poly', op.text("f('x').g")), 'malicious'],
  ['an expression for what is called like a class', made('sympy.core.singleton.S', op.text('f (1)')), 'malicious'],
  [
    'an expression without its class being called',
    pickle(Buffer.concat([op.global('sympy', 'Sum'), op.tuple(op.text('f(1)')), Buffer.from('\u0081', 'latin1')])),
    'malicious',
  ],
  ['an expression behind many blanks', made('sympy.Poly', longText), 'malicious'],
  ['the name of a symbol', made('sympy.core.symbol.Symbol', op.text('x_1')), 'benign'],
  ['code for any class', made('keras.layers.Lambda', op.text("__import__('os').system('id')")), 'malicious'],
  ['a model from an address', made('sklearn.Some', op.text('https://models.example/m.pt')), 'malicious'],
  ['a place on the disk', made('xgboost.core.Booster', op.text('/etc/passwd')), 'suspicious'],
  ['a file that is opened to be written', made('pyarrow.lib.OSFile', op.text('x'), op.text('w')), 'malicious'],
  [
    'a model that is fetched by its name',
    made('sentence_transformers.SentenceTransformer', op.text('a/b')),
    'malicious',
  ],
  ['the value of an enumeration', made('transformers.trainer_utils.IntervalStrategy', op.text('steps')), 'benign'],
  ['the name of a device', made('torch.device', op.text('cuda:0')), 'benign'],
  ['the message of an error', made('sklearn.exceptions.NotFittedError', op.text('/tmp/x is not fitted')), 'benign'],
  [
    'the file of a zone of time',
    made('dateutil.tz.tz.tzfile', op.none, op.text('/usr/share/zoneinfo/Europe/Rome')),
    'benign',
  ],
  ['another file as one of a zone of time', made('dateutil.tz.tz.tzfile', op.text('/dev/stdin')), 'suspicious'],
  ['a program for TorchScript', made('torch.jit.CompilationUnit', op.text('def f(x): return x')), 'malicious'],
  ['a reader that fetches its models', made('easyocr.Reader', op.list()), 'malicious'],
  ['a store of trials in a database', made('optuna.storages.RDBStorage', op.text('sqlite:///x.db')), 'malicious'],
  ['a store of trials in memory', made('optuna.storages._in_memory.InMemoryStorage'), 'benign'],
] as const)
  test(`${title}: ${verdict}`, async () => assert.equal((await scan('model.pkl', bytes)).verdict, verdict))

test('a stream behind many zeros is read as well', async () => {
  const bytes = Buffer.concat([pickle(op.list()), Buffer.alloc(200_000), made('os.system', op.text('x'))])
  assert.equal((await scan('model.pkl', bytes)).verdict, 'malicious')
})

test('a module of its own in the index of a pipeline is told', async () => {
  const index = Buffer.from(
    '{"_class_name": "P", "unet": ["diffusers", "UNet2DConditionModel"], "own": ["my_part", "Mine"]}',
  )
  assert.deepEqual((await scan('model_index.json', index)).findings.map(({ technique }) => technique).toSorted(), [
    'config-unknown',
    'local-code',
  ])
})
