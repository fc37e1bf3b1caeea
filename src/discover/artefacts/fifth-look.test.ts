// A fifth look: at what libraries of many fields wrote themselves, and at functions mined from the sources of others.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { EVIL, field, ggufOf, join, op, pickle, scan, u32 } from './testing.ts'

const { bytes, call, dict, global, make, none, text, tuple } = op

/** An integer of so many bytes, whose last ones only repeat its sign. */
const wide = (low: number, zeros: number) =>
  join('\u008a', Buffer.from([5 + zeros]), u32(0), Buffer.from([low]), Buffer.alloc(zeros))
const node = (operator: string) => field(1, join(field(1, 'n'), field(2, operator)))
const meta = (operator: string) => join(field(1, field(4, 'serve')), field(2, node(operator)))
const saved = (operator: string) => join('\u0008\u0001', field(2, meta(operator)))
/** Where a MetaGraph has a field that its readers skip, and a dictionary of CNTK has a key. */
const twofold = join('\u0008\u0001', field(2, join(field(1, 'abcdefghi'), field(2, node('WriteFile')))))
const gguf = join(
  ggufOf({ 'general.architecture': 'llama' }),
  Buffer.alloc(100),
  '\u007fELF\u0002\u0001\u0001',
  Buffer.alloc(200),
)

const rows: [what: string, verdict: string, file: string, content: Uint8Array, technique?: string][] = [
  ['a graph that writes, as a SavedModel by another name', 'malicious', 'm.pb', saved('WriteFile'), 'graph-writes'],
  [
    'a graph that calls Python, as a MetaGraph by another name',
    'malicious',
    'm.pb',
    meta('PyFunc'),
    'graph-calls-python',
  ],
  ['a graph that CNTK would read too', 'malicious', 'm.pb', twofold, 'graph-writes'],
  ['a graph that adds an event to a log', 'malicious', 'saved_model.pb', saved('ImportEvent'), 'graph-writes'],
  ['a graph that dumps for debuggers', 'malicious', 'saved_model.pb', saved('DebugIdentityV2'), 'graph-writes'],
  ['a graph that only computes, by another name', 'benign', 'm.pb', saved('MatMul')],
  ['a program behind zeros', 'malicious', 'm.gguf', gguf, 'polyglot'],
  [
    'room counted by a long number',
    'malicious',
    'a.pkl',
    pickle(call(global('builtins', 'bytearray'), wide(16, 7))),
    'pickle-exhausts',
  ],
  ['a pickle behind words', 'suspicious', 'a.pkl', join(pickle(text('x')), '\n# words\n', EVIL), 'pickle-nested'],
  ['words behind a pickle', 'benign', 'a.pkl', join(pickle(text('x')), '\n# \u0080\u0004 words\n')],
  [
    'a function that is fetched by two names',
    'malicious',
    'a.pkl',
    pickle(call(global('scipy._lib._uarray._backend', 'unpickle_function'), text('os'), text('system'), none)),
  ],
  [
    'a function of its own that is fetched so',
    'benign',
    'a.pkl',
    pickle(call(global('scipy._lib._uarray._backend', 'unpickle_function'), text('scipy.fft'), text('fft'), none)),
  ],
  [
    'the name of a function for who fetches it',
    'malicious',
    'a.pkl',
    pickle(call(global('toolz.functoolz', '_restore_curry'), none, text('os:system'), none)),
    'pickle-indirection',
  ],
  [
    'the name of a function for a library that nobody lists',
    'malicious',
    'a.pkl',
    pickle(call(global('nobody.lists', 'give'), text('os.system'))),
    'pickle-indirection',
  ],
  [
    'a name for what looks up classes',
    'malicious',
    'a.pkl',
    pickle(call(global('docutils.parsers', 'get_parser_class'), text('x'))),
    'pickle-indirection',
  ],
  [
    'a text for a function of a library that nobody lists',
    'malicious',
    'a.pkl',
    pickle(call(global('nobody.lists', 'give'), text('x'))),
    'pickle-library-call',
  ],
  [
    'a map that its library makes of its parts',
    'benign',
    'a.pkl',
    pickle(call(global('pyrsistent._pmap', 'pmap'), dict({ a: op.int(1) }))),
  ],
  [
    'parts for a function of such a library',
    'suspicious',
    'a.pkl',
    pickle(call(global('nobody.lists', 'give'), dict({ a: op.int(1) }))),
    'pickle-unknown-function',
  ],
  [
    'a number for a function of such a library',
    'suspicious',
    'a.pkl',
    pickle(call(global('nobody.lists', 'give'), op.int(3))),
    'pickle-unknown-function',
  ],
  [
    'a text for what rebuilds an object of such a library',
    'suspicious',
    'a.pkl',
    pickle(call(global('nobody.lists', '_rebuild_thing'), text('x'))),
    'pickle-unknown-function',
  ],
  [
    'a pickle for a function to read',
    'malicious',
    'a.pkl',
    pickle(call(global('partd.pandas', 'index_from_header_bytes'), bytes(EVIL))),
    'pickle-loads-more',
  ],
  [
    'a pickle for a function of a known library',
    'malicious',
    'a.pkl',
    pickle(call(global('numba.core.serialize', '_numba_unpickle'), bytes(EVIL))),
    'pickle-loads-more',
  ],
  ['a call of what models keep as data', 'malicious', 'a.pkl', pickle(call(global('builtins', 'print'), text('x')))],
  [
    'a method of an object of a class that nobody lists',
    'suspicious',
    'a.pkl',
    pickle(call(global('builtins', 'getattr'), call(global('nobody.lists', 'Embeddings')), text('embed_query'))),
  ],
  [
    'an inner attribute of such an object',
    'malicious',
    'a.pkl',
    pickle(call(global('builtins', 'getattr'), call(global('nobody.lists', 'Embeddings')), text('__globals__'))),
  ],
  [
    'where a model writes its progress',
    'benign',
    'a.pkl',
    pickle(make('skorch.callbacks.logging', 'PrintLog', dict({ sink: global('builtins', 'print') }))),
  ],
  [
    'an operator of the half in C',
    'benign',
    'a.pkl',
    pickle(make('deap.tools.support', 'HallOfFame', dict({ similar: global('_operator', 'eq') }))),
  ],
  [
    'a namespace by the name of its type',
    'benign',
    'a.pkl',
    pickle(call(call(global('cloudpickle.cloudpickle', '_builtin_type'), text('SimpleNamespace')))),
  ],
]

