// Turns what came from outside into what the code works with, or says where it is wrong, what was expected and the
// nearest right word. The only place that knows how zod words its complaints.
import type { z } from 'zod'
import { Failure, type FailureCode, type Issue } from './failure.ts'
import { suggest } from './suggest.ts'

const SHOWN = 20

export function parse<S extends z.ZodType>(
  schema: S,
  input: unknown,
  code: FailureCode = 'input_invalid',
  hint?: string,
): z.output<S> {
  const result = schema.safeParse(input, { reportInput: true })
  if (result.success) return result.data
  const issues = result.error.issues.flatMap((issue) => explain(issue, schema))
  const first = issues[0]
  const more = issues.length > 1 ? ` (and ${issues.length - 1} more)` : ''
  throw new Failure(code, first ? `${first.path || 'input'}: ${first.message}${more}` : 'the input is not valid', {
    hint: hint ?? (first?.suggestion ? `did you mean "${first.suggestion}"?` : undefined),
    issues: issues.slice(0, SHOWN),
  })
}

function explain(issue: z.core.$ZodIssue, schema: z.ZodType): Issue[] {
  const path = pathText(issue.path)
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(schema, issue.path)
    const expected = known.length > 0 ? `; expected one of ${list(known)}` : ''
    return issue.keys.map((key) => ({
      path: path ? `${path}.${key}` : key,
      message: `unknown key${expected}`,
      ...nearest(key, known),
    }))
  }
  if (issue.code === 'invalid_value') {
    const values = issue.values.map(String)
    return [{ path, message: `expected ${list(values)}`, ...nearest(String(issue.input ?? ''), values) }]
  }
  if (issue.code === 'invalid_type' && issue.expected === 'string' && isScalar(issue.input))
    return [{ path, message: `expected string, as in ${JSON.stringify(String(issue.input))}` }]
  if (issue.code === 'invalid_union') {
    const closest = issue.errors.toSorted((a, b) => depth(b) - depth(a) || a.length - b.length)[0]
    const inner = closest?.flatMap((part) => explain({ ...part, path: [...issue.path, ...part.path] }, schema))
    if (inner && inner.length > 0) return inner
  }
  return [{ path, message: issue.message }]
}

const isScalar = (input: unknown) => typeof input === 'number' || typeof input === 'boolean'

const depth = (issues: readonly z.core.$ZodIssue[]) => Math.max(0, ...issues.map((issue) => issue.path.length))

function nearest(word: string, known: readonly string[]): { suggestion?: string } {
  const suggestion = suggest(word, known)
  return suggestion === undefined ? {} : { suggestion }
}

function list(words: readonly string[]): string {
  const shown = words.slice(0, 12).map((word) => `"${word}"`)
  return words.length > shown.length ? `${shown.join(', ')} … (${words.length} in all)` : shown.join(', ')
}

function pathText(path: readonly PropertyKey[]): string {
  return path.map((part, i) => (typeof part === 'number' ? `[${part}]` : `${i > 0 ? '.' : ''}${String(part)}`)).join('')
}

/** The keys that an object schema knows at a place, looking through optional, default and array wrappers. */
function keysAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  let at: unknown = unwrap(schema)
  for (const part of path) {
    const def = definition(at)
    const shape = def?.['shape'] as Record<string, unknown> | undefined
    at = unwrap(shape?.[String(part)] ?? def?.['element'] ?? def?.['valueType'])
  }
  return Object.keys((definition(at)?.['shape'] as object | undefined) ?? {})
}

function unwrap(schema: unknown): unknown {
  const inner = definition(schema)?.['innerType'] ?? definition(schema)?.['in']
  return inner ? unwrap(inner) : schema
}

function definition(schema: unknown): Record<string, unknown> | undefined {
  return (schema as { _zod?: { def: Record<string, unknown> } } | undefined)?._zod?.def
}
