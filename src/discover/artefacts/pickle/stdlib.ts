// Python's standard library (3.8 to 3.14, and what only Python 2 had), and what each dangerous corner of it does. A name that
// is in neither this table nor the allow-list is judged by where it lives.
import type { TechniqueId } from '../techniques.ts'

const words = (text: string) => text.trim().split(/\s+/)

export const STANDARD_LIBRARY: ReadonlySet<string> = new Set(
  words(`
__future__ __main__ __phello__ _abc _aix_support _android_support _apple_support _ast _asyncio _bisect _blake2 _bootlocale
_bootsubprocess _bz2 _codecs _collections _collections_abc _colorize _compat_pickle _compression _contextvars _crypt _csv _ctypes
_curses _datetime _dbm _decimal _elementtree _frozen_importlib _frozen_importlib_external _functools _gdbm _hashlib _heapq _hmac
_imp _interpchannels _interpqueues _interpreters _io _ios_support _json _locale _lsprof _lzma _markupbase _md5 _msi
_multibytecodec _multiprocessing _opcode _opcode_metadata _operator _osx_support _overlapped _pickle _posixshmem _posixsubprocess
_py_abc _py_warnings _pydatetime _pydecimal _pyio _pylong _pyrepl _queue _random _remote_debugging _scproxy _sha1 _sha2 _sha256
_sha3 _sha512 _signal _sitebuiltins _socket _sqlite3 _sre _ssl _stat _statistics _string _strptime _struct _suggestions _symtable
_sysconfig _thread _threading_local _tkinter _tokenize _tracemalloc _types _typing _uuid _warnings _weakref _weakrefset _winapi
_wmi _zoneinfo _zstd abc aifc annotationlib antigravity argparse array ast asynchat asyncio asyncore atexit audioop base64 bdb
binascii binhex bisect builtins bz2 cProfile calendar cgi cgitb chunk cmath cmd code codecs codeop collections colorsys
compileall compression concurrent configparser contextlib contextvars copy copyreg crypt csv ctypes curses dataclasses datetime
dbm decimal difflib dis distutils doctest dummy_threading email encodings ensurepip enum errno faulthandler fcntl filecmp
fileinput fnmatch formatter fractions ftplib functools gc genericpath getopt getpass gettext glob graphlib grp gzip hashlib
heapq hmac html http idlelib imaplib imghdr imp importlib inspect io ipaddress itertools json keyword lib2to3 linecache locale
logging lzma macpath mailbox mailcap marshal math mimetypes mmap modulefinder msilib msvcrt multiprocessing netrc nis nntplib nt
ntpath nturl2path numbers opcode operator optparse os ossaudiodev parser pathlib pdb pickle pickletools pipes pkgutil platform
plistlib poplib posix posixpath pprint profile pstats pty pwd py_compile pyclbr pydoc pydoc_data pyexpat queue quopri random re
readline reprlib resource rlcompleter runpy sched secrets select selectors shelve shlex shutil signal site sitecustomize smtpd
smtplib sndhdr socket socketserver spwd sqlite3 sre_compile sre_constants sre_parse ssl stat statistics string stringprep struct
subprocess sunau symbol symtable sys sysconfig syslog tabnanny tarfile telnetlib tempfile termios test textwrap this threading
time timeit tkinter token tokenize tomllib trace traceback tracemalloc tty turtle turtledemo types typing unicodedata unittest
urllib usercustomize uu uuid venv warnings wave weakref webbrowser winreg winsound wsgiref xdrlib xml xmlrpc zipapp zipfile
zipimport zlib zoneinfo
__builtin__ Bastion BaseHTTPServer CGIHTTPServer ConfigParser Cookie HTMLParser MimeWriter Queue SimpleHTTPServer SocketServer
StringIO Tkinter UserDict UserList UserString anydbm bsddb cPickle cStringIO commands cookielib copy_reg dbhash dircache
dummy_thread dumbdbm exceptions fpformat gdbm hotshot htmlentitydefs httplib ihooks imputil md5 mhlib mimetools multifile mutex
new os2 popen2 posixfile rexec rfc822 robotparser sets sha statvfs thread urllib2 urlparse user whichdb xmlrpclib`),
)

