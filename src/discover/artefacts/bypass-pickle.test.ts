// The ways around pickle scanners that are known, one case or more each, in files that this test builds itself.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  bzip2Sample,
  deflateSync,
  gzipSync,
  lz4Frame,
  sevenZipFiltered,
  xzFiltered,
  xzStored,
} from './testing-packed.ts'
import { EVIL, join, npyOf, op, pickle, scan, SHELL, torchZip, u32, u64, zipOf } from './testing.ts'

const { global, oldGlobal, text, int, call, tuple, list, dict, make, bytes, none, no, yes } = op
const evil = (body: Uint8Array, protocol = 4) => pickle(body, protocol)
const calling = (module: string, name: string, ...args: Buffer[]) => evil(call(global(module, name), ...args))

type Case = [row: number, what: string, file: string, content: Uint8Array]

const asLetters = (content: Buffer): Buffer => {
  const letters = Buffer.from(content.toString('latin1'))
  return call(global('_codecs', 'encode'), join('X', u32(letters.length), letters), text('latin1'))
}

const GADGETS: [string, string][] = [
  ['pip', 'main'],
  ['pip._internal', 'main'],
  ['pydoc', 'pipepager'],
  ['timeit', 'timeit'],
  ['cProfile', 'run'],
  ['cProfile', 'runctx'],
  ['trace', 'Trace.run'],
  ['profile', 'Profile.run'],
  ['bdb', 'Bdb.run'],
  ['code', 'InteractiveInterpreter.runcode'],
  ['runpy', '_run_code'],
  ['uuid', '_get_command_stdout'],
  ['_osx_support', '_read_output'],
  ['_aix_support', '_read_cmd_output'],
  ['imaplib', 'IMAP4_stream'],
  ['distutils.file_util', 'write_file'],
  ['distutils.spawn', 'spawn'],
  ['lib2to3.pgen2.grammar', 'Grammar.loadGrammar'],
  ['lib2to3.pgen2.pgen', 'ParserGenerator.make_label'],
  ['ensurepip', '_run_pip'],
  ['idlelib.autocomplete', 'AutoComplete.get_entity'],
  ['idlelib.pyshell', 'ModifiedInterpreter.runcode'],
  ['numpy.f2py.crackfortran', 'getlincoef'],
  ['numpy.testing._private.utils', 'runstring'],
  ['torch._dynamo.guards', 'GuardBuilder.get'],
  ['torch.utils.collect_env', 'run'],
  ['torch.fx.experimental.symbolic_shapes', 'ShapeEnv.evaluate_guards_expression'],
  ['torch.jit.unsupported_tensor_ops', 'execWrapper'],
  ['torch.utils._config_module', 'ConfigModule.load_config'],
  ['doctest', 'debug_script'],
  ['pty', 'spawn'],
  ['asyncio.unix_events', '_UnixSubprocessTransport._start'],
  ['multiprocessing.util', 'spawnv_passfds'],
  ['ctypes', 'CDLL'],
  ['webbrowser', 'open'],
  ['smtplib', 'SMTP'],
  ['ssl', 'get_server_certificate'],
  ['urllib.request', 'urlretrieve'],
  ['sqlite3', 'connect'],
  ['shutil', 'rmtree'],
  ['builtins', 'print'],
  ['sys', 'settrace'],
  ['faulthandler', 'dump_traceback'],
  ['zipimport', 'zipimporter'],
  ['tempfile', 'mktemp'],
  ['cgitb', 'lookup'],
  ['venv', 'create'],
  ['xmlrpc.client', 'ServerProxy'],
]

