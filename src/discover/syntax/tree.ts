// A parse tree as plain objects, fetched from the parser in one walk: each look into WebAssembly costs more than the
// node is worth, so types are left out that nobody reads below. Invariant: a tree has bounds in depth and in nodes,
// whatever the file does.
import type { Language, Tree } from 'web-tree-sitter'
import { walkingOf } from './walking.ts'

export interface Node {
  type: string
  field: string | undefined
  start: number
  end: number
  kids: Node[]
}

interface Fetched {
  root: Node
  /** Something lies deeper, or further on, than is read. */
  cut: boolean
}

const MOST_NODES = 300_000
const MOST_DEPTH = 250

/** Read as text, if at all: nothing below them counts. */
const CLOSED =
  /^(?:type|type_annotation|type_arguments|type_parameters|property_signature|method_signature|call_signature|construct_signature|index_signature|object_type|union_type|function_type|identifier|property_identifier|type_identifier|field_identifier|shorthand_property_identifier|string_fragment|string_content|escape_sequence|number|integer|this|true|false|null|none|predefined_type)$/

/** What is done with the nodes of a type. */
const DROP = 0
const CLOSE = 1
const OPEN = 2

const treatments = new Map<Language, Uint8Array>()

/** Comments and bare punctuation are left behind. */
function treatmentOf(language: Language): Uint8Array {
  const known = treatments.get(language)
  if (known) return known
  const found = Uint8Array.from(language.types, (type: string | undefined, id) =>
    !language.nodeTypeIsNamed(id) || type?.includes('comment') === true ? DROP : CLOSED.test(type ?? '') ? CLOSE : OPEN,
  )
  treatments.set(language, found)
  return found
}

/** What a function does, in all the languages. */
const BODY = /^(?:statement_block|block|body_statement|compound_statement|function_body|declaration_list|class_body)$/

const bodies = new Map<Language, Uint8Array>()

function bodiesOf(language: Language): Uint8Array {
  const known = bodies.get(language)
  if (known) return known
  const found = Uint8Array.from(language.types, (type: string | undefined) => (BODY.test(type ?? '') ? 1 : 0))
  bodies.set(language, found)
  return found
}

/** `isSilent` tells where nothing is said: what a function does there is not fetched. */
export function fetchTree(tree: Tree, language: Language, isSilent?: (start: number, end: number) => boolean): Fetched {
  const { types, fields } = language
  const treatment = treatmentOf(language)
  const isBody = isSilent && bodiesOf(language)
  const walking = walkingOf(tree)
  let left = MOST_NODES
  let cut = false

  function fetch(id: number, field: string | undefined, depth: number): Node {
    left -= 1
    const node: Node = { type: types[id] ?? 'ERROR', field, start: walking.start(), end: walking.end(), kids: [] }
    if (left <= 0 || depth >= MOST_DEPTH) {
      cut = true
      return node
    }
    if (treatment[id] === CLOSE || (isBody?.[id] === 1 && isSilent?.(node.start, node.end) === true)) return node
    if (!walking.down()) return node
    do {
      const kid = walking.type()
      const at = walking.field()
      // Operators stand in a field and are kept.
      if (at > 0 || (treatment[kid] ?? OPEN) !== DROP)
        node.kids.push(fetch(kid, at > 0 ? (fields[at] ?? undefined) : undefined, depth + 1))
    } while (walking.next())
    walking.up()
    return node
  }

  try {
    return { root: fetch(walking.type(), undefined, 0), cut }
  } finally {
    walking.close()
  }
}

export const kid = (node: Node, ...fields: readonly string[]): Node | undefined =>
  node.kids.find(({ field }) => field !== undefined && fields.includes(field))

export const ofType = (node: Node, types: RegExp): Node | undefined => node.kids.find(({ type }) => types.test(type))
