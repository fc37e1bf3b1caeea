// Whether a value fits a JSON Schema. Both may come from strangers, so the work is bounded, nothing is made into code,
// references lead nowhere but into the schema itself, and a pattern that could take too long has failed. Keywords that are not
// known say nothing, as the specification has it.
import { canonicalJson, type Json, type JsonObject } from '../lib/canonical-json.ts'
import { Failure } from '../lib/failure.ts'
import { matchesPattern } from './bounded-pattern.ts'

const MOST_STEPS = 100_000
const MOST_DEPTH = 100

export function fitsSchema(value: Json, schema: Json): boolean {
  return new Checker(schema).fits(value, schema, 0)
}

class Checker {
  readonly #root: Json
  #steps = 0

  constructor(root: Json) {
    this.#root = root
  }

  fits(value: Json, schema: Json | undefined, depth: number): boolean {
    if (++this.#steps > MOST_STEPS || depth > MOST_DEPTH)
      throw new Failure('too_large', 'the schema takes too many steps to check')
    if (schema === false) return false
    const rules = objectOf(schema)
    if (rules === undefined) return true
    if (rules['nullable'] === true && value === null) return true
    const deeper = (inner: Json, rule: Json | undefined) => this.fits(inner, rule, depth + 1)
    const ref = rules['$ref']
    if (typeof ref === 'string' && !deeper(value, this.#resolve(ref))) return false
    return (
      isOfType(value, rules['type']) &&
      isAmong(value, rules) &&
      this.#combines(value, rules, deeper) &&
      (typeof value !== 'number' || fitsNumber(value, rules)) &&
      (typeof value !== 'string' || fitsText(value, rules)) &&
      (!isList(value) || this.#list(value, rules, deeper)) &&
      (objectOf(value) === undefined || this.#object(value as JsonObject, rules, deeper))
    )
  }

  #combines(value: Json, rules: JsonObject, fits: (value: Json, rule: Json | undefined) => boolean): boolean {
    const [all, any, one] = [rules['allOf'], rules['anyOf'], rules['oneOf']]
    if (isList(all) && !all.every((rule) => fits(value, rule))) return false
    if (isList(any) && !any.some((rule) => fits(value, rule))) return false
    if (isList(one) && one.filter((rule) => fits(value, rule)).length !== 1) return false
    if (rules['not'] !== undefined && fits(value, rules['not'])) return false
    if (rules['if'] === undefined) return true
    return fits(value, rules[fits(value, rules['if']) ? 'then' : 'else'])
  }

  #list(value: readonly Json[], rules: JsonObject, fits: (value: Json, rule: Json | undefined) => boolean): boolean {
    if (!isWithin(value.length, rules['minItems'], rules['maxItems'])) return false
    if (rules['uniqueItems'] === true && new Set(value.map(canonicalJson)).size < value.length) return false
    // Older drafts name the first ones under `items` and the others under `additionalItems`.
    const older = isList(rules['items'])
    const first = isList(rules['items']) ? rules['items'] : isList(rules['prefixItems']) ? rules['prefixItems'] : []
    const others = older ? rules['additionalItems'] : rules['items']
    if (!value.every((item, i) => fits(item, i < first.length ? first[i] : others))) return false
    if (rules['contains'] === undefined) return true
    const count = value.filter((item) => fits(item, rules['contains'])).length
    return isWithin(count, rules['minContains'] ?? 1, rules['maxContains'])
  }

  #object(value: JsonObject, rules: JsonObject, fits: (value: Json, rule: Json | undefined) => boolean): boolean {
    const keys = Object.keys(value)
    if (!isWithin(keys.length, rules['minProperties'], rules['maxProperties'])) return false
    const required = rules['required']
    if (isList(required) && !required.every((key) => typeof key !== 'string' || Object.hasOwn(value, key))) return false
    for (const [key, needed] of Object.entries(objectOf(rules['dependentRequired']) ?? {})) {
      if (!Object.hasOwn(value, key) || !isList(needed)) continue
      if (!needed.every((other) => typeof other !== 'string' || Object.hasOwn(value, other))) return false
    }
    const known = objectOf(rules['properties']) ?? {}
    const patterns = Object.entries(objectOf(rules['patternProperties']) ?? {})
    return keys.every((key) => {
      const inner = value[key] ?? null
      if (rules['propertyNames'] !== undefined && !fits(key, rules['propertyNames'])) return false
      const matching = patterns.filter(([pattern]) => matchesPattern(key, pattern))
      if (!matching.every(([, rule]) => fits(inner, rule))) return false
      if (Object.hasOwn(known, key)) return fits(inner, known[key])
      return matching.length > 0 || fits(inner, rules['additionalProperties'])
    })
  }

  #resolve(ref: string): Json {
    if (!ref.startsWith('#')) throw new Failure('input_invalid', 'the schema refers to another document')
    let at: Json | undefined = this.#root
    for (const step of decodeURIComponent(ref.slice(1)).split('/').slice(1)) {
      const key = step.replaceAll('~1', '/').replaceAll('~0', '~')
      at = isList(at) ? at[Number(key)] : Object.hasOwn(objectOf(at) ?? {}, key) ? objectOf(at)?.[key] : undefined
    }
    if (at === undefined) throw new Failure('input_invalid', 'the schema refers to a place that is not in it')
    return at
  }
}

function isOfType(value: Json, type: Json | undefined): boolean {
  if (type === undefined) return true
  const types = isList(type) ? type : [type]
  return types.some((one) => {
    switch (typeof one === 'string' ? one.toLowerCase() : '') {
      case 'null':
        return value === null
      case 'boolean':
        return typeof value === 'boolean'
      case 'number':
        return typeof value === 'number'
      case 'integer':
        return Number.isInteger(value)
      case 'string':
        return typeof value === 'string'
      case 'array':
        return isList(value)
      case 'object':
        return objectOf(value) !== undefined
      default:
        return false
    }
  })
}

function isAmong(value: Json, rules: JsonObject): boolean {
  const same = (other: Json) => canonicalJson(other) === canonicalJson(value)
  if (rules['const'] !== undefined && !same(rules['const'])) return false
  return !isList(rules['enum']) || rules['enum'].some(same)
}

function fitsNumber(value: number, rules: JsonObject): boolean {
  const [above, below, step] = [rules['exclusiveMinimum'], rules['exclusiveMaximum'], rules['multipleOf']]
  if (!isWithin(value, rules['minimum'], rules['maximum'])) return false
  if (typeof above === 'number' && value <= above) return false
  if (typeof below === 'number' && value >= below) return false
  if (typeof step !== 'number' || step <= 0) return true
  const times = value / step
  return Math.abs(times - Math.round(times)) < 1e-9
}

function fitsText(value: string, rules: JsonObject): boolean {
  // Characters, not halves of them.
  if (!isWithin([...value].length, rules['minLength'], rules['maxLength'])) return false
  return typeof rules['pattern'] !== 'string' || matchesPattern(value, rules['pattern'])
}

function isWithin(value: number, least: Json | undefined, most: Json | undefined): boolean {
  return !(typeof least === 'number' && value < least) && !(typeof most === 'number' && value > most)
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value)
}

function objectOf(value: Json | undefined): JsonObject | undefined {
  return typeof value === 'object' && value !== null && !isList(value) ? value : undefined
}
