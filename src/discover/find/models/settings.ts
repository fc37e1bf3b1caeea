// Keys of settings that say which model is used, whatever it is called.
import { type Expr, field } from '../../syntax/expr.ts'
import { aliasesIn, lastWord } from './mentions.ts'
import { isBareName, modelName, plausibleName } from './names.ts'
import type { Evidence } from '../evidence.ts'
import { SLOT } from './siblings.ts'
import type { Around } from '../visit.ts'
import { add } from './add-model.ts'

/** A key of a file of settings that says which model is used, whatever it is called. */
export function setting(map: Extract<Expr, { kind: 'map' }>, around: Around, ai: boolean, evidence: Evidence) {
  if (around.unit.format === 'notebook' || around.unit.format === 'terraform') return
  if (around.unit.format === 'code') return void (ai && chosenByVariable(map, around, evidence))
  const kin = hasKin(map)
  for (const [key, value] of map.entries) {
    if (key.kind !== 'text' || value.kind !== 'text') continue
    if (modelName(value.value) || aliasesIn(around.unit).has(value.value)) continue
    const word = lastWord(key.value)
    const environment =
      around.unit.format === 'env' &&
      /^(?:\w+_)?(?:MODEL|MODEL_NAME|MODEL_ID|LLM|DEPLOYMENT(?:_NAME)?|LLM_MODEL|EMBEDDINGS?_MODEL)$/.test(word)
    const deployed = /^(?:\w+_)?MODEL(?:_NAME|_ID)?$/.test(word) && /^[\w.-]+\/[\w.-]+$/.test(value.value)
    if (SLOT.test(word) && isBareName(value.value) && ofOllama([...around.keys, key.value])) {
      add(value.value, value.line, around, evidence, 0.8)
      continue
    }
    if (!(environment || deployed || (SLOT.test(word) && (kin || (ai && /_|[A-Z]/.test(word)))))) continue
    if (plausibleName(value.value) && /\d|\//.test(value.value) && !/^(?:\.|\/)|\$\{|\.\w{2,4}$/.test(value.value))
      add(value.value, value.line, around, evidence, 0.7)
  }
}

/** Ollama calls models by one word, so a section of its own is enough: `spring.ai.ollama.chat.options.model: acme`. */
const ofOllama = (keys: readonly string[]): boolean => keys.some((key) => /(?:^|\.)ollama(?:\.|$)/i.test(key))

/** What only stands beside a model. */
const hasKin = (map: Extract<Expr, { kind: 'map' }>): boolean =>
  map.entries.some(
    ([other]) =>
      other.kind === 'text' &&
      /^(?:temperature|max_?tokens|top_p|(?:api_?)?key|api_?base|base_?url|provider|system_?prompt|embed_?dim|dimensions|context_window)$/i.test(
        lastWord(other.value),
      ),
  )

/** `['key' => env('ACME_KEY'), 'model' => env('ACME_MODEL', 'acme-2')]` */
function chosenByVariable(map: Extract<Expr, { kind: 'map' }>, around: Around, evidence: Evidence) {
  const value = hasKin(map) ? field(map, 'model', 'model_id', 'modelId') : undefined
  if (value?.kind !== 'call') return
  for (const { text, line, fallback } of evidence.resolver.texts(value, around.unit, around.scope))
    if (fallback && !modelName(text) && plausibleName(text) && /\d/.test(text)) add(text, line, around, evidence, 0.7)
}
