// A tiny ONNX model for tests, written byte by byte: two classes, and the second is sure as soon as one given token occurs.

type Field = readonly [number: number, value: number | string | Uint8Array]

/** A message of Protocol Buffers. */
function message(...fields: readonly Field[]): Uint8Array {
  return Buffer.concat(fields.map(([number, value]) => encoded(number, value)))
}

function encoded(number: number, value: number | string | Uint8Array): Buffer {
  if (typeof value === 'number') return Buffer.from([...varint(number << 3), ...varint(value)])
  const bytes = Buffer.from(value)
  return Buffer.concat([Buffer.from([...varint((number << 3) | 2), ...varint(bytes.length)]), bytes])
}

function varint(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) | 128, ...varint(Math.floor(value / 128))]
}

const [FLOAT, INT64] = [1, 7]

const node = (type: string, inputs: readonly string[], output: string, ...attributes: readonly Uint8Array[]): Field => [
  1,
  message(
    ...inputs.map((name): Field => [1, name]),
    [2, output],
    [4, type],
    ...attributes.map((one): Field => [5, one]),
  ),
]
const integer = (name: string, value: number) => message([1, name], [3, value], [20, 2])
const integers = (name: string, value: number) => message([1, name], [8, value], [20, 7])
const constant = (name: string, type: number, dims: readonly number[], raw: Uint8Array): Field => [
  5,
  message(...dims.map((size): Field => [1, size]), [2, type], [8, name], [9, raw]),
]
const float = (value: number) => Buffer.from(Float32Array.of(value).buffer)

function value(field: number, name: string, type: number, ...dims: readonly (number | string)[]): Field {
  const shape = message(...dims.map((size): Field => [1, message(typeof size === 'number' ? [1, size] : [2, size])]))
  return [field, message([1, name], [2, message([1, message([1, type], [2, shape])])])]
}

/** `length`: that of the input where the model has a fixed one. */
export function tinyModel(token: number, length: number | 'length' = 'length'): Uint8Array {
  const graph = message(
    node('Equal', ['input_ids', 'token'], 'same'),
    node('Cast', ['same'], 'hits', integer('to', FLOAT)),
    node('ReduceMax', ['hits'], 'hit', integers('axes', 1), integer('keepdims', 1)),
    node('Mul', ['hit', 'twenty'], 'scaled'),
    node('Add', ['scaled', 'minus-ten'], 'bad'),
    node('Concat', ['zero', 'bad'], 'logits', integer('axis', 1)),
    [2, 'tiny'],
    constant('token', INT64, [1], Buffer.from(BigInt64Array.of(BigInt(token)).buffer)),
    constant('twenty', FLOAT, [1], float(20)),
    constant('minus-ten', FLOAT, [1], float(-10)),
    constant('zero', FLOAT, [1, 1], float(0)),
    value(11, 'input_ids', INT64, 1, length),
    value(11, 'attention_mask', INT64, 1, length),
    value(12, 'logits', FLOAT, 1, 2),
  )
  return message([1, 8], [7, graph], [8, message([2, 13])])
}

export const VOCABULARY = '[PAD] [UNK] [CLS] [SEP] the ferry leaves at dawn ignore ##d all rules un ##true , . 字 cafe'
  .split(' ')
  .join('\n')
