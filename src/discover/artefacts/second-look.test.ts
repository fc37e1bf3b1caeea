// A second look at pickles and templates, with variants that were written after the scanner: opcodes in odd orders, detours
// to the same call, and honest files that come close to them.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deflateSync } from 'node:zlib'
import { EVIL, join, op, pickle, scan, SHELL, torchZip, u8, zipOf } from './testing.ts'

const { global, oldGlobal, text, int, call, tuple, list, dict, make, none, yes } = op
const state = (body: Uint8Array, entries: Record<string, Uint8Array>) => join(body, dict(entries), 'b')
const command = text('echo marker')
const system = global('os', 'system')
const long = (n: bigint) => join('\u008a', u8(8), Buffer.from(BigInt64Array.of(n).buffer))

const hostile: [what: string, file: string, content: Uint8Array][] = [
  ['OBJ', 'a.pkl', pickle(join('(', oldGlobal('os', 'system'), command, 'o'), 2)],
  ['INST behind a mark that is popped', 'a.pkl', pickle(join('(', '(', command, 't0', command, 'ios\nsystem\n'), 0)],
  [
    'names from the memo, long and short',
    'a.pkl',
    pickle(
      join(text('os'), 'r\xff\xff\0\0', text('system'), 'q\x0500', 'j\xff\xff\0\0', 'h\x05', '\x93', command, '\x85R'),
    ),
  ],
  ['the value of an item', 'a.pkl', pickle(join('}', text('k'), SHELL, 's'))],
  ['an item of a set', 'a.pkl', pickle(join('\x8f(', SHELL, '\x90'))],
  ['an item of a frozen set', 'a.pkl', pickle(join('(', SHELL, '\x91'))],
  [
    'keyword arguments',
    'a.pkl',
    pickle(join(global('subprocess', 'Popen'), tuple(command), dict({ shell: yes }), '\x92')),
  ],
  ['a member of a module by a dotted name', 'a.pkl', pickle(call(global('os', 'path.os.system'), command))],
  [
    'a partial function by its state',
    'a.pkl',
    pickle(
      call(
        join(
          call(global('functools', 'partial'), global('builtins', 'print')),
          tuple(system, tuple(command), dict({}), none),
          'b',
        ),
      ),
    ),
  ],
  [
    'a map that a list goes through',
    'a.pkl',
    pickle(call(global('builtins', 'list'), call(global('builtins', 'map'), system, list(command)))),
  ],
  [
    'a filter in a queue',
    'a.pkl',
    pickle(call(global('collections', 'deque'), call(global('builtins', 'filter'), system, list(command)))),
  ],
  [
    'pairs of a dictionary',
    'a.pkl',
    pickle(call(global('collections', 'OrderedDict.fromkeys'), call(global('builtins', 'map'), system, list(command)))),
  ],
  ['a vectorised function', 'a.pkl', pickle(call(call(global('numpy', 'vectorize'), system), list(command)))],
  ['the state of an honest class', 'a.pkl', pickle(state(make('sklearn.svm._classes', 'SVC'), { C: SHELL }))],
  [
    'a module in the table of modules',
    'a.pkl',
    pickle(call(global('_operator', 'setitem'), global('sys', 'modules'), text('json'), system)),
  ],
  [
    'a constructor that opens a file',
    'a.pkl',
    pickle(join(global('logging', 'FileHandler'), tuple(text('/root/.ssh/authorized_keys')), '\x81')),
  ],
  [
    'what imports by a name',
    'a.pkl',
    pickle(call(global('django.utils.module_loading', 'import_string'), text('os.system'))),
  ],
  ['a gigabyte and more of nothing', 'a.pkl', pickle(call(global('builtins', 'bytearray'), long(1n << 40n)))],
  ['a number without end', 'a.pkl', pickle(call(global('builtins', 'pow'), int(255), int(2_000_000_000)))],
  ['all of an endless row', 'a.pkl', pickle(call(global('builtins', 'list'), call(global('itertools', 'count'))))],
  ['compressed', 'a.joblib', deflateSync(EVIL)],
  [
    'in an archive within the archive',
    'a.pt',
    torchZip(pickle(dict({}), 2), { name: 'archive/more.zip', data: zipOf([{ name: 'x.pkl', data: EVIL }]) }),
  ],
]

for (const [what, file, content] of hostile) {
  test(`malicious: ${what}`, async () => assert.equal((await scan(file, content)).verdict, 'malicious'))
}

const numbers = call(
  global('numpy.core.multiarray', '_reconstruct'),
  global('numpy', 'ndarray'),
  tuple(int(0)),
  text('b'),
)

const honest: [what: string, content: Uint8Array][] = [
  [
    'a member of an enumeration, by getattr',
    pickle(call(global('builtins', 'getattr'), global('transformers.trainer_utils', 'IntervalStrategy'), text('NO'))),
  ],
  [
    'an activation with its setting',
    pickle(
      join(
        call(global('functools', 'partial'), global('torch.nn.functional', 'gelu')),
        tuple(global('torch.nn.functional', 'gelu'), tuple(), dict({ approximate: text('tanh') }), none),
        'b',
      ),
    ),
  ],
  [
    'keys for sorting',
    pickle(list(call(global('operator', 'itemgetter'), int(1)), call(global('operator', 'attrgetter'), text('name')))),
  ],
  [
    'zones of time',
    pickle(
      list(call(global('zoneinfo', 'ZoneInfo._unpickle'), text('Europe/Berlin'), int(1)), call(global('pytz', '_UTC'))),
    ),
  ],
  [
    'a model of Python 2',
    Buffer.from("ccopy_reg\n_reconstructor\n(csklearn.svm.classes\nSVC\nc__builtin__\nobject\nNtR(dS'C'\nF1.0\nsb."),
  ],
  ['a vocabulary of spaCy', pickle(call(global('spacy.vocab', 'unpickle_vocab'), none))],
  [
    'a class of optimiser states',
    pickle(state(call(global('deepspeed.utils.tensor_fragment', 'fragment_address')), { numel: int(3) })),
  ],
  [
    'a store of documents',
    pickle(state(make('langchain_community.docstore.in_memory', 'InMemoryDocstore'), { _dict: dict({}) })),
  ],
  [
    'arrays in a pipeline',
    pickle(
      state(make('sklearn.pipeline', 'Pipeline'), {
        steps: list(tuple(text('s'), state(make('sklearn.preprocessing._data', 'StandardScaler'), { mean_: numbers }))),
      }),
    ),
  ],
  ['a row that ends', pickle(call(global('builtins', 'list'), call(global('itertools', 'repeat'), int(1), int(3))))],
  ['a little room', pickle(call(global('builtins', 'bytearray'), int(16)))],
  ['a power', pickle(call(global('builtins', 'pow'), int(2), int(10)))],
]

for (const [what, content] of honest) {
  test(`benign: ${what}`, async () => {
    const { verdict, findings } = await scan('model.pkl', content)
    assert.equal(verdict, 'benign', JSON.stringify(findings))
  })
}
