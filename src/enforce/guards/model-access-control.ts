// What a caller may use of a model: which features a route grants, and one identity for each agent. Who the caller is and
// which models and routes it has was settled before this is asked; that it is asked on every call makes the grant a matter
// of record.
import { z } from 'zod'
import type { Json, JsonObject } from '../../lib/canonical-json.ts'
import { Failure } from '../../lib/failure.ts'
import { matches } from '../../lib/matches.ts'
import type { Telling } from '../../model/telling.ts'
import { type Admission, type Arrival, defineGuard } from '../guard.ts'
import { hostedTools } from '../hosted-tools.ts'
import { asksConfidence } from '../series/read-probe.ts'
import type { Agents } from '../series/series-book.ts'
import { media } from '../spend/ceiling.ts'
import { hashedName } from '../subject.ts'
import { listOf, objectOf } from '../wire/claims.ts'

const ID = 'model-access-control'
const NO_AGENT = 'no-agent'
const SHARED = 'shared-identity'
const AGENT_IDENTITY = `${ID}.agent-identity`

const telling = (says: Telling['says'], words: string): Telling => ({
  measure: AGENT_IDENTITY,
  says,
  words: (count) => `${count} ${count === 1 ? 'call' : 'calls'} came ${words}`,
})
const HAS_AGENT = telling('holds', 'with an agent’s own key or token')
const IS_SHARED = telling('breaks', 'from a second agent with the key or token of the first')
const MUST_HAVE_AGENT = telling('breaks', 'without an agent’s identity where the policy asks for one')
const LACKS_AGENT = telling('lacks', 'without an agent’s identity')

const FEATURES = [
  'streaming',
  'tools',
  'hosted-tools',
  'images',
  'audio',
  'files',
  'logprobs',
  'embeddings',
  'many-answers',
] as const
type Feature = (typeof FEATURES)[number]

const WORDS: Readonly<Record<Feature, string>> = {
  streaming: 'streamed answers are',
  tools: 'tools are',
  'hosted-tools': 'tools that the provider runs itself are',
  images: 'pictures are',
  audio: 'audio is',
  files: 'files are',
  logprobs: 'log-probabilities are',
  embeddings: 'embeddings are',
  'many-answers': 'several answers to one request are',
}

/** A caller with more names than this has too many in any case. */
const MOST_NAMES = 16

export const modelAccessControl = defineGuard({
  id: ID,
  title: 'Grants models by key or token, features by route, and one identity to each agent',
  settings: z.strictObject({
    features: z
      .array(z.enum(FEATURES))
      .default([...FEATURES])
      .describe('what requests may use; what is left out is refused'),
    agentsOnly: z
      .array(z.string().min(1).max(256))
      .max(100)
      .default([])
      .describe(
        'models that only agents may ask, each with a key or token that is bound to it; a * stands for any characters',
      ),
    agentHeader: z
      .string()
      .regex(/^[a-z0-9-]{1,64}$/, 'the name of a header in small letters')
      .optional()
      .describe('the header in which agents name themselves; without it nobody can tell that two share a key'),
    agentMinutes: z.int().min(1).max(1440).default(10).describe('two agents with one key within this time are at once'),
    sharedIdentity: z
      .enum(['note', 'block'])
      .default('note')
      .describe('what follows where a second agent comes with the key or token of another'),
  }),
  proves: ({ features }) => (features.length < FEATURES.length ? [`${ID}.authorise`] : []),
  toldOf: () => [AGENT_IDENTITY],
  // The header is what an agent says of itself, and proves nothing; that another one comes with its key proves the contrary.
  tells({ agent, outcome, decisions, verdicts }) {
    if (outcome === 'refused' || decisions.some(({ action, because }) => action === 'block' && because.includes(ID)))
      return []
    const own = verdicts.filter(({ guard }) => guard === ID)
    const hits = new Set(own.flatMap(({ hits }) => hits.map(({ kind }) => kind)))
    if (hits.has(SHARED)) return [IS_SHARED]
    if (agent !== undefined) return [HAS_AGENT]
    return [hits.has(NO_AGENT) ? MUST_HAVE_AGENT : LACKS_AGENT]
  },
  admit(arrival, { features, agentsOnly, agentHeader, agentMinutes, sharedIdentity }, { meters, now }) {
    if (arrival.agent === undefined && asksForAgent(agentsOnly, arrival.turn.model)) return anonymous()
    if (features.length < FEATURES.length) {
      const denied = Array.from(featuresOf(arrival)).find((feature) => !features.includes(feature))
      if (denied !== undefined) return deny(denied)
    }
    const agent = agentHeader === undefined ? undefined : arrival.header(agentHeader)
    if (agent === undefined) return { outcome: 'pass' }
    const at = now.getTime()
    const agents = meters.series.agents(arrival.keyId)
    if (isAlone(agents, hashedName(agent), at, at - agentMinutes * 60_000)) return { outcome: 'pass' }
    return shared(sharedIdentity)
  },
})

