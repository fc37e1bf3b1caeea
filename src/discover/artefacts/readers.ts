// Which reader takes which format.
import { rData } from './code/r-data.ts'
import { type Codec, expand } from './containers/expand.ts'
import { sevenZip } from './containers/seven-zip.ts'
import { tar } from './containers/tar.ts'
import { zip } from './containers/zip.ts'
import { cntk } from './graphs/cntk.ts'
import { hdf5 } from './graphs/hdf5.ts'
import { onnx } from './graphs/onnx.ts'
import {
  catboost,
  coreml,
  llamafile,
  program,
  tensorflow,
  tensorflowGraph,
  tensorflowMeta,
  tflite,
} from './graphs/others.ts'
import type { Format } from './identify.ts'
import { baseName, extension, inside, Limit, type Piece, type Reader, report } from './piece.ts'
import { guessPickle, isNamedPickle, scanPickle } from './pickle/scan-pickle.ts'
import { bytesSource, sliceSource } from './source.ts'
import { gguf } from './tensors/gguf.ts'
import { msgpack } from './tensors/msgpack.ts'
import { npy } from './tensors/npy.ts'
import { safetensors } from './tensors/safetensors.ts'
import { json } from './texts/json.ts'
import { jinja, python, text } from './texts/source.ts'
import { xml } from './texts/xml.ts'
import { yaml } from './texts/yaml.ts'

const ZF_HEADER = 21

export const READERS: Readonly<Record<Format, Reader>> = {
  empty: () => {},
  unknown: guessPickle,
  compiled: (piece) => {
    report(piece, 'executable-model', { why: 'it is compiled for a processor; what it runs there is not read' })
    guessPickle(piece)
  },
  'no-reader': (piece) => {
    const isPickle = guessPickle(piece)
    if (!isPickle) report(piece, 'not-read', { why: `${extension(piece.name) || 'these'} files are not read` })
  },
  cntk,
  catboost,
  msgpack,
  netcdf: () => {},
  'lfs-pointer': (piece) =>
    report(piece, 'not-read', { why: 'it is a pointer of Git LFS; the file that it stands for is not here' }),
  text,
  pickle: (piece) => {
    if (isNamedPickle(piece.name)) scanPickle(piece)
    else guessPickle(piece)
  },
  zip: (piece) => zip(piece),
  tar,
  '7z': sevenZip,
  rar: (piece) => report(piece, 'not-read', { why: 'RAR archives are not read' }),
  gzip: packed('gzip'),
  zlib: (piece) => {
    // Headerless numbers begin like this now and then.
    if (!isReadable(piece, 'zlib')) guessPickle(piece)
    else packed('zlib')(piece)
  },
  bzip2: packed('bzip2'),
  xz: packed('xz'),
  lzma: (piece) => {
    if (/^(?:lzma|xz|joblib|pkl|pickle)$/.test(extension(piece.name)) || isReadable(piece, 'lzma'))
      packed('lzma')(piece)
    else guessPickle(piece)
  },
  lz4: packed('lz4'),
  zstd: packed('zstd'),
  'joblib-zf': (piece) => packed('zlib')({ ...piece, source: sliceSource(piece.source, ZF_HEADER, piece.source.size) }),
  npy,
  safetensors,
  gguf,
  hdf5,
  onnx,
  'tf-savedmodel': tensorflow,
  'tf-metagraph': tensorflowMeta,
  'tf-graph': tensorflowGraph,
  tflite,
  coreml,
  json,
  yaml,
  xml,
  python,
  jinja,
  'r-data': rData,
  program,
  llamafile,
  'named-otherwise': (piece) => {
    if (!guessPickle(piece)) report(piece, 'not-read', { why: `it is called ${extension(piece.name)}, and is not` })
  },
}

function packed(codec: Codec): Reader {
  return (piece) => {
    const { source } = piece
    const most = piece.shared.limits.memberBytes
    if (source.size > most) throw new Limit(`it has more than ${most} bytes`)
    let name = baseName(piece.name).replace(/\.(?:gz|bz2|xz|lzma|lz4|zst|z|tgz)$/i, '')
    if (/\.tgz$/i.test(piece.name)) name += '.tar'
    const bytes = bytesSource(expand(piece, codec, source.read(0, source.size)))
    inside(piece, name === baseName(piece.name) ? `${name} (${codec})` : name, bytes)
  }
}

function isReadable(piece: Piece, codec: 'zlib' | 'lzma'): boolean {
  try {
    expand(
      { ...piece, shared: { ...piece.shared, found: () => {}, expand: () => {} } },
      codec,
      piece.source.read(0, Math.min(piece.source.size, 64 * 1024 * 1024)),
    )
    return true
  } catch (error) {
    return error instanceof Limit
  }
}
