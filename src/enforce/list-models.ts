// The models that a key has, as each family of clients asks for them.
import type { JsonObject } from '../lib/canonical-json.ts'
import { Failure } from '../lib/failure.ts'
import type { ModelFamily } from './error-bodies.ts'

const SINCE = '2026-01-01T00:00:00Z'

const SHAPES: Readonly<Record<ModelFamily, (id: string) => JsonObject>> = {
  openai: (id) => ({ id, object: 'model', created: Date.parse(SINCE) / 1000, owned_by: 'parapet' }),
  anthropic: (id) => ({ type: 'model', id, display_name: id, created_at: SINCE }),
  gemini: (id) => ({
    name: `models/${id}`,
    displayName: id,
    supportedGenerationMethods: ['generateContent', 'streamGenerateContent'],
  }),
}

/** All of them, or the one that is named. */
export function listModels(family: ModelFamily, models: readonly string[], one: string | undefined): JsonObject {
  const shape = SHAPES[family]
  if (one !== undefined) {
    if (models.includes(one)) return shape(one)
    throw new Failure('not_found', `this key has no model ${one.slice(0, 100)}`, { hint: 'list the models' })
  }
  const data = models.map(shape)
  if (family === 'openai') return { object: 'list', data }
  if (family === 'gemini') return { models: data }
  return { data, has_more: false, first_id: models[0] ?? null, last_id: models.at(-1) ?? null }
}