const asksForAgent = (models: readonly string[], model: string) => models.some((one) => matches(one, model))

function anonymous(): Admission {
  return {
    outcome: 'hit',
    found: [{ kind: NO_AGENT, note: 'This key or token is bound to no agent' }],
    refusal: new Failure('forbidden', 'this model is for agents, and this key or token is bound to none', {
      hint: 'use a key of the agent that asks: `parapet key create --agent ID`',
    }),
  }
}

function* featuresOf(arrival: Arrival): Generator<Feature> {
  const { turn, body, wire } = arrival
  if (turn.stream) yield 'streaming'
  if (turn.tools.length > 0 || offersOtherwise(body)) yield 'tools'
  if (hostedTools(body)) yield 'hosted-tools'
  const kinds = new Set<string>(media(turn).map(({ kind }) => kind))
  const foreign = turn.foreign.flatMap((place) => typesIn(valueAt(body, place)))
  const elsewhere = [...foreign, answersWanted(body)].join(' ')
  if (kinds.has('image') || /image|screenshot/.test(elsewhere)) yield 'images'
  if (kinds.has('audio') || elsewhere.includes('audio')) yield 'audio'
  if (kinds.has('file') || /file|document|upload|video/.test(elsewhere)) yield 'files'
  if (asksConfidence(body)) yield 'logprobs'
  if (wire.includes('embed')) yield 'embeddings'
  if ((turn.sampling.choices ?? 1) > 1) yield 'many-answers'
}

/** Tools of the client's own that a turn does not know: by the oldest name, and those that take any text. */
function offersOtherwise({ functions, tools }: JsonObject): boolean {
  return listOf(functions).length > 0 || listOf(tools).some((tool) => objectOf(tool)?.['type'] === 'custom')
}

/** What the answer is to be made of beside text. */
function answersWanted({ modalities, ...body }: JsonObject): string {
  const config = objectOf(body['generationConfig'] ?? body['generation_config'])
  return JSON.stringify([modalities, config?.['responseModalities'], config?.['response_modalities']]).toLowerCase()
}

/** What a part that only its own format knows says of its kind: a file that lies with the provider is a file as well. */
function typesIn(value: Json | undefined): string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'type' && typeof inner === 'string' ? [inner] : typesIn(inner),
  )
}

function valueAt(body: Json, place: string): Json | undefined {
  return place.split('.').reduce<Json | undefined>((inner, step) => {
    const list = listOf(inner)
    return list.length > 0 ? list[Number(step)] : objectOf(inner)?.[step]
  }, body)
}

function deny(feature: Feature): Admission {
  const words = `${WORDS[feature]} not granted on this route`
  return {
    outcome: 'hit',
    found: [{ kind: feature, note: words.charAt(0).toUpperCase() + words.slice(1) }],
    refusal: new Failure('forbidden', words, {
      hint: 'leave it out, or ask who runs the gateway for a route that grants it',
    }),
  }
}

/** The first of those heard lately stays the one whose identity it is: a second does not take it over by being loud. */
function isAlone(agents: Agents, agent: string, at: number, since: number): boolean {
  for (const [name, heard] of agents) if (heard < since) agents.delete(name)
  if (agents.has(agent) || agents.size < MOST_NAMES) agents.set(agent, at)
  const [first] = agents.keys()
  return first === agent
}

function shared(follows: 'note' | 'block'): Admission {
  const found = [{ kind: SHARED, note: 'Another agent uses this key or token at the same time' }]
  if (follows === 'note') return { outcome: 'hit', found, isNote: true }
  return {
    outcome: 'hit',
    found,
    refusal: new Failure('forbidden', 'another agent uses this key or token at the same time', {
      hint: 'give each agent a key of its own: `parapet key create`',
    }),
  }
}
