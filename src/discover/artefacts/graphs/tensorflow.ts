// TensorFlow's graphs: a SavedModel, a MetaGraph or a bare GraphDef is a program, and some of its operators write files, read
// them or call Python. Ops are looked for in the graph and in every function of its library.
import { type Piece, report } from '../piece.ts'
import { leavesFolder } from '../containers/names.ts'
import type { ByteSource } from '../source.ts'
import type { TechniqueId } from '../techniques.ts'
import { kerasConfig } from './keras.ts'
import { bodies, protoFields, textField } from './protobuf.ts'

const OPERATORS: readonly (readonly [TechniqueId, RegExp])[] = [
  [
    'graph-calls-python',
    /^(?:(?:Eager)?PyFunc(?:Stateless)?|PyFuncStateless|OneShotIterator.*Py|TFPyFunc|NumpyFunction)$/,
  ],
  [
    'graph-writes',
    /^(?:WriteFile|SaveDataset(?:V2)?|DatasetToTFRecord|Create(?:Summary)?(?:File|Db)Writer|CreateSummaryFileWriter|CreateSummaryDbWriter|WriteSummary|WriteAudioSummary|WriteGraphSummary|WriteRawProtoSummary|ExperimentalDatasetToTFRecord|DistributedSave(?:V2)?|FileSystemSetConfiguration|PrintToFile|DumpToFile|Debug(?:Identity|NanCount|NumericSummary)(?:V\d)?|ImportEvent|Snapshot(?:Nested)?Dataset(?:V\d|Reader)?|ExperimentalSnapshotDataset|SaveDatasetV\d|WriteHistogramSummary|WriteImageSummary|WriteScalarSummary|SummaryWriter)$/,
  ],
  [
    'graph-reads',
    /^(?:ReadFile|MatchingFiles|ListDirectory|WholeFileReader(?:V2)?|TextLineReader(?:V2)?|FixedLengthRecordReader(?:V2)?|TFRecordReader(?:V2)?|LMDBReader|LoadDataset(?:V2)?|TextLineDataset(?:V2)?|RegisterDataset(?:V2)?|TFRecordDataset(?:V2)?|FixedLengthRecordDataset(?:V2)?|LMDBDataset|SqlDataset|CSVDataset(?:V2)?|MatchingFilesDataset|DataServiceDataset(?:V\d)?|RpcCall|RpcClient|RpcServer|RpcServerStart|BigtableTable|GcsConfigureCredentials|KafkaDataset|LoadLibrary|ImmutableConst|IO>\w+)$/,
  ],
]

const PRINT = /^(?:PrintV2|Print)$/
const DEBUG = /^DebugIdentity|^DebugN|^DebugNumeric/

export function savedModel(piece: Piece): void {
  for (const meta of bodies(piece.source, 2)) metaGraph(piece, meta)
}

export function metaGraph(piece: Piece, source: ByteSource = piece.source): void {
  for (const { number, body } of protoFields(source)) {
    if (!body) continue
    if (number === 2) graphDef(piece, body)
    else if (number === 6) {
      const name = textField(body, 2)
      if (leavesFolder(name))
        report(piece, 'external-data-escapes', { why: `an asset is called ${name.slice(0, 120)}` })
    } else if (number === 7) objectGraph(piece, body)
  }
}

/** Keras keeps the configuration of its layers in the metadata of the object graph. */
function objectGraph(piece: Piece, source: ByteSource): void {
  for (const node of bodies(source, 1)) {
    for (const user of bodies(node, 5)) {
      const metadata = textField(user, 3, 4 * 1024 * 1024)
      if (metadata.startsWith('{')) kerasConfig(piece, metadata)
    }
  }
}

export function graphDef(piece: Piece, source: ByteSource = piece.source): void {
  for (const { number, body } of protoFields(source)) {
    if (!body) continue
    if (number === 1) node(piece, body, 'the graph')
    else if (number === 2) for (const definition of bodies(body, 1)) functionDef(piece, definition)
  }
}

function functionDef(piece: Piece, source: ByteSource): void {
  let name = 'a function'
  for (const { number, body } of protoFields(source)) {
    if (number === 1 && body) name = `the function ${textField(body, 1).slice(0, 60)}`
    else if (number === 3 && body) node(piece, body, name)
  }
}

function node(piece: Piece, source: ByteSource, where: string): void {
  let [label, name] = ['', '']
  const attributes: ByteSource[] = []
  for (const { number, body } of protoFields(source)) {
    if (!body) continue
    if (number === 1) label = short(body)
    else if (number === 2) name = short(body)
    else if (number === 5 && attributes.length < 256) attributes.push(body)
  }
  const why = `${where} has ${name} (${label.slice(0, 40)})`
  operator(piece, name, why)
  const isWatched = PRINT.test(name) || DEBUG.test(name) || name === 'Const'
  if (!isWatched) return
  for (const attribute of attributes) {
    const value = textField(attribute, 1) === '' ? undefined : [...bodies(attribute, 2)][0]
    if (value) strings(piece, name, value, why)
  }
}

/** What an operator does by its name, in whatever spelling the graph is written. */
export function operator(piece: Piece, name: string, why: string): void {
  for (const [technique, pattern] of OPERATORS) if (pattern.test(name)) report(piece, technique, { why })
}

/** A graph written as text. */
export function textGraph(piece: Piece, text: string): void {
  for (const { groups, index } of text.matchAll(/\bop\s*:\s*["'](?<name>[\w>]{1,80})["']/g)) {
    const name = groups?.['name'] ?? ''
    for (const [technique, pattern] of OPERATORS)
      if (pattern.test(name)) report(piece, technique, { why: `the graph has ${name}`, offset: index })
  }
}

const short = (source: ByteSource) => Buffer.from(source.read(0, Math.min(source.size, 256))).toString('utf8')

/** Attribute values: a string, a list of strings, or a tensor of one. */
function strings(piece: Piece, operator: string, value: ByteSource, why: string): void {
  for (const { number, body } of protoFields(value)) {
    if (!body) continue
    const texts =
      number === 2
        ? [short(body)]
        : number === 1
          ? [...bodies(body, 2)].map(short)
          : number === 8 && body.size < 1_000_000
            ? [...bodies(body, 8)].slice(0, 64).map(short)
            : []
    for (const text of texts) {
      if (PRINT.test(operator) && text.startsWith('file:'))
        report(piece, 'graph-writes', { why: `${why}, to ${text.slice(0, 80)}` })
      else if (DEBUG.test(operator) && /^(?:file|grpc):/.test(text))
        report(piece, 'graph-reads', { why: `${why}, to ${text.slice(0, 80)}` })
      else if (
        operator === 'Const' &&
        /^(?:\/(?:etc|root|home|proc|sys|var|dev|tmp\/\.)|~\/|file:\/\/\/|\.\.\/)/.test(text)
      )
        report(piece, 'graph-reads', { why: `${why}, which holds the path ${text.slice(0, 80)}` })
    }
  }
}
