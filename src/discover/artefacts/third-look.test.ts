// A third look: ways to have a harmless function call a harmful one, and models whose graph, template or code is named by a
// text. Beside each way stands what honest libraries write that comes close to it.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { EVIL, join, op, pickle, scan, zipOf } from './testing.ts'

const { global, text, int, call, tuple, list, dict, make, none } = op
const builtin = (name: string) => global('builtins', name)
const json = (value: unknown) => Buffer.from(JSON.stringify(value))
const write = call(builtin('getattr'), call(global('pathlib', 'Path'), text('/tmp/x')), text('write_text'))
const next = (over: Buffer) => call(builtin('next'), over)
const drained = (over: Buffer) => call(builtin('list'), over)
const partial = (...args: Buffer[]) => call(global('functools', 'partial'), ...args)

const hostile: [what: string, file: string, content: Uint8Array, beside?: Record<string, string>][] = [
  [
    'getattr handed to map',
    'a.pkl',
    pickle(next(call(builtin('map'), builtin('getattr'), list(builtin('len')), list(text('__self__'))))),
  ],
  [
    'getattr handed to reduce',
    'a.pkl',
    pickle(call(global('functools', 'reduce'), builtin('getattr'), list(builtin('len'), text('__self__')))),
  ],
  ['getattr kept in a partial function', 'a.pkl', pickle(partial(builtin('getattr'), builtin('len')))],
  [
    'getattr in the state of a partial function',
    'a.pkl',
    pickle(join(partial(builtin('len')), tuple(builtin('getattr'), tuple(), dict({}), none), 'b')),
  ],
  [
    'getattr fetched out of a list',
    'a.pkl',
    pickle(call(call(global('operator', 'getitem'), list(builtin('getattr')), int(0)), builtin('len'), text('a'))),
  ],
  ['a bound method called by map', 'a.pkl', pickle(drained(call(builtin('map'), write, list(text('x')))))],
  [
    'a bound method called by accumulate',
    'a.pkl',
    pickle(drained(call(global('itertools', 'accumulate'), list(text('x'), text('y')), write))),
  ],
  ['a bound method called until it gives an end', 'a.pkl', pickle(next(call(builtin('iter'), write, int(0))))],
  [
    'a bound method within a partial function called by map',
    'a.pkl',
    pickle(drained(call(builtin('map'), partial(partial(write)), list(text('x'))))),
  ],
  ['a function that an iterator gave', 'a.pkl', pickle(call(builtin('filter'), next(list(builtin('len'))), list()))],
  ['all of a giant range', 'a.pkl', pickle(drained(call(builtin('range'), int(2_000_000_000))))],
  ['a class that makes a folder', 'a.pkl', pickle(call(global('joblib.memory', 'Memory'), text('/tmp/x')))],
  ['a class that listens', 'a.pkl', pickle(call(global('torch.distributed', 'TCPStore'), text('host')))],
  ['a class of a module within a module', 'a.pkl', pickle(call(global('transformers.utils', 'jinja2.Template')))],
  ['types resolved as source', 'a.pkl', pickle(call(global('typing', 'get_type_hints'), none))],
  ['another library’s unpickler', 'a.pkl', pickle(call(global('distributed.protocol.pickle', 'loads'), none))],
  ['a frame written to a file', 'a.pkl', pickle(call(global('pandas', 'DataFrame.to_csv'), text('/tmp/x')))],
  ['a second pickle behind zeros', 'a.pkl', join(pickle(list(int(1))), Buffer.alloc(509), EVIL)],
  [
    'an archive behind an end record that lists nothing',
    'a.pt',
    zipOf([{ name: 'archive/data.pkl', data: EVIL }], Buffer.alloc(0), `PK\u0005\u0006${'\0'.repeat(18)}`),
  ],
  ['a graph written as text', 'graph.pbtxt', Buffer.from('node {\n  name: "w"\n  op: "WriteFile"\n}\n')],
  [
    'a graph of TensorFlow.js',
    'model.json',
    json({ format: 'graph-model', modelTopology: { node: [{ name: 'w', op: 'WriteFile' }] } }),
  ],
  [
    'weights of TensorFlow.js elsewhere',
    'model.json',
    json({ modelTopology: { node: [] }, weightsManifest: [{ paths: ['../../etc/passwd'], weights: [] }] }),
  ],
  ['a template that makes its name', 'tokenizer_config.json', json({ chat_template: '{{ dict(__class__=1)|first }}' })],
  ['a prompt in YAML', 'prompt.yaml', Buffer.from('prompt_template: "{{ x.__class__.__mro__ }}"\n')],
  ['objects of Ruby', 'a.yaml', Buffer.from('--- !ruby/object:Gem::Installer\ni: x\n')],
  ['objects of Java', 'a.yaml', Buffer.from('a: !!javax.script.ScriptEngineManager []\n')],
  [
    'a loader of MLflow in its folder of code',
    'MLmodel',
    Buffer.from('flavors:\n  python_function:\n    loader_module: my_loader\n    code: code\n'),
    { 'code/my_loader.py': 'import os\nos.system("id")\n' },
  ],
  [
    'a pipeline of diffusers beside its model',
    'model_index.json',
    json({ _class_name: ['my_pipeline', 'P'], _diffusers_version: '0.30' }),
    { 'my_pipeline.py': 'import os\nos.system("id")\n' },
  ],
  [
    'a Lambda layer that names a command',
    'model.json',
    json({
      class_name: 'Sequential',
      config: {
        layers: [{ class_name: 'Lambda', config: { function: 'system', function_type: 'function', module: 'os' } }],
      },
    }),
  ],
]

