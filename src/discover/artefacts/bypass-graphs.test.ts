// Known ways around scanners in the graphs of Keras, TensorFlow and ONNX, which are programs. Each file is built here.
import { type Case, judgeAll } from './testing-cases.ts'
import { field, hdf5Of, join, zipOf } from './testing.ts'

const json = (value: unknown) => Buffer.from(JSON.stringify(value))

const keras = (...layers: object[]) => ({
  module: 'keras',
  class_name: 'Sequential',
  config: { name: 's', layers },
  registered_name: null,
})
const kerasZip = (config: object) =>
  zipOf([
    { name: 'metadata.json', data: json({ keras_version: '3.5.0' }) },
    { name: 'config.json', data: json(config) },
  ])
const layer = (module: string, name: string, config: unknown = {}) => ({
  module,
  class_name: name,
  config,
  registered_name: null,
})

const node = (name: string, operator: string, attributes: Record<string, Buffer> = {}) =>
  join(
    field(1, name),
    field(2, operator),
    ...Object.entries(attributes).map(([key, value]) => field(5, join(field(1, key), field(2, value)))),
  )
const saved = (nodes: Buffer[], functions: Buffer[][] = []) => {
  const library = join(
    ...functions.map((body) => field(1, join(field(1, field(1, 'f')), ...body.map((one) => field(3, one))))),
  )
  return join(
    field(1, 1),
    field(2, field(2, join(...nodes.map((one) => field(1, one)), functions.length > 0 ? field(2, library) : ''))),
  )
}
const texts = (value: string) => field(8, field(8, value))

const onnxTensor = (location: string) =>
  join(field(8, 'w'), field(13, join(field(1, 'location'), field(2, location))), field(14, 1))
const onnxNode = (operator: string, domain = '', attributes: Buffer[] = []) =>
  join(field(4, operator), ...attributes.map((one) => field(5, one)), domain ? field(7, domain) : '')
const onnx = (nodes: Buffer[], tensors: Buffer[] = [], more: Buffer[] = []) =>
  join(
    field(1, 9),
    field(2, 'test'),
    field(7, join(...nodes.map((one) => field(1, one)), ...tensors.map((one) => field(5, one)))),
    ...more,
  )

const cases: Case[] = [
  {
    row: 18,
    what: 'imports any module in its configuration',
    file: 'm.keras',
    content: kerasZip(keras(layer('subprocess', 'run', { args: ['x'] }))),
  },
  {
    row: 18,
    what: 'imports one deep inside',
    file: 'm.keras',
    content: kerasZip(
      keras(layer('keras.layers', 'Wrapper', { inner: [{ deeper: layer('builtins', 'function', 'exec') }] })),
    ),
  },
  {
    row: 18,
    what: 'switches unsafe loading on',
    file: 'm.keras',
    content: kerasZip(keras(layer('keras.config', 'function', 'enable_unsafe_deserialization'))),
  },
  {
    row: 18,
    what: 'fetches a file',
    file: 'm.keras',
    content: kerasZip(keras(layer('keras.utils', 'get_file', { origin: 'x' }))),
  },
  {
    row: 18,
    what: 'wraps a torch module',
    file: 'm.keras',
    content: kerasZip(keras(layer('keras.layers', 'TorchModuleWrapper', { module: 'x' }))),
  },
  {
    row: 18,
    what: 'runs another SavedModel',
    file: 'm.keras',
    content: kerasZip(keras(layer('keras.layers', 'TFSMLayer', { filepath: '/tmp/x' }))),
  },
  {
    row: 18,
    what: 'reads a vocabulary from anywhere',
    file: 'm.keras',
    content: kerasZip(keras(layer('keras.layers', 'StringLookup', { vocabulary: '/etc/passwd' }))),
  },
  {
    row: 18,
    what: 'has a Lambda in HDF5',
    file: 'm.h5',
    content: hdf5Of(
      JSON.stringify({
        class_name: 'Sequential',
        config: { layers: [{ class_name: 'Lambda', config: { function: ['4wAAAAAAAAAAAAAAAAAAAAAA', null, null] } }] },
      }),
    ),
    technique: 'layer-code',
  },
  {
    row: 18,
    what: 'spells the class of a layer in escapes',
    file: 'm.h5',
    content: hdf5Of('{"class_n\\u0061me": "L\\u0061mbda", "config": {"function": ["4wAAAAAAAAAAAAAAAAAAAAAA"]}}'),
    technique: 'layer-code',
  },
  {
    row: 18,
    what: 'has a Lambda in the metadata of a SavedModel',
    file: 'keras_metadata.pb',
    content: field(
      1,
      join(
        field(2, 1),
        field(3, 'root'),
        field(
          5,
          JSON.stringify({
            class_name: 'Lambda',
            config: { function: { class_name: '__lambda__', config: { code: '4wAAAAAAAAAAAAAAAAAAAAAA' } } },
          }),
        ),
      ),
    ),
    technique: 'layer-code',
  },
  ...['WriteFile', 'ReadFile', 'PyFunc', 'EagerPyFunc', 'MatchingFiles', 'LoadDataset'].map((operator): Case => ({
    row: 19,
    what: `has ${operator}`,
    file: 'saved_model.pb',
    content: saved([node('n', operator)]),
  })),
  {
    row: 19,
    what: 'reads a file in a function of its library',
    file: 'saved_model.pb',
    content: saved([node('x', 'Placeholder')], [[node('r', 'ReadFile')]]),
  },
  {
    row: 19,
    what: 'prints into a file',
    file: 'saved_model.pb',
    content: saved([node('p', 'PrintV2', { output_stream: field(2, 'file:///tmp/x') })]),
  },
  {
    row: 19,
    what: 'saves to a fixed path',
    file: 'saved_model.pb',
    content: saved([node('c', 'Const', { value: texts('/etc/cron.d/x') }), node('s', 'SaveV2')]),
  },
  { row: 19, what: 'is a bare graph', file: 'frozen.pb', content: field(1, node('w', 'WriteFile')) },
  ...['../x', '/etc/passwd', 'a/../../x', '..\\x', 'C:\\x', 'https://x.test/w'].map((location): Case => ({
    row: 20,
    what: `keeps weights in ${location}`,
    file: 'm.onnx',
    content: onnx([onnxNode('Add')], [onnxTensor(location)]),
    technique: 'external-data-escapes',
  })),
  {
    row: 20,
    what: 'keeps weights outside in a subgraph',
    file: 'm.onnx',
    content: onnx([onnxNode('If', '', [field(6, field(5, onnxTensor('../x')))])]),
    technique: 'external-data-escapes',
  },
  {
    row: 20,
    what: 'keeps weights outside in a tensor of an attribute',
    file: 'm.onnx',
    content: onnx([onnxNode('Constant', '', [field(5, onnxTensor('../x'))])]),
    technique: 'external-data-escapes',
  },
  {
    row: 20,
    what: 'keeps weights outside in a function',
    file: 'm.onnx',
    content: onnx(
      [onnxNode('F', 'local')],
      [],
      [
        field(
          25,
          join(field(1, 'F'), field(7, onnxNode('Constant', '', [field(5, onnxTensor('../x'))])), field(10, 'local')),
        ),
      ],
    ),
    technique: 'external-data-escapes',
  },
]

judgeAll(cases)
