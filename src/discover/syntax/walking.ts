// The parser's cursor without its wrapper: that one copies its state into WebAssembly and out again for each question,
// here the state stays inside. The functions are those of the package's own glue, which keeps them on the object that it
// was started with; they are asked for by name when it starts, so another version of the package fails there and then.
import { readFileSync } from 'node:fs'
import { Parser, type Tree } from 'web-tree-sitter'

const QUESTIONS = [
  '_ts_tree_root_node_wasm',
  '_ts_tree_cursor_new_wasm',
  '_ts_tree_cursor_delete_wasm',
  '_ts_tree_cursor_goto_first_child_wasm',
  '_ts_tree_cursor_goto_next_sibling_wasm',
  '_ts_tree_cursor_goto_parent_wasm',
  '_ts_tree_cursor_current_node_type_id_wasm',
  '_ts_tree_cursor_current_field_id_wasm',
  '_ts_tree_cursor_start_index_wasm',
  '_ts_tree_cursor_end_index_wasm',
] as const
type Question = (tree: number) => number
type Engine = Record<(typeof QUESTIONS)[number], Question>

export interface Walking {
  /** To the first child; false where there is none. */
  down(): boolean
  next(): boolean
  up(): void
  type(): number
  /** 0 where the node stands in no field. */
  field(): number
  start(): number
  end(): number
  /** Must be called, and no other walk or question to the parser may come before it. */
  close(): void
}

let engine: Engine | undefined

export async function startEngine(file: string): Promise<void> {
  const options = {
    instantiateWasm(
      imports: EngineImports,
      started: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void,
    ) {
      imports.env['tree_sitter_parse_callback'] = givenFrom(options, imports.env.memory)
      const module = new WebAssembly.Module(readFileSync(file))
      started(new WebAssembly.Instance(module, imports), module)
    },
  }
  await Parser.init(options)
  engine = Object.fromEntries(QUESTIONS.map((name) => [name, questionOf(options, name)])) as Engine
}

interface EngineImports extends WebAssembly.Imports {
  env: WebAssembly.ModuleImports & { memory: WebAssembly.Memory }
}

/** Bytes that the parser has room for, the last two of which it does not use. */
const ROOM = 10 * 1024

/** Gives the parser the text that it asks for. Its own glue writes one letter after the other, this all at once. */
const givenFrom =
  (glue: object, memory: WebAssembly.Memory) =>
  (at: number, index: number, _row: number, _column: number, lengthAt: number) => {
    const text = String((Reflect.get(glue, 'currentParseCallback') as (index: number) => string)(index))
    new DataView(memory.buffer).setInt32(lengthAt, text.length, true)
    Buffer.from(memory.buffer, at, ROOM).write(text.slice(0, ROOM / 2 - 1), 'utf16le')
  }

function questionOf(options: object, name: string): Question {
  const found: unknown = Reflect.get(options, name)
  if (typeof found !== 'function')
    throw new Error(`the parser has no ${name}; its version must be the one in package.json`)
  return found as Question
}

export function walkingOf(tree: Tree): Walking {
  const address: unknown = Reflect.get(tree, 0)
  if (engine === undefined || typeof address !== 'number')
    throw new Error('a tree of a parser that was not started here')
  const {
    _ts_tree_root_node_wasm: root,
    _ts_tree_cursor_new_wasm: open,
    _ts_tree_cursor_delete_wasm: close,
    _ts_tree_cursor_goto_first_child_wasm: first,
    _ts_tree_cursor_goto_next_sibling_wasm: sibling,
    _ts_tree_cursor_goto_parent_wasm: parent,
    _ts_tree_cursor_current_node_type_id_wasm: type,
    _ts_tree_cursor_current_field_id_wasm: field,
    _ts_tree_cursor_start_index_wasm: start,
    _ts_tree_cursor_end_index_wasm: end,
  } = engine
  // Each leaves its answer where the next expects it.
  root(address)
  open(address)
  return {
    down: () => first(address) === 1,
    next: () => sibling(address) === 1,
    up: () => void parent(address),
    type: () => type(address),
    field: () => field(address),
    start: () => start(address),
    end: () => end(address),
    close: () => void close(address),
  }
}