for (const [what, file, content, beside] of hostile) {
  test(`malicious: ${what}`, async () => {
    const { verdict, findings } = await scan(file, content, beside)
    assert.equal(verdict, 'malicious', JSON.stringify(findings))
  })
}

const method = call(builtin('getattr'), make('sklearn.svm._classes', 'SVC'), text('predict'))
const values = join(
  call(global('numpy', 'dtype'), text('i4')),
  tuple(int(3), text('<'), none, none, none, int(-1), int(-1), int(0)),
  'b',
)

/** An array whose numbers, taken for opcodes, import a computed name and go on to the end. */
const joblib = join(
  '\u0080\u0004',
  make(
    'joblib.numpy_pickle',
    'NumpyArrayWrapper',
    dict({
      subclass: global('numpy', 'ndarray'),
      shape: tuple(int(2)),
      order: text('C'),
      dtype: values,
      allow_mmap: op.no,
    }),
  ),
  'NN\u00930N0N0',
  '.',
)

const honest: [what: string, file: string, content: Uint8Array][] = [
  [
    'a union of types',
    'a.pkl',
    pickle(call(global('functools', 'reduce'), global('operator', 'or_'), tuple(builtin('int'), builtin('str')))),
  ],
  [
    'methods of value types',
    'a.pkl',
    pickle(list(builtin('str.lower'), global('collections', 'OrderedDict.fromkeys'))),
  ],
  ['a method of Python 2', 'a.pkl', pickle(global('__builtin__', 'unicode.split'), 2)],
  ['a bound method that is kept', 'a.pkl', pickle(partial(method))],
  [
    'a method of a distribution',
    'a.pkl',
    pickle(call(builtin('getattr'), make('scipy.stats._discrete_distns', 'randint_gen'), text('_entropy'))),
  ],
  [
    'the signature of a function',
    'a.pkl',
    pickle(make('inspect', 'Signature', dict({ kind: global('inspect', '_ParameterKind.KEYWORD_ONLY') }))),
  ],
  ['a zone of time', 'a.pkl', pickle(call(global('pytz', '_p'), text('Europe/Berlin'), int(3600)))],
  ['a pattern', 'a.pkl', pickle(call(global('regex._regex', 'compile'), text('a'), int(0)))],
  ['an unpickled client', 'a.pkl', pickle(make('langchain_community.llms.openai', 'Client', dict({})))],
  ['a cache of a pipeline', 'a.pkl', pickle(make('joblib.memory', 'Memory', dict({ depth: int(10) })))],
  ['a row of a range', 'a.pkl', pickle(drained(call(builtin('range'), int(1000))))],
  ['a line of two megabytes', 'a.pkl', join(`(lp0\nS'${'a'.repeat(2 * 1024 * 1024)}'\na.`)],
  ['numbers that look like opcodes', 'a.joblib', joblib],
  ['a template of Helm', 'values.yaml', Buffer.from('template: "{{ .Values.image | default `x` }}"\n')],
  ['a graph that computes', 'graph.pbtxt', Buffer.from('node { name: "a" op: "MatMul" }\n')],
  [
    'a model for the browser',
    'model.json',
    json({
      modelTopology: { node: [{ op: 'Relu' }] },
      weightsManifest: [{ paths: ['group1-shard1of1.bin'], weights: [] }],
    }),
  ],
]

for (const [what, file, content] of honest) {
  test(`benign: ${what}`, async () => {
    const { verdict, findings } = await scan(file, content)
    assert.equal(verdict, 'benign', JSON.stringify(findings))
  })
}
