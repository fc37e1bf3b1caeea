// Whether a fact can be stated: its key is a question of the catalogue and its value one of the answers. A key of an
// older catalogue is told by what it is called now.
import type { Catalog, Fact as FactQuestion } from '../catalog/catalog.ts'
import { lifeOf } from '../catalog/history.ts'
import type { Issue } from '../lib/failure.ts'
import { suggest } from '../lib/suggest.ts'
import type { FactValue } from '../model/fact.ts'

export type CheckedFact = { value: FactValue } | { issue: Issue }

/** Sets come back in order and without repetition. */
export function checkFact(catalog: Catalog, key: string, value: unknown): CheckedFact {
  const question = catalog.factsById.get(key)
  return question ? checkValue(question, value) : { issue: unknownKey(catalog, key) }
}

function checkValue(question: FactQuestion, value: unknown): CheckedFact {
  const { id, type, values } = question
  const wrong = (expected: string, near?: string): CheckedFact => ({
    issue: { path: id, message: `expected ${expected}`, ...(near === undefined ? {} : { suggestion: near }) },
  })
  if (type === 'bool') return typeof value === 'boolean' ? { value } : wrong('true or false')
  const known = values ?? []
  const choices = known.map((one) => `"${one}"`).join(', ')
  if (type === 'enum') {
    const isKnown = typeof value === 'string' && known.includes(value)
    return isKnown ? { value } : wrong(`one of ${choices}`, nearest(value, known))
  }
  if (!Array.isArray(value)) return wrong(`a list of ${choices}`, nearest(value, known))
  const stranger = value.find((one: unknown) => typeof one !== 'string' || !known.includes(one))
  if (stranger !== undefined) return wrong(`a list of ${choices}`, nearest(stranger, known))
  return { value: [...new Set(value.map(String))].toSorted() }
}

function unknownKey(catalog: Catalog, key: string): Issue {
  const life = lifeOf(catalog, 'fact', key)
  if (life?.until !== undefined) {
    const [now] = life.renamedTo ?? []
    const message = `this fact is no longer asked since ${life.until}${now ? `; it is now "${now}"` : ''}`
    return { path: key, message, ...(now === undefined ? {} : { suggestion: now }) }
  }
  const near = suggest(key, catalog.factsById.keys())
  const message = 'no fact of the catalogue has this key; `parapet catalog facts` lists them'
  return { path: key, message, ...(near === undefined ? {} : { suggestion: near }) }
}

function nearest(value: unknown, known: readonly string[]): string | undefined {
  return typeof value === 'string' ? suggest(value, known) : undefined
}
