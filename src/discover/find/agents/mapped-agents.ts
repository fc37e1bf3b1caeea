// Agents that code keeps in a map of the project's own: `agents = { coder: { prompt: …, tools: … } }`. The key is the name,
// unless it says another.
import { type Expr, field, type MapOf } from '../../syntax/expr.ts'
import { addAgent, HANDS, SPOKEN } from './agent-words.ts'
import type { Evidence } from '../evidence.ts'
import type { Around } from '../visit.ts'

const HOLDERS = /^(?:\w+\.)*(?:sub_?)?agents$/i
/** What an agent of any language says of itself, and is said of nothing else that stands under such a key. */
const SAYS = [
  ...SPOKEN,
  ...HANDS,
  'Prompt',
  'SystemPrompt',
  'Instructions',
  'Tools',
  'allowedTools',
  'allowed_tools',
  'AllowedTools',
]

export function ofMap(map: MapOf, { unit, scope, keys }: Around, evidence: Evidence) {
  if (!HOLDERS.test(keys.at(-1) ?? '') || map.entries.length === 0) return
  const speaks = (held: Expr) =>
    field(held, ...SAYS) !== undefined ||
    spreadOf(held).some((one) => field(evidence.resolver.meaning(one, unit, scope).expr, ...SAYS) !== undefined)
  if (!map.entries.every(([, held]) => held.kind === 'map' && speaks(held))) return
  for (const [key, held] of map.entries) {
    // A key of Go may be a constant.
    const constant: Expr = key.kind === 'text' ? { kind: 'name', name: key.value, line: key.line } : key
    const said = field(held, 'name', 'Name') ?? (unit.language === 'go' ? constant : key)
    const name = evidence.resolver.first(said, unit, scope) ?? evidence.resolver.first(key, unit, scope)
    if (name !== undefined) addAgent(name, key.line, unit, evidence, 'configuration', 0.75)
  }
}

/** `const agents: Definition[] = [{ name: 'Desk', systemPrompt: '…' }]`: each that says what it is called and how it speaks. */
export function ofList(list: Extract<Expr, { kind: 'list' }>, { unit, scope, keys }: Around, evidence: Evidence) {
  if (!HOLDERS.test(keys.at(-1) ?? '') || list.items.length === 0) return
  const said = list.items.map((item) => ({
    item,
    name: item.kind === 'map' ? evidence.resolver.first(field(item, 'name', 'Name'), unit, scope) : undefined,
  }))
  if (!said.every(({ item, name }) => name !== undefined && field(item, ...SAYS))) return
  for (const { item, name } of said)
    if (name !== undefined) addAgent(name, item.line, unit, evidence, 'configuration', 0.75)
}

/** `{ ...base, name: 'Desk' }` */
const spreadOf = (held: Expr): Expr[] =>
  held.kind === 'map'
    ? held.entries.flatMap(([key, value]) => (key.kind === 'text' && key.value === '' ? [value] : []))
    : []