for (const [what, verdict, file, content, technique] of rows) {
  test(`${verdict}: ${what}`, async () => {
    const report = await scan(file, content)
    assert.equal(report.verdict, verdict, JSON.stringify(report.findings))
    if (technique)
      assert(
        report.findings.some((finding) => finding.technique === technique),
        JSON.stringify(report.findings),
      )
  })
}

// A row for each field of work whose libraries the list learnt: a class is data, a function that rebuilds nothing is not.
for (const [library, name] of [
  ['deap.tools.support', 'Logbook'],
  ['lmfit.model', 'ModelResult'],
  ['mdp.nodes', 'PCANode'],
  ['pomegranate.hmm', 'HiddenMarkovModel'],
  ['zarr.core', 'Array'],
  ['langchain.docstore.in_memory', 'InMemoryDocstore'],
  ['ngboost.ngboost', 'NGBoost'],
  ['mne.decoding.csp', 'CSP'],
  ['pygam.pygam', 'LinearGAM'],
  ['pyannote.audio.core.model', 'Model'],
  ['pymoo.core.result', 'Result'],
  ['sortedcontainers.sorteddict', 'SortedDict'],
] as const) {
  test(`${library} gives objects that are data, and a function of it does not`, async () => {
    assert.equal((await scan('a.pkl', pickle(make(library, name, dict({ a: tuple() }))))).verdict, 'benign')
    assert.equal((await scan('a.pkl', pickle(call(global(library, 'fit'), text('x'))))).verdict, 'malicious')
  })
}