const cases: Case[] = [
  ...GADGETS.map(([module, name]): Case => [
    1,
    `calls ${module}.${name}`,
    'model.pkl',
    calling(module, name, text('x')),
  ]),
  [2, 'resolves a name', 'model.pkl', calling('pkgutil', 'resolve_name', text('os:system'))],
  [
    2,
    'imports and fetches',
    'model.pkl',
    evil(
      call(
        call(global('builtins', 'getattr'), call(global('importlib', 'import_module'), text('os')), text('system')),
        text('x'),
      ),
    ),
  ],
  [
    2,
    'fetches with attrgetter',
    'model.pkl',
    evil(
      call(call(global('operator', 'attrgetter'), text('system')), call(global('builtins', '__import__'), text('os'))),
    ),
  ],
  [
    2,
    'calls with methodcaller',
    'model.pkl',
    evil(call(call(global('operator', 'methodcaller'), text('system'), text('x')), oldGlobal('os', 'path'))),
  ],
  [
    2,
    'calls a partial function',
    'model.pkl',
    evil(call(call(global('functools', 'partial'), global('os', 'system'), text('x')))),
  ],
  [2, 'locates with pydoc', 'model.pkl', calling('pydoc', 'locate', text('os.system'))],
  [2, 'resolves with logging', 'model.pkl', calling('logging.config', '_resolve', text('os.system'))],
  [
    2,
    'fetches a special attribute',
    'model.pkl',
    evil(call(global('builtins', 'getattr'), global('collections', 'OrderedDict'), text('__subclasses__'))),
  ],
  [
    2,
    'maps a function lazily',
    'model.pkl',
    evil(
      call(
        global('collections', 'deque'),
        call(global('builtins', 'map'), global('builtins', 'exec'), list(text('x'))),
      ),
    ),
  ],
  ...[
    'pathlib:os.system',
    'random:_os.system',
    'inspect:builtins.exec',
    'builtins:print.__self__.exec',
    'collections:namedtuple.__globals__',
    'torch:serialization.os.system',
    'sklearn.utils:os',
    'numpy:sys.modules',
  ].map((path): Case => {
    const [module = '', name = ''] = path.split(':')
    return [3, `reaches ${path}`, 'model.pkl', calling(module, name, text('x'))]
  }),
  [
    4,
    'builds attributes on a function',
    'model.pkl',
    evil(join(global('numpy', 'size'), dict({ shape: global('builtins', 'object') }), 'b')),
  ],
  [
    4,
    'builds attributes on a class',
    'model.pkl',
    evil(join(global('collections', 'OrderedDict'), dict({ update: text('x') }), 'b')),
  ],
  [
    5,
    'takes names from the memo',
    'model.pkl',
    evil(join(text('os'), 'q\u00010', text('system'), 'q\u00020h\u0001h\u0002\u0093', text('x'), '\u0085R')),
  ],
  [
    5,
    'has decoys on the stack',
    'model.pkl',
    evil(
      join(
        text('torch'),
        text('Tensor'),
        '00',
        text('posix'),
        text('numpy'),
        '0',
        text('system'),
        '\u0093',
        text('x'),
        '\u0085R',
      ),
    ),
  ],
  [
    5,
    'escapes the letters of a name',
    'model.pkl',
    evil(join('V\\u006f\\u0073\n', 'V\\u0073ystem\n', '\u0093', text('x'), '\u0085R')),
  ],
  [5, 'escapes the letters of an old string', 'model.pkl', join("S'\\x6f\\163'\nS'system'\n\u0093S'x'\n\u0085R.")],
  [
    5,
    'joins a name',
    'model.pkl',
    evil(
      join(call(global('operator', 'concat'), text('o'), text('s')), text('system'), '\u0093', text('x'), '\u0085R'),
    ),
  ],
  [
    5,
    'joins a name by str.join',
    'model.pkl',
    evil(join(call(global('builtins', 'str.join'), text(''), list(text('o'), text('s'))), text('system'), '\u0093')),
  ],
  [
    6,
    'registers an extension code',
    'model.pkl',
    evil(
      join(
        call(global('copyreg', 'add_extension'), text('os'), text('system'), int(1)),
        '0\u0082\u0001',
        text('x'),
        '\u0085R',
      ),
    ),
  ],
  [
    6,
    'writes into the registry of extensions',
    'model.pkl',
    evil(
      join(
        global('copyreg', '_inverted_registry'),
        int(1),
        tuple(text('os'), text('system')),
        's0\u0082\u0001',
        text('x'),
        '\u0085R',
      ),
    ),
  ],
  [7, 'ends in junk', 'model.pkl', join(EVIL.subarray(0, -1), '\u00ff\u00fe\u0000')],
  [7, 'has no STOP', 'model.pkl', EVIL.subarray(0, -1)],
  [7, 'ends in the middle of an opcode', 'model.bin', join(EVIL.subarray(0, -1), 'X\u00ff\u00ff')],
  [8, 'writes an integer in hexadecimal', 'model.pkl', evil(join('I0x1\n0', SHELL))],
  [8, 'writes a long in octal', 'model.pkl', join('L0o17\n0', SHELL, '.')],
  [8, 'writes a long in binary with underscores', 'model.dat', join('L0b1_0\n0', SHELL, '.')],
  [9, 'has a frame shorter than its opcode', 'model.pkl', join('\u0080\u0004\u0095', u64(3), SHELL, '.')],
  [10, 'pops the result of OBJ', 'model.pkl', evil(join('(', global('os', 'system'), text('x'), 'o0', none))],
  [10, 'pops the result of INST', 'model.pkl', join('(Vx\nios\nsystem\n0N.')],
  [
    10,
    'calls by NEWOBJ_EX',
    'model.pkl',
    evil(join(global('subprocess', 'Popen'), tuple(text('x')), dict({ shell: yes }), '\u0092')),
  ],
  [10, 'drops a call with POP_MARK', 'model.pkl', evil(join('(', SHELL, '1', none))],
  [11, 'is in a second stream', 'model.pkl', join(pickle(dict({ loss: int(1) })), EVIL)],
  [11, 'is in the third stream of a file with another name', 'state.bin', join(pickle(int(1)), pickle(int(2)), EVIL)],
  [11, 'is a pickle in a pickle', 'model.pkl', calling('_pickle', 'loads', bytes(EVIL))],
  [12, 'is called bin', 'pytorch_model.bin', join('cbuiltins\nexec\n(Vpass\ntR.')],
  [12, 'is called txt', 'vocab.txt', EVIL],
  [12, 'is called safetensors', 'model.safetensors', EVIL],
  [12, 'is called README.md', 'README.md', join('cos\nsystem\n(Vx\ntR.')],
  [12, 'is called config.json', 'config.json', join('(lp0\n0cposix\nsystem\n(Vx\ntR.')],
  [12, 'is called onnx', 'model.onnx', EVIL],
  [16, 'is packed with zlib', 'model.joblib', deflateSync(EVIL)],
  [16, 'is packed with gzip', 'model.gz', gzipSync(EVIL)],
  [16, 'is packed with bzip2', 'model.joblib', bzip2Sample],
  [16, 'is packed with xz behind filters', 'model.joblib', xzFiltered],
  [16, 'is packed with 7z behind a filter', 'model.7z', sevenZipFiltered('model.pkl')],
  [16, 'is packed with xz', 'model.joblib', xzStored(EVIL)],
  [16, 'is packed with lz4', 'model.joblib', lz4Frame(EVIL)],
  [16, 'is in a ZF container', 'model.joblib', join('ZF', '0x26'.padEnd(19), deflateSync(EVIL))],
  [16, 'follows an inline array', 'model.joblib', join('\u0080\u0004', inlineArray(), '0', SHELL, '.')],
  [
    16,
    'hides from pickle.load behind an array that is none',
    'model.pkl',
    join('\u0080\u0004', inlineArray(64).subarray(0, -65), '0', SHELL, '.', Buffer.alloc(64)),
  ],
  [16, 'is the object of an inline array', 'model.joblib', join('\u0080\u0004', wrapper('O8', 1), EVIL, '.')],
  [17, 'is an object array', 'table.npy', npyOf(EVIL)],
  [17, 'is an object array in an npz', 'table.npz', zipOf([{ name: 'x.npy', data: npyOf(EVIL), method: 8 }])],
  [17, 'is an object in a structured array', 'table.npy', npyOf(EVIL, "[('a', '<i4'), ('b', [('c', '|O')])]")],
  [
    27,
    'unmarshals code',
    'model.pkl',
    evil(
      call(call(global('types', 'FunctionType'), call(global('marshal', 'loads'), bytes(Buffer.alloc(8))), dict({}))),
    ),
  ],
  [
    27,
    'builds code with cloudpickle',
    'model.pkl',
    evil(call(call(global('cloudpickle.cloudpickle', '_builtin_type'), text('CodeType')), int(0))),
  ],
  [
    27,
    'builds code with dill',
    'model.pkl',
    evil(
      call(
        call(global('dill._dill', '_create_function'), call(global('dill._dill', '_create_code'), int(0)), dict({})),
      ),
    ),
  ],
  [27, 'asks dill for a type', 'model.pkl', calling('dill._dill', '_load_type', text('CodeType'))],
  ...[
    'joblib.load',
    'joblib.numpy_pickle.load',
    'pandas.read_pickle',
    'pandas.io.pickle.read_pickle',
    'torch.load',
    'torch.hub.load',
    'numpy.load',
    'transformers.AutoTokenizer.from_pretrained',
    'transformers.pipelines.pipeline',
    'mlflow.pyfunc.load_model',
    'mlflow.projects.run',
    'keras.models.load_model',
    'cloudpickle.loads',
    'dill.loads',
    'pickle.Unpickler',
    'shelve.open',
    'jsonpickle.decode',
    'huggingface_hub.snapshot_download',
  ].map((path): Case => {
    const at = path.lastIndexOf('.')
    const [module, name] = path.includes('AutoTokenizer')
      ? ['transformers', 'AutoTokenizer.from_pretrained']
      : [path.slice(0, at), path.slice(at + 1)]
    return [28, `loads more through ${path}`, 'model.pkl', calling(module, name, text('x.pkl'))]
  }),
  [28, 'loads the bytes that torch keeps', 'model.pkl', calling('torch.storage', '_load_from_bytes', bytes(EVIL))],
  [
    28,
    'loads bytes written as letters, as protocol 2 does',
    'model.pkl',
    calling('torch.storage', '_load_from_bytes', asLetters(EVIL)),
  ],
  [
    28,
    'loads many bytes written as letters, through a buffer',
    'model.pkl',
    calling(
      'torch.jit._serialization',
      '_load_from_buffer',
      call(global('_io', 'BytesIO'), asLetters(pickle(join('('.repeat(5000), '1'.repeat(5000), SHELL)))),
    ),
  ],
  [
    15,
    'carries a remote module',
    'model.pt',
    torchZip(calling('torch.distributed.nn.api.remote_module', 'RemoteModule', text('x'))),
  ],
]

