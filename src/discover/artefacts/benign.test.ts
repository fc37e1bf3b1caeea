// What must not raise an alarm: what libraries really write, and data that only looks like an attack. A scanner that cries at
// scikit-learn is switched off.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deflateSync, gzipSync, lz4Frame, xzStored } from './testing-packed.ts'
import {
  EVIL,
  field,
  ggufOf,
  hdf5Of,
  ggufTensor,
  join,
  npyOf,
  op,
  pickle,
  safetensorsOf,
  scan,
  tarOf,
  tensor,
  torchZip,
  zipOf,
} from './testing.ts'

const { bytes, call, dict, global, int, list, make, none, oldGlobal, text, tuple, no, yes } = op
const json = (value: unknown) => Buffer.from(JSON.stringify(value))
const array = (core = 'numpy.core.multiarray') => {
  const dtype = join(
    call(global('numpy', 'dtype'), text('f4'), no, yes),
    tuple(int(3), text('<'), none, none, none, int(-1), int(-1), int(0)),
    'b',
  )
  return join(
    call(global(core, '_reconstruct'), global('numpy', 'ndarray'), tuple(int(0)), bytes(join('b'))),
    tuple(int(1), tuple(int(1)), dtype, no, bytes(Buffer.alloc(4))),
    'b',
  )
}
const floats = (n: number) => Buffer.from(Float32Array.from({ length: n }, (_, i) => i / 7).buffer)

