// A fourth look, at files that the libraries themselves wrote and at what attackers write beside them: code in folders of its
// own, functions of libraries that nobody lists, words that are commands only to a shell.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import { field, join, op, pickle, scan, torchZip } from './testing.ts'

const { global, text, call, list, int } = op
const json = (value: unknown) => Buffer.from(JSON.stringify(value))
const autoMap = json({ auto_map: { AutoModel: 'modeling_x.X' } })
const SHELL_CODE = 'import os\nos.system("id")\n'

/** As h5py 3.14 writes it: one dataset, put together from `/etc/passwd`. */
const virtualDataset = gunzipSync(
  Buffer.from(
    `H4sIAG8hA2sC/+v0cHHj5ZLiYubgYICB/1BwXxDCN4CKO08Ts/H3cAliUshXZM5GxhVMQsgaYYCLiYGRgYGNhwFIMZYdhpnvwUA1cGFaQyfYSYroTmJg
     ZBRhYGBiZGRkgaqF0cwiDIyCCvJQvgKDOAeDeD2QxQp0LTM3Bx9QJfN9RohaMLWFYUiCRIYeYXdnfx+wHwSQ/AMEjjBFMAH91JJk/YLE4uLyFIYKBmYk
     GRBgAgUbSIyJEaqLERh8E8+sCUOzcwY/wygYBaNgFIyCUTAKRsEoGAWjYBSMglEwCugMAOkfoIzfEQAA`,
    'base64',
  ),
)

/** A node for an accelerator, whose graph is compiled in another file. */
const compiled = (place: string) =>
  join(
    field(8, ''),
    field(
      7,
      join(
        field(
          1,
          join(
            field(4, 'EPContext'),
            field(5, join(field(1, 'ep_cache_context'), field(4, place))),
            field(7, 'com.microsoft'),
          ),
        ),
        field(2, 'g'),
      ),
    ),
  )

const hostile: [what: string, file: string, content: Uint8Array, beside?: Record<string, string>][] = [
  [
    'a class that acts, of a library that nobody lists',
    'a.pkl',
    pickle(call(global('subprocess32', 'Popen'), text('x'))),
  ],
  ['a connection by a library that nobody lists', 'a.pkl', pickle(call(global('asyncssh', 'connect'), text('host')))],
  ['a name that a library resolves', 'a.pkl', pickle(call(global('vllm.utils', 'resolve_obj_by_qualname'), text('x')))],
  ['a module that is loaded anew', 'a.pkl', pickle(call(global('six.moves', 'reload_module'), text('x')))],
  [
    'a function that begins something',
    'a.pkl',
    pickle(call(global('torch.distributed', 'init_process_group'), text('gloo'))),
  ],
  [
    'a function that restores from a file',
    'a.pkl',
    pickle(call(global('flax.training.checkpoints', 'restore_checkpoint'))),
  ],
  ['a command for a class', 'a.pkl', pickle(call(global('keras.layers', 'Some'), text('python -c 1')))],
  ['a compiled graph outside the folder', 'm.onnx', compiled('../../x.bin')],
  ['numbers put together from other files', 'm.h5', virtualDataset],
  [
    'a name made of the keys of a dictionary',
    'tokenizer_config.json',
    json({ chat_template: '{% set c = dict(__cla=1, ss__=2)|join %}{{ messages|attr(c) }}' }),
  ],
  [
    'a loader in a package of the folder of code',
    'MLmodel',
    Buffer.from('flavors:\n  python_function:\n    loader_module: pkg.loader\n    code: code\n'),
    { 'code/pkg/loader.py': SHELL_CODE },
  ],
  [
    'a loader that is a package',
    'MLmodel',
    Buffer.from('flavors:\n  python_function:\n    loader_module: loader\n    code: code\n'),
    { 'code/loader/__init__.py': SHELL_CODE },
  ],
  [
    'a model that is a file of code',
    'MLmodel',
    Buffer.from(
      'flavors:\n  python_function:\n    loader_module: mlflow.pyfunc.model\n    model_code_path: agent.py\n',
    ),
    { 'agent.py': SHELL_CODE },
  ],
  [
    'a module beside a pipeline of sentence-transformers',
    'modules.json',
    json([{ idx: 0, name: '0', path: '', type: 'own_module.Own' }]),
    { 'own_module.py': SHELL_CODE },
  ],
  [
    'what the code beside it imports',
    'config.json',
    autoMap,
    { 'modeling_x.py': 'from .helper import run\n', 'helper.py': SHELL_CODE },
  ],
  [
    'code that hands somebody a shell',
    'config.json',
    autoMap,
    { 'modeling_x.py': 'import subprocess\nclass X:\n  def forward(self):\n    subprocess.call(["/bin/sh", "-i"])\n' },
  ],
  [
    'code that writes into the home of its user',
    'config.json',
    autoMap,
    { 'modeling_x.py': 'import os\nopen(os.path.expanduser("~/.ssh/authorized_keys"), "a").write("x")\n' },
  ],
]

for (const [what, file, content, beside] of hostile) {
  test(`malicious: ${what}`, async () => {
    const { verdict, findings } = await scan(file, content, beside)
    assert.equal(verdict, 'malicious', JSON.stringify(findings))
  })
}

const suspect: [what: string, file: string, content: Uint8Array, beside?: Record<string, string>][] = [
  [
    'a function that rebuilds, handed a place',
    'a.pkl',
    pickle(call(global('torch._utils', '_rebuild_x'), text('/etc/x'))),
  ],
  [
    'code that starts a script of its own',
    'config.json',
    autoMap,
    { 'modeling_x.py': 'import subprocess\nclass X:\n  def run(self):\n    subprocess.run(["bash", "a.sh"])\n' },
  ],
  [
    'code that writes where it is told',
    'config.json',
    autoMap,
    { 'modeling_x.py': 'class X:\n  def save(self, path):\n    open(path, "w").write("/x")\n' },
  ],
]

for (const [what, file, content, beside] of suspect) {
  test(`suspicious: ${what}`, async () => {
    const { verdict, findings } = await scan(file, content, beside)
    assert.equal(verdict, 'suspicious', JSON.stringify(findings))
  })
}

const honest: [what: string, file: string, content: Uint8Array][] = [
  [
    'the strings of pandas 2, kept by Python',
    'a.pkl',
    pickle(call(global('pandas.core.arrays.string_', 'StringDtype'), text('python'))),
  ],
  [
    'the strings of a pipeline of spaCy',
    'a.pkl',
    pickle(call(global('spacy.strings', 'StringStore'), list(text('en')))),
  ],
  [
    'the type of a traced module',
    'a.pt',
    torchZip(pickle(call(global('torch.jit._pickle', 'restore_type_tag'), list(), text('List[int]')), 2)),
  ],
  ['functions that only compute', 'a.pkl', pickle(list(global('posixpath', 'join'), global('json', 'dumps')))],
  ['a shape, made of its bytes', 'a.pkl', pickle(call(global('shapely.io', 'from_wkb'), op.bytes(Buffer.alloc(21))))],
  ['what shap explains', 'a.pkl', pickle(op.make('slicer.slicer', 'Slicer', op.dict({ a: int(1) })))],
  ['a compiled graph beside the model', 'm.onnx', compiled('model_ctx.bin')],
  ['a compiled graph within the model', 'm.onnx', compiled('/\u0001\u0002 binary')],
]

for (const [what, file, content] of honest) {
  test(`benign: ${what}`, async () => {
    const { verdict, findings } = await scan(file, content)
    assert.equal(verdict, 'benign', JSON.stringify(findings))
  })
}
