// Says what a piece is by its bytes; its name decides only where bytes cannot, since a name is the author's to choose.
import { findEnd } from './containers/zip-directory.ts'
import { isTarHeader } from './containers/tar.ts'
import { isCntk } from './graphs/cntk.ts'
import { isMessage } from './graphs/protobuf.ts'
import { isNamedPickle, mayBePickle } from './pickle/scan-pickle.ts'
import { baseName, extension, type Piece } from './piece.ts'
import { Fields, startsWith } from './source.ts'
import { isMsgpack } from './tensors/msgpack.ts'

export const FORMATS = [
  'unknown',
  'empty',
  'text',
  'pickle',
  'zip',
  'tar',
  '7z',
  'rar',
  'gzip',
  'zlib',
  'bzip2',
  'xz',
  'lzma',
  'lz4',
  'zstd',
  'joblib-zf',
  'npy',
  'safetensors',
  'gguf',
  'hdf5',
  'onnx',
  'tf-savedmodel',
  'tf-metagraph',
  'tf-graph',
  'tflite',
  'coreml',
  'json',
  'yaml',
  'xml',
  'python',
  'jinja',
  'r-data',
  'program',
  'llamafile',
  'netcdf',
  'lfs-pointer',
  'cntk',
  'catboost',
  'msgpack',
  'compiled',
  'no-reader',
  'named-otherwise',
] as const
export type Format = (typeof FORMATS)[number]

const MOST_POINTER = 1024
const MAGICS: readonly (readonly [string, Format])[] = [
  ['PK\u0003\u0004', 'zip'],
  ['PK\u0005\u0006', 'zip'],
  ['7z\u00bc\u00af\u0027\u001c', '7z'],
  ['Rar!\u001a\u0007', 'rar'],
  ['\u001f\u008b', 'gzip'],
  ['BZh', 'bzip2'],
  ['\u00fd7zXZ\u0000', 'xz'],
  ['\u0004\u0022\u004d\u0018', 'lz4'],
  ['\u0028\u00b5\u002f\u00fd', 'zstd'],
  ['\u0093NUMPY', 'npy'],
  ['GGUF', 'gguf'],
  ['\u0089HDF\r\n\u001a\n', 'hdf5'],
  ['MZqFpD', 'llamafile'],
  ["jartsr='", 'llamafile'],
  ['\u007fELF', 'program'],
  ['\u00cf\u00fa\u00ed\u00fe', 'program'],
  ['\u00ce\u00fa\u00ed\u00fe', 'program'],
  ['\u00ca\u00fe\u00ba\u00be', 'program'],
  ['\u0000asm', 'program'],
  ['#!', 'program'],
  ['RDX2\n', 'r-data'],
  ['RDX3\n', 'r-data'],
  ['RDA2\n', 'r-data'],
  ['RDA3\n', 'r-data'],
  ['RDB2\n', 'r-data'],
  ['RDB3\n', 'r-data'],
  ['version https://git-lfs.github.com/spec/', 'lfs-pointer'],
  ['CBM1', 'catboost'],
  ['ftrt', 'compiled'],
  ['ptrt', 'compiled'],
  ['RKNN', 'compiled'],
  ['CDF\u0001', 'netcdf'],
  ['CDF\u0002', 'netcdf'],
]

/** Names of formats that have a magic: without it the file is not what it is called. */
const CLAIMED =
  /^(?:gguf|safetensors|h5|hdf5|keras|npy|npz|onnx|cbm|msgpack|7z|tflite|skops|nemo|mar|pt2|rds|rda|rdata)$/
/** Made by compilers for one kind of processor, each in a format of its own. */
const COMPILED = /^(?:engine|plan|trt|rknn|hef|kmodel|bmodel|om|blob|xmodel|neff|vmfb)$/
/** Graphs that nobody reads here. */
const NO_READER = /^(?:uff|mnn|dlc|caffemodel|pdmodel|circle|tnn|tmfile|ort|pte|dnn|cmf)$/
const ONNX_FIELDS: ReadonlySet<number> = new Set([1, 2, 3, 4, 5, 6, 7, 8, 14, 20, 25, 26])
/** `BCN`, in letters of two bytes. */
const OLD_CNTK = 'B\u0000C\u0000N\u0000'
const GRAPH_FIELDS: ReadonlySet<number> = new Set([1, 2, 3, 4, 5])

export function identify(piece: Piece): Format {
  const { source } = piece
  if (source.size === 0) return 'empty'
  const head = Uint8Array.from(source.read(0, 512))
  const name = baseName(piece.name).toLowerCase()
  const ext = extension(name)
  const known = MAGICS.find(([magic]) => startsWith(head, magic))?.[1]
  if (known === 'program' && startsWith(head, '#!') && findEnd(source) === undefined)
    return ext === 'py' ? 'python' : 'text'
  // An archive may begin with any text.
  if (known === 'lfs-pointer' && (source.size > MOST_POINTER || findEnd(source) !== undefined))
    return byStructure(piece, head, name, ext)
  if (known !== undefined && known !== 'bzip2') return known
  if (known === 'bzip2' && (head[3] ?? 0) >= 0x31 && (head[3] ?? 0) <= 0x39) return known
  return byStructure(piece, head, name, ext)
}