const CLASSES = [
  'sklearn.linear_model._logistic.LogisticRegression',
  'sklearn.ensemble._forest.RandomForestClassifier',
  'sklearn.pipeline.Pipeline',
  'sklearn.feature_extraction.text.TfidfVectorizer',
  'sklearn.utils._bunch.Bunch',
  'xgboost.sklearn.XGBClassifier',
  'xgboost.core.Booster',
  'lightgbm.sklearn.LGBMClassifier',
  'lightgbm.basic.Booster',
  'catboost.core.CatBoostRegressor',
  'torch.nn.modules.linear.Linear',
  'torch.optim.adamw.AdamW',
  'transformers.training_args.TrainingArguments',
  'transformers.tokenization_utils_base.BatchEncoding',
  'transformers.models.bert.configuration_bert.BertConfig',
  'tokenizers.AddedToken',
  'scipy.sparse._csr.csr_matrix',
  'scipy.stats._distn_infrastructure.rv_frozen',
  'pandas.core.frame.DataFrame',
  'pandas.core.internals.managers.BlockManager',
  'numpy.ma.core.MaskedArray',
  'joblib.memory.Memory',
  'statsmodels.regression.linear_model.RegressionResultsWrapper',
  'prophet.forecaster.Prophet',
  'gensim.models.word2vec.Word2Vec',
  'spacy.vocab.Vocab',
  'nltk.tokenize.punkt.PunktSentenceTokenizer',
  'ultralytics.nn.tasks.DetectionModel',
  'timm.models.vision_transformer.VisionTransformer',
  'omegaconf.dictconfig.DictConfig',
  'pytorch_lightning.callbacks.model_checkpoint.ModelCheckpoint',
  'sentence_transformers.SentenceTransformer.SentenceTransformer',
  'keras.src.models.sequential.Sequential',
  'imblearn.over_sampling._smote.base.SMOTE',
  'optuna.trial._frozen.FrozenTrial',
  'polars.dataframe.frame.DataFrame',
  'fairseq.data.dictionary.Dictionary',
  'argparse.Namespace',
  'peft.tuners.lora.config.LoraConfig',
  'diffusers.schedulers.scheduling_ddim.DDIMScheduler',
]
const CALLS: [string, Buffer[]][] = [
  ['collections.OrderedDict', []],
  ['collections.defaultdict', [global('builtins', 'int')]],
  ['builtins.slice', [int(0), int(1), none]],
  ['builtins.set', [list(int(1))]],
  ['datetime.datetime', [bytes(Buffer.alloc(10))]],
  ['re._compile', [text('a+'), int(32)]],
  ['numpy.random._pickle.__randomstate_ctor', [text('MT19937')]],
  ['numpy.random._pickle.__bit_generator_ctor', [text('PCG64')]],
  ['numpy.core.multiarray.scalar', [global('numpy', 'dtype')]],
  ['numpy._core.numeric._frombuffer', [bytes(Buffer.alloc(4))]],
  ['numpy.ma.core._mareconstruct', [global('numpy', 'ndarray')]],
  ['pandas.core.indexes.base._new_Index', [global('pandas.core.indexes.base', 'Index'), dict({})]],
  ['pandas._libs.internals._unpickle_block', [int(1)]],
  ['pandas._libs.tslibs.timestamps._unpickle_timestamp', [int(1)]],
  ['pandas._libs.arrays.__pyx_unpickle_NDArrayBacked', [int(1)]],
  ['pandas.core.indexes.datetimes._new_DatetimeIndex', [int(1)]],
  ['sklearn.tree._tree.Tree', [int(4)]],
  ['sklearn.neighbors._kd_tree.newObj', [int(1)]],
  ['sklearn.metrics._dist_metrics.newObj', [int(1)]],
  ['sklearn._loss._loss.__pyx_unpickle_CyHalfBinomialLoss', [int(1)]],
  ['torch._utils._rebuild_parameter', [int(1)]],
  ['torch._utils._rebuild_sparse_tensor', [int(1)]],
  ['torch._tensor._rebuild_from_type_v2', [global('torch._utils', '_rebuild_tensor_v2')]],
  ['torch.device', [text('cpu')]],
  ['torch.Size', [tuple(int(1))]],
  ['torch.serialization._get_layout', [text('torch.strided')]],
  ['transformers.trainer_utils.IntervalStrategy', [text('no')]],
  ['copyreg._reconstructor', [global('argparse', 'Namespace'), global('builtins', 'object'), none]],
  ['functools.partial', [global('torch.nn.modules.normalization', 'LayerNorm')]],
  ['_codecs.encode', [text('ab'), text('latin1')]],
  ['pathlib.PosixPath', [text('data')]],
  ['uuid.UUID', [text('x')]],
  ['decimal.Decimal', [text('1')]],
  ['zoneinfo.ZoneInfo._unpickle', [text('UTC'), int(1)]],
  ['logging.getLogger', [text('model')]],
  ['spacy.vocab.unpickle_vocab', [int(1)]],
  ['pyarrow.lib.py_buffer', [bytes(Buffer.alloc(3))]],
  ['jax._src.array._reconstruct_array', [int(1)]],
  ['builtins.getattr', [global('transformers.trainer_utils', 'IntervalStrategy'), text('NO')]],
  ['builtins.getattr', [global('enum', 'Enum'), text('A')]],
  ['scipy.sparse._coo.coo_matrix', [int(1)]],
  ['numpy.dtype', [text('f8')]],
]

const CHAT =
  "{% for message in messages %}{{'<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>' + '\\n'}}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}"
