// Where an answer says how sure the model was: log-probabilities, probabilities, scores, lists of the next best. They are
// known by their names, in every format, at any depth; what a model says in words or gives a tool is not among them.
import type { Json } from '../lib/canonical-json.ts'
import type { JsonEdit, JsonPath } from '../lib/json-edit.ts'

/** Structures and numbers that are nothing but confidence. Compared in small letters without underscores. */
const NAMES = new Set([
  'logprobs',
  'logprob',
  'tokenlogprobs',
  'toplogprobs',
  'logprobsresult',
  'logprobability',
  'logprobabilitysum',
  'avglogprobs',
  'promptlogprobs',
  'cumulativelogprob',
  'logits',
  'probability',
  'probabilities',
  'probs',
  'probabilityscore',
  'severityscore',
  'categoryscores',
  'confidence',
  'confidences',
  'confidencescore',
  'confidencescores',
  'relevancescore',
  'googlesearchdynamicretrievalscore',
  'score',
  'scores',
  'topk',
  'topcandidates',
])
/** What the model says or gives a tool; and what only repeats the request. */
const WORDS = new Set([
  'input',
  'arguments',
  'args',
  'functioncall',
  'tooluse',
  'text',
  'tools',
  'toolchoice',
  'metadata',
  'usage',
  'usagemetadata',
])
/** As a number they are no answer, but how many were asked for. */
const ASKED = new Set(['logprobs', 'toplogprobs', 'topk'])
const MOST_DEPTH = 64

interface Confidence {
  at: JsonPath
  value: Json
}

/** Each outermost place that holds numbers. */
function confidencesIn(body: Json): Confidence[] {
  const found: Confidence[] = []
  walk(body, [], found)
  return found
}

/** Nothing of it is left, and what reads the answer finds the place empty. */
export function withoutConfidences(body: Json): JsonEdit[] {
  return confidencesIn(body).map(({ at, value }) => ({ at, to: Array.isArray(value) ? [] : null }))
}

/** Each number that says more than so many decimals, at its place. */
export function roundedConfidences(body: Json, decimals: number): JsonEdit[] {
  const edits: JsonEdit[] = []
  const round = (value: Json, at: JsonPath): void => {
    if (typeof value === 'number') {
      const to = Number(value.toFixed(decimals))
      if (to !== value) edits.push({ at, to })
    } else if (typeof value === 'object' && value !== null && at.length <= MOST_DEPTH) {
      for (const [key, inner] of Object.entries(value)) round(inner, [...at, Array.isArray(value) ? Number(key) : key])
    }
  }
  for (const { at, value } of confidencesIn(body)) round(value, at)
  return edits
}

function walk(value: Json, at: JsonPath, found: Confidence[]): void {
  if (typeof value !== 'object' || value === null || at.length > MOST_DEPTH) return
  for (const [key, inner] of Object.entries(value)) {
    const place = [...at, Array.isArray(value) ? Number(key) : key]
    const name = key.toLowerCase().replaceAll('_', '')
    if (!Array.isArray(value) && NAMES.has(name)) {
      if (holdsNumber(inner) && !(typeof inner === 'number' && ASKED.has(name))) found.push({ at: place, value: inner })
    } else if (Array.isArray(value) || !WORDS.has(name)) walk(inner, place, found)
  }
}

function holdsNumber(value: Json, depth = 0): boolean {
  if (typeof value === 'number') return true
  if (typeof value !== 'object' || value === null || depth > MOST_DEPTH) return false
  return Object.values(value).some((inner) => holdsNumber(inner, depth + 1))
}