/** What Python 3 makes of the names of Python 2 in protocols 0 to 2; older loaders take them as they stand. */
export const PYTHON_2: Readonly<Record<string, string>> = {
  __builtin__: 'builtins',
  copy_reg: 'copyreg',
  exceptions: 'builtins',
  cPickle: 'pickle',
  commands: 'subprocess',
  Queue: 'queue',
  StringIO: 'io',
  cStringIO: 'io',
  httplib: 'http.client',
  urllib2: 'urllib.request',
  thread: '_thread',
  UserDict: 'collections',
  UserList: 'collections',
  UserString: 'collections',
  SocketServer: 'socketserver',
  xmlrpclib: 'xmlrpc.client',
  new: 'types',
  popen2: 'subprocess',
  urlparse: 'urllib.parse',
  rexec: 'code',
  ihooks: 'importlib',
  imputil: 'importlib',
}

/** Of the names that Python 3 moved, those that stand in data. */
export const PYTHON_2_NAMES: Readonly<Record<string, string>> = {
  xrange: 'range',
  izip: 'zip',
  imap: 'map',
  ifilter: 'filter',
  izip_longest: 'zip_longest',
  ifilterfalse: 'filterfalse',
  unichr: 'chr',
  unicode: 'str',
  long: 'int',
}

const RUNS = 'starts a program or a shell command'
const EVALUATES = 'runs Python source or bytecode'