function byStructure(piece: Piece, head: Uint8Array, name: string, ext: string): Format {
  const { source } = piece
  const fields = new Fields(head)
  if (isTarHeader(head)) return 'tar'
  if (fields.ascii(4, 4) === 'TFL3') return 'tflite'
  if (startsWith(head, 'MZ') && fields.u32(60) < source.size && fields.u32(60) > 0) return 'program'
  if (startsWith(head, 'ZF0x')) return 'joblib-zf'
  if (isSafetensors(fields, source.size, ext)) return 'safetensors'
  if (isRData(fields)) return 'r-data'
  if (fields.u8(0) === 0x5d && fields.u8(1) === 0 && fields.u8(2) === 0) return 'lzma'
  const isLines = ext === 'pth' && isText(head)
  if (mayBePickle(source) || (isNamedPickle(name) && !isLines)) if (!isZlib(head)) return 'pickle'
  const hasHdf5 = [512, 1024, 2048].some((at) => startsWith(source.read(at, 8), '\u0089HDF\r\n\u001a\n'))
  if (hasHdf5) return 'hdf5'
  const graph = byGraph(piece, name, ext)
  if (graph) return graph
  if (isZlib(head)) return 'zlib'
  if (isText(head)) return ofText(fields.ascii(0, 512), ext)
  if (ext === 'pmml' || ext === 'xml') return 'xml'
  if (piece.depth === 0 && findEnd(source) !== undefined) return 'zip'
  if (isMsgpack(source, ext)) return 'msgpack'
  if (COMPILED.test(ext)) return 'compiled'
  if (NO_READER.test(ext) || startsWith(head, OLD_CNTK)) return 'no-reader'
  return CLAIMED.test(ext) ? 'named-otherwise' : 'unknown'
}

function byGraph({ source }: Piece, name: string, ext: string): Format | undefined {
  if (name === 'saved_model.pb') return 'tf-savedmodel'
  if (ext === 'onnx' || ext === 'ort') return isMessage(source, ONNX_FIELDS) ? 'onnx' : undefined
  if (ext === 'meta' && isMessage(source, new Set([1, 2, 3, 4, 5, 6, 7]))) return 'tf-metagraph'
  if (ext === 'mlmodel') return 'coreml'
  if (ext === 'pb' || ext === 'pbtxt' || ext === 'graphdef')
    return isMessage(source, GRAPH_FIELDS) ? 'tf-graph' : undefined
  // After the endings: a SavedModel can be written so that it reads as a dictionary of CNTK as well.
  if (isCntk(source)) return 'cntk'
  // Under any other name: the producer's first fields.
  const head = new Fields(Uint8Array.from(source.read(0, 4)))
  const isModel = head.u8(0) === 8 && head.u8(1) <= 30 && (head.u8(2) === 0x12 || head.u8(2) === 0x3a)
  return isModel && source.size > 16 && isMessage(source, ONNX_FIELDS) && hasGraph(source) ? 'onnx' : undefined
}

function hasGraph(source: Piece['source']): boolean {
  return isMessage(source, ONNX_FIELDS, 1_000_000) && source.size > 0
}

/** The letter of a spelling, then version 2 or 3. */
function isRData(fields: Fields): boolean {
  const start = fields.ascii(0, 4)
  if (start.startsWith('A\n')) return /^A\n[23]\n/.test(start)
  if (start.startsWith('X\n')) return fields.u32be(2) === 2 || fields.u32be(2) === 3
  return start.startsWith('B\n') && (fields.u32(2) === 2 || fields.u32(2) === 3)
}

function isSafetensors(fields: Fields, size: number, ext: string): boolean {
  const isHeader = fields.u8(8) === 0x7b && /^\{\s*(?:"|\})/.test(fields.ascii(8, 64))
  return isHeader && (ext === 'safetensors' || (fields.u64(0) + 8 <= size && fields.u64(0) < 2 ** 32))
}

const isZlib = (head: Uint8Array) =>
  head[0] === 0x78 &&
  ((head[0] ?? 0) * 256 + (head[1] ?? 0)) % 31 === 0 &&
  head.length > 8 &&
  [0x01, 0x5e, 0x9c, 0xda].includes(head[1] ?? 0)

function isText(head: Uint8Array): boolean {
  let odd = 0
  for (const byte of head) {
    if (byte === 0) return false
    if (byte < 9 || (byte > 13 && byte < 32 && byte !== 27)) odd++
  }
  return odd === 0 && !(head.filter((byte) => byte >= 0x80).length > head.length / 2 && !isUtf8(head))
}

function isUtf8(head: Uint8Array): boolean {
  return !Buffer.from(head.subarray(0, Math.max(0, head.length - 4)))
    .toString('utf8')
    .includes('\uFFFD')
}

function ofText(start: string, ext: string): Format {
  const first = start.replace(/^\u00ef\u00bb\u00bf/, '').trimStart()
  if (ext === 'py' || ext === 'pyi' || ext === 'pyw') return 'python'
  if (/^jinja2?$|^j2$/.test(ext)) return 'jinja'
  if (/^<(?:\?xml|!DOCTYPE (?!html)|!ENTITY|PMML|net\b|xsl:)/.test(first) || ext === 'pmml' || ext === 'xml')
    return 'xml'
  if (/^(?:ya?ml)$/.test(ext) || /^MLmodel$/i.test(ext) || ext === 'mlmodel-yaml') return 'yaml'
  if (/^[{[]/.test(first) && !/^\{[%{#]/.test(first)) return 'json'
  if (/^(?:artifact_path|flavors|model_uuid|_target_|target|run_id|mlflow_version)\s*:/m.test(first)) return 'yaml'
  return 'text'
}