const QWEN = `{%- if tools %}{{- '<|im_start|>system\\n' }}{%- if messages[0].role == 'system' %}{{- messages[0].content + '\\n\\n' }}{%- endif %}{{- "# Tools\\n\\nYou may call one or more functions to assist with the user query.\\n\\nYou are provided with function signatures within <tools></tools> XML tags:\\n<tools>" }}{%- for tool in tools %}{{- "\\n" }}{{- tool | tojson }}{%- endfor %}{{- "\\n</tools>\\n\\nFor each function call, return a json object with function name and arguments within <tool_call></tool_call> XML tags" }}{%- endif %}
{%- set ns = namespace(multi_step_tool=true, last_query_index=messages|length - 1) %}{%- for message in messages[::-1] %}{%- set index = (messages|length - 1) - loop.index0 %}{%- if ns.multi_step_tool and message.role == "user" and message.content is string and not(message.content.startswith('<tool_response>') and message.content.endswith('</tool_response>')) %}{%- set ns.multi_step_tool = false %}{%- set ns.last_query_index = index %}{%- endif %}{%- endfor %}
{%- for message in messages %}{%- set reasoning_content = '' %}{%- if message.reasoning_content is string %}{%- set reasoning_content = message.reasoning_content %}{%- else %}{%- if '</think>' in message.content %}{%- set reasoning_content = message.content.split('</think>')[0].rstrip('\\n').split('<think>')[-1].lstrip('\\n') %}{%- set content = message.content.split('</think>')[-1].lstrip('\\n') %}{%- endif %}{%- endif %}{{- '<|im_start|>' + message.role + '\\n' + reasoning_content }}{%- endfor %}`
const LLAMA2 = `{% if messages[0]['role'] == 'system' %}{% set loop_messages = messages[1:] %}{% set system_message = messages[0]['content'] %}{% elif true == true and not '<<SYS>>' in messages[0]['content'] %}{% set loop_messages = messages %}{% set system_message = 'You are a helpful, respectful and honest assistant. Always answer as helpfully as possible, while being safe. Your answers should not include any harmful, unethical, racist, sexist, toxic, dangerous, or illegal content. If you don\\'t know the answer to a question, please don\\'t share false information.' %}{% else %}{% set loop_messages = messages %}{% set system_message = false %}{% endif %}{% for message in loop_messages %}{% if (message['role'] == 'user') != (loop.index0 % 2 == 0) %}{{ raise_exception('Conversation roles must alternate user/assistant/user/assistant/...') }}{% endif %}{% if loop.index0 == 0 and system_message != false %}{% set content = '<<SYS>>\\n' + system_message + '\\n<</SYS>>\\n\\n' + message['content'] %}{% else %}{% set content = message['content'] %}{% endif %}{{ bos_token + '[INST] ' + content.strip() + ' [/INST]' }}{% endfor %}`
const MACRO = `{%- macro render_item_list(item_list, tag_name='required') -%}{%- if item_list is defined and item_list is iterable and item_list | length > 0 %}{%- if tag_name %}{{- '\\n<' ~ tag_name ~ '>' -}}{% endif %}{{- '[' }}{%- for item in item_list -%}{%- if loop.index > 1 %}{{- ", "}}{% endif -%}{%- if item is string -%}{{ "\`" ~ item ~ "\`" }}{%- else -%}{{ item }}{%- endif -%}{%- endfor -%}{{- ']' }}{%- endif -%}{%- endmacro %}{%- set today = strftime_now("%Y-%m-%d") -%}{{ today }}{% generation %}{{ messages[-1]['content'] }}{% endgeneration %}{{ {'a': {'b': 1}} | tojson }}`

const keras = {
  module: 'keras',
  class_name: 'Functional',
  registered_name: 'Functional',
  config: {
    layers: [
      {
        module: 'keras.layers',
        class_name: 'Dense',
        registered_name: null,
        config: {
          units: 2,
          dtype: { module: 'keras', class_name: 'DTypePolicy', config: { name: 'float32' }, registered_name: null },
          kernel_initializer: {
            module: 'keras.initializers',
            class_name: 'GlorotUniform',
            config: {},
            registered_name: null,
          },
        },
      },
      { module: 'acme.layers', class_name: 'Scale', registered_name: 'acme>Scale', config: {} },
      {
        module: 'keras.layers',
        class_name: 'TextVectorization',
        registered_name: null,
        config: { vocabulary: ['a', 'b'] },
      },
      { module: 'builtins', class_name: 'function', config: 'my_activation', registered_name: 'acme>my_activation' },
    ],
  },
}