function wrapper(type: string, count: number): Buffer {
  const dtype = join(
    call(global('numpy', 'dtype'), text(type), no, yes),
    '(',
    int(3),
    text('<'),
    none,
    none,
    none,
    int(-1),
    int(-1),
    int(type === 'O8' ? 63 : 0),
    'tb',
  )
  return make(
    'joblib.numpy_pickle',
    'NumpyArrayWrapper',
    dict({
      subclass: global('numpy', 'ndarray'),
      shape: tuple(int(count)),
      order: text('C'),
      dtype,
      allow_mmap: yes,
      numpy_array_alignment_bytes: int(16),
    }),
  )
}

/** The wrapper, a byte that says how much padding follows, and bytes that are no opcodes. */
function inlineArray(count = 8): Buffer {
  return join(wrapper('u1', count), '\u0000', Buffer.alloc(count, 0xff))
}

for (const [row, what, file, content] of cases) {
  test(`bypass ${row}: a pickle that ${what} is malicious`, async () => {
    const report = await scan(file, content)
    assert.equal(report.verdict, 'malicious', JSON.stringify(report.findings))
  })
}

test('an effect is told with its opcode and its place in the file', async () => {
  const { findings } = await scan('model.pkl', pickle(join(int(1), '0', SHELL)))
  assert.deepEqual(
    findings.map(({ technique, opcode, offset, why }) => [technique, opcode, offset, why]),
    [['pickle-executes-code', 'STACK_GLOBAL', 17, 'it imports os.system']],
  )
})
