// Agents that nobody's library makes: the lowest part of the project's own code in which a model is asked, what it chose is
// read, and that is run. Whoever calls such a part only uses it, so what is done below it counts for nobody above.
import { ACT } from './acts.ts'
import { addAgent, CALLED_AGENT } from './agent-words.ts'
import { childrenOf } from '../class-line.ts'
import type { Evidence } from '../evidence.ts'
import { callsOf } from '../meanings.ts'
import { asks, type Part, type Parts, partsOf } from './parts.ts'
import { isPlainName } from './plain-names.ts'
import { homeOf } from '../project-names.ts'

const MOST_DEPTH = 6

export function ownLoops(evidence: Evidence) {
  const said = evidence.collector.said('agents')
  const files = new Set(said.map(({ file }) => file))
  const nameless = new Map<string, Part[]>()
  const loops = joined(partsOf(evidence), evidence)
  for (const part of loops) {
    if (!CALLED_AGENT.test(part.name ?? '') && !isOffered(evidence)) continue
    if (said.some(({ file, line }) => file === part.unit.file && part.line <= line && line <= part.end)) continue
    if (!part.isClass && loops.some((other) => isSameInPieces(part, other))) continue
    if (part.isClass && part.name !== undefined) ofClass(part, part.name, evidence)
    // What stands beside an agent of a library is a step of it, or starts it.
    else if (!files.has(part.unit.file)) {
      const name = nameOfCode(part, evidence)
      nameless.set(name, [...(nameless.get(name) ?? []), part])
    }
  }
  for (const [name, parts] of nameless)
    for (const { unit, line } of parts)
      addAgent(parts.length === 1 ? name : `${name} (${unit.file})`, line, unit, evidence, 'own-loop', 0.75)
}

/** `answer_stream()` beside `answer()`: the same agent, whose words come one after the other. */
const isSameInPieces = (part: Part, other: Part): boolean =>
  other !== part &&
  !other.isClass &&
  other.unit === part.unit &&
  part.name !== undefined &&
  other.name === part.name.replace(/_?stream(?:ing|ed)?(?:_?async)?$/i, '')

/** Where a project has no tools and starts no server, whoever uses it brings them: a client for others to fill. */
const isOffered = ({ collector }: Evidence): boolean =>
  collector.of('tools').length > 0 ||
  collector.of('mcpServers').some(({ attributes }) => attributes['role'] !== 'client')

/** What others are made from, and is never made itself, is no agent yet; those are. */
function ofClass({ unit, line }: Part, name: string, evidence: Evidence) {
  const held = evidence.project.classNamed(name, unit)
  const below = held ? childrenOf(held.held, evidence) : []
  if (held && below.length > 0 && callsOf(name, evidence).length === 0)
    for (const one of below) addAgent(one.held.name, one.held.line, one.unit, evidence, 'own-loop', 0.75)
  else addAgent(name, line, unit, evidence, 'own-loop', 0.75)
}

/** The function, unless that says nothing; then the file, the folder or the project. */
function nameOfCode({ name, unit }: Part, evidence: Evidence): string {
  if (name !== undefined && !isPlainName(name)) return name
  const parts = unit.file.replace(/\.\w+$/, '').split('/')
  return (
    parts.findLast((part) => !isPlainName(part) && !/^(?:src|\[.*\])$/.test(part)) ?? homeOf(unit.file, evidence).name
  )
}

/** The lowest parts that ask a model and run what it chose, or those that hand such a part who it is and what it may use. */
function joined(parts: Parts, evidence: Evidence): Part[] {
  const acts = new Map<Part, number>()
  const loops = new Set<Part>()
  const clients = new Map<Part, readonly Part[]>()
  const look = (part: Part, depth: number): number => {
    const before = acts.get(part)
    if (before !== undefined || depth > MOST_DEPTH) return before ?? 0
    const own = part.acts | ([...part.compared].some((text) => evidence.collector.has('tools', text)) ? ACT.runs : 0)
    acts.set(part, own)
    const called = [...parts.calledBy(part)]
    const below = called.map((one) => look(one, depth + 1))
    const all = below.reduce((sum, one, at) => (isWhole(called[at], one) ? sum : sum | one), own)
    acts.set(part, all)
    if (runsChosen(all)) loops.add(part)
    else if (tells(own) && part.name !== undefined)
      clients.set(
        part,
        called.filter((_, at) => runsChosen(below[at] ?? 0)),
      )
    return all
  }
  for (const part of parts.all) look(part, 0)
  for (const [client, used] of clients) {
    if (used.length === 0 || used.some(({ name }) => CALLED_AGENT.test(name ?? ''))) continue
    for (const loop of used) loops.delete(loop)
    loops.add(client)
  }
  return [...loops]
}

const does = (acts: number, ...wanted: number[]): boolean => wanted.some((one) => (acts & one) !== 0)

/** An agent is used by those above it, whatever it does: what runs its choices, or what is called so and asks. */
const isWhole = (part: Part | undefined, acts: number): boolean =>
  runsChosen(acts) || (part?.isClass === true && CALLED_AGENT.test(part.name ?? ''))

const runsChosen = (acts: number): boolean =>
  asks(acts) && does(acts, ACT.runs) && does(acts, ACT.chooses, ACT.answers, ACT.runsTools)

const tells = (acts: number): boolean => does(acts, ACT.hands) && does(acts, ACT.speaks)