const cases: [what: string, file: string, content: Uint8Array | string][] = [
  ...CLASSES.map((path): [string, string, Uint8Array] => [
    `an object of ${path}`,
    'model.pkl',
    pickle(make(path.slice(0, path.lastIndexOf('.')), path.slice(path.lastIndexOf('.') + 1), dict({ a: array() }))),
  ]),
  ...CALLS.map(([path, args]): [string, string, Uint8Array] => {
    const at = path.endsWith('._unpickle') ? path.indexOf('.') : path.lastIndexOf('.')
    return [`a call of ${path}`, 'model.pkl', pickle(call(global(path.slice(0, at), path.slice(at + 1)), ...args))]
  }),
  [
    'names of Python 2',
    'old.pkl',
    pickle(
      tuple(
        call(
          oldGlobal('copy_reg', '_reconstructor'),
          oldGlobal('argparse', 'Namespace'),
          oldGlobal('__builtin__', 'object'),
          none,
        ),
        call(oldGlobal('__builtin__', 'xrange'), int(3)),
      ),
      2,
    ),
  ],
  [
    'dangerous words in a text',
    'notes.pkl',
    pickle(list(text('os.system(cmd)'), text('posix'), text('system'), text('cos\nsystem\n'), text('__reduce__'))),
  ],
  ['a clean pickle in a pickle', 'cache.pkl', pickle(list(bytes(pickle(list(int(1))))))],
  ['clean base64', 'cache.pkl', pickle(list(text(pickle(list(text('a harmless text'))).toString('base64'))))],
  ['arrays of old and new numpy', 'arrays.pkl', pickle(list(array(), array('numpy._core.multiarray')))],
  [
    'a bound method of an estimator',
    'pipe.pkl',
    pickle(
      call(global('builtins', 'getattr'), make('sklearn.preprocessing._data', 'StandardScaler'), text('transform')),
    ),
  ],
  [
    'a function as data',
    'pipe.pkl',
    pickle(
      make(
        'sklearn.preprocessing._function_transformer',
        'FunctionTransformer',
        dict({ func: global('numpy', 'log1p'), score: global('sklearn.metrics._regression', 'mean_squared_error') }),
      ),
    ),
  ],
  ['a pickle packed with zlib', 'm.joblib', deflateSync(pickle(array()))],
  ['a pickle packed with gzip', 'm.pkl.gz', gzipSync(pickle(array()))],
  ['a pickle packed with xz', 'm.joblib', xzStored(pickle(array()))],
  ['a pickle packed with lz4', 'm.joblib', lz4Frame(pickle(array()))],
  ['a torch archive', 'm.pt', torchZip(pickle(dict({ w: tensor() })))],
  ['a tensor with strides of 0', 'm.pt', torchZip(pickle(dict({ w: tensor({ size: 1000, stride: 0 }) })))],
  [
    'TorchScript',
    'm.pt',
    zipOf([
      { name: 'm/data.pkl', data: pickle(make('__torch__.torch.nn', 'Linear')) },
      { name: 'm/constants.pkl', data: pickle(tuple()) },
      {
        name: 'm/code/__torch__.py',
        data: join('class M(Module):\n  def forward(self, x: Tensor) -> Tensor:\n    return torch.relu(x)\n'),
      },
    ]),
  ],
  ['numbers in npy', 'a.npy', npyOf(floats(1), "'<f4'")],
  ['objects in npy', 'a.npy', npyOf(pickle(list(text('ann'), text('bob'))))],
  ['numbers without a header', 'w.bin', floats(256)],
  ['numbers that begin like a pickle', 'w.bin', join('\u0080\u0004\u0095', floats(200))],
  ['numbers that begin like zlib', 'w.bin', join('x\u009c', floats(200))],
  [
    'safetensors',
    'm.safetensors',
    safetensorsOf(
      {
        __metadata__: { format: 'pt' },
        a: { dtype: 'F32', shape: [2, 2], data_offsets: [0, 16] },
        b: { dtype: 'F32', shape: [0], data_offsets: [16, 16] },
      },
      floats(4),
    ),
  ],
  [
    'gguf',
    'm.gguf',
    ggufOf(
      { 'general.architecture': 'llama', 'tokenizer.chat_template': CHAT },
      { tensors: [ggufTensor('a', [8]), ggufTensor('b', [8], 32)], tail: floats(16) },
    ),
  ],
  ['the template of Qwen', 'm.gguf', ggufOf({ 'tokenizer.chat_template': QWEN })],
  ['the template of Llama 2', 'tokenizer_config.json', json({ chat_template: LLAMA2 })],
  ['a template with a macro', 'chat_template.jinja', MACRO],
  [
    'a vocabulary of code',
    'tokenizer.json',
    json({ model: { vocab: { 'os.system': 1, 'eval(': 2, '{{': 3, __class__: 4 } } }),
  ],
  [
    'a plain configuration',
    'config.json',
    json({ architectures: ['BertModel'], hidden_size: 768, target: 'label', handler: 'default' }),
  ],
  [
    'a Keras archive',
    'm.keras',
    zipOf([
      { name: 'metadata.json', data: json({}) },
      { name: 'config.json', data: json(keras) },
    ]),
  ],
  ['a Keras H5 file', 'm.h5', hdf5Of(JSON.stringify(keras))],
  [
    'skops',
    'm.skops',
    zipOf([
      {
        name: 'schema.json',
        data: json({
          __class__: 'LogisticRegression',
          __module__: 'sklearn.linear_model._logistic',
          __loader__: 'ObjectNode',
          content: { __class__: 'dict', __module__: 'builtins', __loader__: 'DictNode', content: {} },
        }),
      },
    ]),
  ],
  [
    'NeMo',
    'm.nemo',
    tarOf([
      {
        name: './model_config.yaml',
        data: join(
          'target: nemo.collections.asr.models.EncDecCTCModel\nencoder:\n  _target_: nemo.collections.asr.modules.ConvASREncoder\noptim:\n  _target_: torch.optim.AdamW\n',
        ),
      },
    ]),
  ],
  [
    'MLflow',
    'MLmodel',
    'flavors:\n  python_function:\n    loader_module: mlflow.sklearn\n    python_version: 3.11.4\n  sklearn:\n    pickled_model: model.pkl\n',
  ],
  [
    'a handler',
    'h.py',
    'import torch\nclass H:\n    def handle(self, data, context):\n        model = torch.compile(self.model).eval()\n        with open("labels.txt") as f:\n            return model(data)\n',
  ],
  [
    'source that speaks of danger',
    'm.py',
    '# os.system("x")\nimport os\n"""exec(code)"""\nPATH = os.environ.get("HOME")\nx = model.eval()\nos.makedirs("out", exist_ok=True)\n',
  ],
  [
    'a SavedModel',
    'saved_model.pb',
    join(
      field(1, 1),
      field(
        2,
        field(
          2,
          join(
            field(1, join(field(1, 's'), field(2, 'SaveV2'))),
            field(1, join(field(1, 'o'), field(2, 'SaveSlices'))),
            field(1, join(field(1, 'f'), field(2, 'ShardedFilename'))),
          ),
        ),
      ),
    ),
  ],
  ['PMML', 'm.pmml', '<?xml version="1.0"?><PMML version="4.4"><Header/><!-- <!ENTITY x SYSTEM "y"> --></PMML>'],
  ['LightGBM', 'm.txt', 'tree\nversion=v4\nnum_class=1\nTree=0\nnum_leaves=2\n'],
  ['a text', 'README.md', '# Model\n\nNever call os.system on input. {{ not a template }}\n'],
  [
    'a zip with a trailing folder',
    'm.zip',
    zipOf([
      { name: 'a/', data: Buffer.alloc(0) },
      { name: 'a/w.bin', data: floats(64), method: 8 },
    ]),
  ],
  [
    'a link within the folder',
    'm.tar',
    tarOf([
      { name: 'a/w.bin', data: floats(8) },
      { name: 'a/link', type: '2', link: '../a/w.bin' },
    ]),
  ],
  ['an empty file', '__init__.py', ''],
]

for (const [what, file, content] of cases) {
  test(`${what} (${file}) is benign`, async () => {
    const report = await scan(file, content)
    const seen = JSON.stringify(report.findings)
    assert.equal(report.verdict, 'benign', seen)
    assert(
      report.findings.every(({ severity }) => severity === 'low'),
      seen,
    )
  })
}

test('the same files with one harmful call more are not', async () => {
  const { verdict } = await scan(
    'm.pt',
    torchZip(pickle(dict({ w: tensor(), x: call(global('os', 'system'), text('x')) })), {
      name: 'archive/more.p',
      data: EVIL,
    }),
  )
  assert.equal(verdict, 'malicious')
})
