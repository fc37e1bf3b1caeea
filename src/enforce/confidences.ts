// Where an answer says how sure the model was: log-probabilities, probabilities, scores, lists of the next best. They are
// known by their names, in every format, at any depth; what a model says in words or gives a tool is not among them.
import type { Json, JsonObject } from '../lib/canonical-json.ts'
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
const [PLACE, NUMBERS, SAID] = [0, 1, 2]

/** What the names stand for that were met so far. Answers of one provider have the same ones over and over. */
const sorts = new Map<string, number>()
const MOST_SORTS = 1000
const LONGEST_SORT = 64

function sortOf(key: string): number {
  let sort = sorts.get(key)
  if (sort !== undefined) return sort
  const name = bare(key)
  sort = NAMES.has(name) ? NUMBERS : WORDS.has(name) ? SAID : PLACE
  if (sorts.size < MOST_SORTS && key.length <= LONGEST_SORT) sorts.set(key, sort)
  return sort
}

const bare = (key: string): string => key.toLowerCase().replaceAll('_', '')

interface Confidence {
  at: JsonPath
  value: Json
}

/** Each outermost place that holds numbers, or whatever else counts. */
function confidencesIn(body: Json, counts = (value: Json) => holdsNumber(value)): Confidence[] {
  const found: Confidence[] = []
  walk(body, [], found, counts)
  return found
}

/** Nothing of it is left, and what reads the answer finds the place empty. */
export function withoutConfidences(body: Json): JsonEdit[] {
  return confidencesIn(body).map(emptied)
}

/** The same, and of the tokens to which it belongs, whether numbers stand with them or not. */
export function withoutSpelling(body: Json): JsonEdit[] {
  return confidencesIn(body, (value) => holdsNumber(value) || spellingsIn(value).length > 0).map(emptied)
}

const emptied = ({ at, value }: Confidence): JsonEdit => ({ at, to: Array.isArray(value) ? [] : null })

/** A text that log-probabilities spell token by token: an answer says it once more, or says what it shows nowhere else. */
export interface Spelling {
  /** The same for each piece of it in a stream. */
  of: string
  text: string
}

export function spellingsOf(body: Json): readonly Spelling[] {
  const found = confidencesIn(body, mayCount)
  if (found.length === 0) return NONE
  return found.flatMap(({ at, value }) => {
    const choice = choiceOf(body, at)
    return spellingsIn(value).map(({ of, text }) => ({ of: `${choice} ${of}`, text }))
  })
}

const NONE: readonly never[] = []
const mayCount = (value: Json): boolean => typeof value === 'object'

function spellingsIn(value: Json, at = '', depth = 0): Spelling[] {
  if (typeof value !== 'object' || value === null || depth > MOST_SPELT) return []
  if (!Array.isArray(value))
    return Object.entries(value).flatMap(([key, inner]) => spellingsIn(inner, `${at}.${key}`, depth + 1))
  const [tokens, bytes] = [value.map(tokenOf).join(''), Buffer.from(value.flatMap(bytesOf)).toString('utf8')]
  const texts = bytes === tokens ? [tokens] : [tokens, bytes]
  return texts.flatMap((text, i) => (text === '' ? [] : { of: `${at}${i}`, text }))
}

/** As deep as the chosen tokens stand; those that might have been chosen spell nothing. */
const MOST_SPELT = 2

function tokenOf(value: Json): string {
  if (typeof value === 'string') return value
  const token = typeof value === 'object' && value !== null ? (value as JsonObject)['token'] : undefined
  return typeof token === 'string' ? token : ''
}

function bytesOf(value: Json): number[] {
  const bytes = typeof value === 'object' && value !== null ? (value as JsonObject)['bytes'] : undefined
  return Array.isArray(bytes) ? bytes.filter((byte) => typeof byte === 'number') : []
}

/** Numbers of choices and of parts, which stand around it. */
function choiceOf(body: Json, at: JsonPath): string {
  let [choice, value]: [string, Json | undefined] = ['', body]
  for (const step of at) {
    if (typeof value !== 'object' || value === null) break
    if (!Array.isArray(value))
      for (const [key, inner] of Object.entries(value))
        if (typeof inner === 'number' && INDEX.test(key)) choice += `${inner}/`
    value = (value as JsonObject)[step]
  }
  return choice
}

const INDEX = /^(?:\w+_)?index$/

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

/** `at` is where the value stands; it is lent, and as it was when this returns. */
function walk(value: Json, at: (string | number)[], found: Confidence[], counts: (value: Json) => boolean): void {
  if (typeof value !== 'object' || value === null || at.length > MOST_DEPTH) return
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) {
      at.push(i)
      walk(value[i] ?? null, at, found, counts)
      at.pop()
    }
    return
  }
  const members = value as JsonObject
  for (const key of Object.keys(members)) {
    const inner = members[key]
    // Words and what is empty hold no number.
    if (typeof inner === 'string' || inner === null || inner === undefined) continue
    const sort = sortOf(key)
    if (sort === SAID) continue
    at.push(key)
    if (sort === PLACE) walk(inner, at, found, counts)
    else if (counts(inner) && !(typeof inner === 'number' && ASKED.has(bare(key))))
      found.push({ at: [...at], value: inner })
    at.pop()
  }
}

function holdsNumber(value: Json, depth: number = 0): boolean {
  if (typeof value === 'number') return true
  if (typeof value !== 'object' || value === null || depth > MOST_DEPTH) return false
  return Object.values(value).some((inner) => holdsNumber(inner, depth + 1))
}
