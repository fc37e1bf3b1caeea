// For tests: events against the schema itself. ocsf-1.8.0.json holds what release 1.8.0 of github.com/ocsf/ocsf-schema says of
// the classes and objects that we use, with the profiles that we name.
import { readFileSync } from 'node:fs'

interface Shape {
  attributes: Record<string, [type: string, requirement: string, values?: string[]]>
  atLeastOne?: string[]
}

const schema = JSON.parse(readFileSync(new URL('ocsf-1.8.0.json', import.meta.url), 'utf8')) as {
  classes: Record<string, Shape>
  objects: Record<string, Shape>
}

/** What is wrong with an event, place by place. */
export function ocsfFaults(event: object): string[] {
  const known = Object.entries(CLASSES).find(([, uid]) => 'class_uid' in event && event.class_uid === uid)?.[0]
  return faults(event, known === undefined ? undefined : schema.classes[known], known ?? 'event')
}

const CLASSES = { api_activity: 6003, detection_finding: 2004 }

function faults(value: object, shape: Shape | undefined, path: string): string[] {
  if (shape === undefined) return [`${path}: no such shape`]
  const found: string[] = []
  const given = value as Record<string, unknown>
  for (const [name, [, requirement]] of Object.entries(shape.attributes))
    if (requirement === 'required' && given[name] === undefined) found.push(`${path}.${name}: required`)
  if (shape.atLeastOne && !shape.atLeastOne.some((name) => given[name] !== undefined))
    found.push(`${path}: none of ${shape.atLeastOne.join(', ')}`)
  for (const [name, one] of Object.entries(given)) {
    if (one === undefined) continue
    const known = shape.attributes[name]
    if (known === undefined) found.push(`${path}.${name}: unknown`)
    else found.push(...valueFaults(one, known, `${path}.${name}`))
  }
  return found
}

const OF_CLASS = ['category_uid', 'class_uid', 'type_uid']

function valueFaults(value: unknown, [type, , values]: Shape['attributes'][string], path: string): string[] {
  if (type.endsWith('[]')) {
    if (!Array.isArray(value)) return [`${path}: no list`]
    return value.flatMap((one, i) => valueFaults(one, [type.slice(0, -2), ''], `${path}.${i}`))
  }
  if (type.endsWith('_t')) {
    const wanted = /^(integer|long|timestamp|float|port)_t$/.test(type) ? 'number' : type === 'boolean_t' ? 'boolean' : 'string' // prettier-ignore
    if (type === 'object_t' || type === 'json_t') return []
    if (typeof value !== wanted) return [`${path}: ${typeof value} in place of ${wanted}`]
    if (wanted === 'number' && !Number.isInteger(value) && type !== 'float_t') return [`${path}: not whole`]
    const isListed = OF_CLASS.some((name) => path.endsWith(`.${name}`)) || values === undefined
    return isListed || values.includes(String(value)) ? [] : [`${path}: ${String(value)} is no value of it`]
  }
  if (typeof value !== 'object' || value === null) return [`${path}: no object`]
  if (type === 'object') return []
  return schema.objects[type] === undefined ? [`${path}: ${type} is not checked`] : faults(value, schema.objects[type], path) // prettier-ignore
}