/** Patterns by effect: a path stands for itself and all beneath it. Beyond Python: packages that are tools, not data. */
const DANGERS: readonly (readonly [TechniqueId, string, string])[] = [
  [
    'pickle-executes-code',
    RUNS,
    `os posix nt os2 ce subprocess commands popen2 pty _posixsubprocess _osx_support _aix_support _bootsubprocess platform.popen
     platform._syscmd_ver platform._syscmd_file platform._syscmd_uname platform.architecture platform.from_subprocess asyncio
     multiprocessing concurrent.futures.process uuid._get_command_stdout uuid._popen uuid._ifconfig_getter uuid._find_mac ctypes.util
     _ctypes ctypes cffi imaplib.IMAP4_stream pydoc pipes.Template pipes antigravity webbrowser sched cgi.test cgitb idlelib
     distutils ensurepip venv pip setuptools pkg_resources easy_install wheel zipapp turtledemo test msilib mailcap.findmatch
     mailcap.test ssl._create_stdlib_context sysconfig._main getpass crypt nis this.__loader__ _winapi winreg msvcrt
     torch.utils.collect_env torch.utils.bottleneck torch.utils.cpp_extension torch._inductor torch._dynamo torch.distributed.run
     torch.distributed.launch torch.distributed.launcher torch.distributed.elastic torch.multiprocessing.spawn torch.testing._internal
     torch._appdirs torch.utils._cpp_extension_versioner torch.utils.benchmark torch.utils.hipify numpy.distutils numpy.f2py
     numpy.testing._private.utils.runstring numpy.testing.runstring numpy.testing.utils.runstring numpy.testing._private.extbuild numpy.testing.rundocs numpy.testing._private.utils.rundocs
     numpy._build_utils sklearn.externals._build_utils IPython ipykernel jupyter_client jupyter_core nbconvert nbformat.sign
     notebook invoke fabric paramiko sh plumbum pexpect ptyprocess psutil.Popen psutil gevent.subprocess gevent.os eventlet.green
     celery luigi airflow ansible salt pyspark.shell nltk.internals torch.hub torchvision.datasets triton.runtime triton.compiler
     pytest _pytest nose tox virtualenv conda mlflow.projects mlflow.utils.process ray.util ray.job_submission wandb git dulwich
     docker kubernetes win32api win32com win32process win32pipe pywintypes pymel maya scapy pwn pythonwin cython Cython pyximport
     numba.pycc tensorflow.python.platform.app transformers.commands accelerate.commands huggingface_hub.commands
     twisted tornado.process trio.run_process anyio.run_process sarge delegator envoy xonsh cx_Freeze PyInstaller py2exe`,
  ],
  [
    'pickle-executes-code',
    EVALUATES,
    `builtins.eval builtins.exec builtins.execfile builtins.compile builtins.apply builtins.help builtins.breakpoint
     builtins.input builtins.raw_input builtins.__build_class__ code codeop bdb pdb cmd profile cProfile pstats.Stats timeit trace doctest runpy
     rlcompleter unittest lib2to3 py_compile compileall dis inspect tkinter Tkinter _tkinter turtle curses readline site sitecustomize usercustomize
     ast logging.config typing.get_type_hints typing.ForwardRef typing._eval_type annotationlib dataclasses.make_dataclass
     dataclasses._create_fn collections.namedtuple.__globals__ symtable symbol parser threading.Thread threading.Timer
     _thread.start_new_thread _thread.start_new thread.start_new_thread concurrent.futures.thread atexit faulthandler
     pandas.eval pandas.core.computation pandas.core.frame.DataFrame.eval pandas.core.frame.DataFrame.query numexpr sympy.sympify
     sympy.parsing sympy.core.sympify sympy.utilities.lambdify sympy.lambdify jinja2 mako yaml.load yaml.unsafe_load yaml.full_load
     yaml.load_all ruamel asteval simpleeval RestrictedPython execnet exec_code py.code torch.jit.unsupported_tensor_ops
     torch.fx.experimental torch._dynamo.guards torch.utils._config_module torch.cuda._memory_viz torch._library
     torch._functorch torch._export torch.onnx._internal torch.jit.frontend torch.jit._script torch.jit.CompilationUnit torch._C.CompilationUnit torch.jit.script torch.jit.annotations torch.jit._monkeytype_config
     torch.utils._sympy numpy.ma.mrecords.openfile numpy.f2py.crackfortran numpy.lib.utils.safe_eval numpy.safe_eval
     scipy.weave scipy._lib._testutils scipy._lib._ccallback dask.delayed hydra.utils hydra._internal
     pytorch_lightning.cli lightning.pytorch.cli pytorch_lightning.utilities.cli jsonargparse fire.Fire fire.core click.core
     langchain.utilities.python langchain_experimental patsy.eval patsy.EvalEnvironment formulaic.utils cloudpickle.compat
     jedi parso.utils toolz.functoolz.compose pyparsing.exec networkx.utils.decorators.compile_argmap decorator.FunctionMaker
     boltons.funcutils.FunctionBuilder wrapt.importer`,
  ],
  [
    'pickle-builds-code',
    EVALUATES,
    `marshal types.CodeType types.FunctionType types.LambdaType types.coroutine types.DynamicClassAttribute new.code new.function
     cloudpickle.cloudpickle._make_function cloudpickle.cloudpickle._make_skel_func cloudpickle.cloudpickle._fill_function
     cloudpickle.cloudpickle._function_setstate cloudpickle.cloudpickle_fast._function_setstate cloudpickle.cloudpickle_fast._code_reduce
     cloudpickle.cloudpickle._code_reduce dill._dill._create_code dill._dill._create_function dill.dill._create_code
     dill.dill._create_function dill._dill._unmarshal dill.dill._unmarshal dill._dill._eval_repr dill.dill._eval_repr
     dill._shims._assign_cell_contents pyspark.cloudpickle._make_function pyspark.serializers joblib.externals.cloudpickle
     ray.cloudpickle numba.core.serialize._rebuild_function numba.core.serialize._unpickle__CustomPickled`,
  ],
  [
    'pickle-loads-more',
    'loads another pickle, file or package, which may run code',
    `pickle _pickle cPickle pickletools shelve dill.load dill.loads dill._dill.load dill._dill.loads dill.session dill.load_session dill.load_module dill.dill.load dill.dill.loads
     dill._dill.Unpickler dill.Unpickler cloudpickle.load cloudpickle.loads cloudpickle.cloudpickle.load cloudpickle.cloudpickle.loads joblib.load
     joblib.numpy_pickle.load joblib.numpy_pickle.NumpyUnpickler joblib.numpy_pickle_compat joblib.numpy_pickle._unpickle joblib.memory.MemorizedResult
     pandas.read_pickle pandas.io.pickle pandas.compat.pickle_compat pandas.io.pytables.read_hdf torch.load torch.serialization
     torch.jit.load torch.jit._serialization torch.package torch.hub torch.classes.load_library torch.ops.load_library
     torch.classes torch.ops torch._ops torch._classes torch.distributed.nn torch.distributed.rpc torch.distributed.checkpoint
     torch.distributed.distributed_c10d torch.utils.model_zoo torch.utils.data.datapipes torch.utils.tensorboard torch.export.load torch._C._jit_import torch.from_file
     torch._C.import_ir_module numpy.load numpy.lib.npyio numpy.lib._npyio_impl numpy.lib.format numpy.loadtxt numpy.genfromtxt numpy.fromfile numpy.ctypeslib
     numpy.core._internal.import_ numpy.compat.py3k numpy.compat.npy_load_module numpy.compat.npy_pkload
     sklearn.externals.joblib sklearn.utils._joblib.load skops.io.load skops.io.loads skops.io._persist mlflow.pyfunc mlflow.sklearn.load_model
     mlflow.pytorch.load_model mlflow.models mlflow.tracking mlflow.artifacts keras.models.load_model keras.saving.load_model keras.src.saving.saving_api
     keras.src.saving.saving_lib keras.saving.saving_lib keras.src.legacy.saving keras.utils.get_file keras.src.utils.file_utils keras.config keras.src.saving.serialization_lib.enable_unsafe_deserialization
     tensorflow.saved_model.load tensorflow.keras.models.load_model tensorflow.keras.utils.get_file tensorflow.python.saved_model.load tensorflow.load_library
     tensorflow.load_op_library tensorflow.python.framework.load_library tensorflow.raw_ops tensorflow.io tensorflow.python.lib.io tensorflow.python.ops.gen_io_ops
     tensorflow.python.ops.io_ops tensorflow.python.ops.script_ops tensorflow.py_function tensorflow.numpy_function jsonpickle srsly.cloudpickle
     srsly.pickle_loads spacy.load spacy.util.load_model spacy.cli gensim.utils.unpickle gensim.utils.SaveLoad.load huggingface_hub transformers.dynamic_module_utils
     transformers.pipelines transformers.pipeline transformers.utils.hub transformers.tools transformers.agents datasets.load_dataset datasets.load datasets.utils datasets.builder datasets.load_from_disk
     sentence_transformers.util.import_from_string flair.data.load onnxruntime.InferenceSession onnx.load xgboost.core.Booster.load_model catboost.core.CatBoost.load_model lightgbm.basic._LIB
     easyocr.Reader easyocr.easyocr.Reader paddleocr.PaddleOCR whisper.load_model nltk.download nltk.downloader stanza.Pipeline stanza.download
     fasttext.load_model anndata.read pyarrow.plasma pyarrow.serialization pyarrow.deserialize msgpack_numpy klepto
     compress_pickle zodbpickle ZODB hickle statsmodels.iolib.smpickle statsmodels.iolib.openfile networkx.read_gpickle pystan pymc.load
     ultralytics.utils.downloads ultralytics.hub timm.models.hub timm.create_model timm.models.factory open_clip.create_model nemo.utils.model_utils nemo.core.classes.common.import_class_by_path
     importlib.metadata importlib.resources pkgutil zipimport imp importlib`,
  ],
  [
    'pickle-indirection',
    'fetches a module or attribute by name, to call what a list of names would refuse',
    `builtins.__import__ builtins.globals builtins.locals builtins.vars builtins.dir importlib.import_module importlib.__import__
     pkgutil.resolve_name pydoc.locate operator.call _operator.call
     logging.config._resolve functools.partialmethod functools.singledispatch inspect.getattr_static
     unittest.loader unittest.mock types.MethodType types.ModuleType types.new_class types.SimpleNamespace.__class__
     django.utils.module_loading werkzeug.utils.import_string werkzeug.datastructures zope.dottedname sqlalchemy.util.langhelpers cloudpickle.cloudpickle.subimport
     cloudpickle.cloudpickle.dynamic_subimport dill._dill._import_module dill.dill._import_module dill._dill._getattribute dill._dill._get_attr numba.core.serialize._rebuild_module
     email.message_from_file xml.sax.make_parser torch._lazy torch._jit_internal._qualified_name torch._sources
     pandas.compat._optional.import_optional_dependency pandas.core.accessor pandas.util._decorators pandas.io.formats.style sklearn.utils._testing sklearn.utils.metaestimators._BaseComposition
     scipy._lib.deprecation scipy._lib._array_api transformers.utils.import_utils transformers.utils.generic.load keras.src.saving.serialization_lib keras.saving.deserialize_keras_object
     keras.src.saving.object_registration tensorflow.python.util.lazy_loader tensorflow.python.util.tf_inspect tensorflow.python.keras.utils.generic_utils`,
  ],
  [
    'pickle-changes-interpreter',
    'changes the running interpreter',
    `sys _imp gc _testcapi _xxsubinterpreters _interpreters copyreg.add_extension copyreg.pickle copyreg.constructor copyreg.remove_extension copyreg._inverted_registry copyreg._extension_registry
     copyreg._extension_cache copyreg.dispatch_table copyreg.clear_extension_cache builtins.setattr builtins.delattr builtins.exit builtins.quit builtins.license
     builtins.credits builtins.copyright signal _signal resource tracemalloc warnings.simplefilter warnings.filterwarnings warnings.showwarning locale.setlocale codecs.register codecs.register_error _codecs.register _codecs.register_error
     io.open_code ssl._create_default_https_context socket.setdefaulttimeout threading.setprofile threading.settrace threading.excepthook functools.update_wrapper functools.wraps
     weakref.finalize numpy.set_string_function numpy.seterrcall numpy.setbufsize torch.set_default_dtype torch.set_default_tensor_type torch.manual_seed torch.register_extension joblib.parallel.register_parallel_backend
     joblib.register_store_backend joblib.register_compressor sklearn.set_config contextvars.Context contextlib.ExitStack contextlib._GeneratorContextManager abc.ABCMeta.register`,
  ],
  [
    'pickle-touches-system',
    'reads or writes files, or opens a connection',
    `builtins.open builtins.file io.open io.FileIO io.OpenWrapper _io.open _io.FileIO _io.open_code _pyio.open _pyio.FileIO codecs.open
     shutil tempfile fileinput glob genericpath posixpath ntpath macpath linecache filecmp zipfile tarfile gzip bz2 lzma compression sqlite3 _sqlite3 dbm _dbm _gdbm anydbm dbhash dumbdbm gdbm bsddb whichdb
     mmap netrc pwd grp spwd socket _socket ssl _ssl http urllib urllib2 httplib ftplib telnetlib smtplib smtpd poplib imaplib nntplib xmlrpc xmlrpclib socketserver SocketServer
     asyncore asynchat select selectors wsgiref mailbox logging.FileHandler logging.handlers logging.basicConfig csv.reader configparser.ConfigParser.read plistlib.load json.load tomllib.load
     getpass.getpass syslog fcntl termios tty nturl2path sndhdr imghdr wave aifc sunau chunk mimetypes.init mailcap gettext locale.bindtextdomain
     zipimport.zipimporter xml.etree.ElementTree.parse xml.dom xml.sax cgi http.server requests urllib3 httpx aiohttp pycurl boto botocore boto3 s3fs gcsfs fsspec smart_open websocket websockets zmq redis pymongo
     psycopg2 pymysql MySQLdb optuna.storages.RDBStorage optuna.storages._rdb optuna.storages.get_storage sqlalchemy.create_engine sqlalchemy.engine elasticsearch ftputil dns ldap nmap shodan telethon slack_sdk tweepy google.cloud azure.storage
     numpy.memmap numpy.core.memmap numpy.savetxt numpy.save numpy.savez numpy.DataSource numpy.lib._datasource numpy.ndarray.tofile numpy.core.records.fromfile numpy.rec.fromfile
     pandas.read_csv pandas.read_table pandas.read_json pandas.read_html pandas.read_xml pandas.read_sql pandas.read_excel pandas.read_parquet pandas.read_hdf pandas.read_feather pandas.read_orc pandas.read_stata pandas.read_sas
     pandas.read_clipboard pandas.io pandas.HDFStore pandas.ExcelFile pandas.ExcelWriter scipy.io scipy.datasets sklearn.datasets torch.utils.data.dataset_from_file torch.save torch.onnx torch.storage.UntypedStorage.from_file torch.FloatStorage.from_file
     torch.UntypedStorage.from_file torchvision.io torchaudio.load PIL.Image.open PIL.EpsImagePlugin PIL.ImageShow PIL.ImageGrab matplotlib.pyplot.savefig cv2.imread cv2.imwrite h5py.File h5py._hl.files zarr.open netCDF4 tables.open_file skimage.io
     imageio nibabel.load pydicom.dcmread joblib.dump joblib.numpy_pickle.dump gradio streamlit flask fastapi uvicorn tornado.web wget gdown patoolib py7zr rarfile keyring pyautogui pynput pyperclip mss
     clearml comet_ml neptune tensorboard.program kaggle openml`,
  ],
]

export interface Danger {
  technique: TechniqueId
  effect: string
}

const TABLE: ReadonlyMap<string, Danger> = new Map(
  DANGERS.flatMap(([technique, effect, paths]) =>
    words(paths).map((path): [string, Danger] => [path, { technique, effect }]),
  ),
)

/** What the libraries themselves write, in modules that are dangerous otherwise. */
const WRITTEN =
  /^(?:torch\.serialization\._get_layout$|ruamel\.yaml\.(?:comments|scalar\w+|tokens|anchor)\.|requests\.structures\.)/

/** The nearest entry around a dotted path. */
export function dangerOf(path: string): Danger | undefined {
  if (WRITTEN.test(path)) return undefined
  for (let end = path.length; end > 0; end = path.lastIndexOf('.', end - 1)) {
    const danger = TABLE.get(path.slice(0, end))
    if (danger) return danger
  }
  return undefined
}
