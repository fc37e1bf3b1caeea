// Conditions over what is known of a system, as the catalogue writes them, and their value. Three values, because a
// profile is rarely complete: an unknown fact must raise a threat, never hide it, so "unknown" may not pass for false.
import { z } from 'zod'

export type Condition =
  | { readonly fact: string; readonly is: boolean }
  | { readonly fact: string; readonly in: readonly string[] }
  | { readonly fact: string; readonly has: string }

export type Expression =
  | { readonly always: true }
  | { readonly all: readonly Expression[] }
  | { readonly any: readonly Expression[] }
  | { readonly not: Expression }
  | Condition

/** What is known of a fact. Absent: unknown. */
export type FactValue = boolean | string | readonly string[]
export type Profile = Readonly<Record<string, FactValue | undefined>>

export type Truth = true | false | 'unknown'

/** The value, and every fact that was looked at, in the order of reading: the trace of a derivation. */
export interface Evaluation {
  readonly value: Truth
  readonly read: readonly string[]
}

const word = z.string().min(1).max(100)
const MOST_PARTS = 50

// The order matters for messages: the form that fits best is the one whose complaint is shown.
export const Expression: z.ZodType<Expression> = z.lazy(() =>
  z.union([
    z.strictObject({ always: z.literal(true) }),
    z.strictObject({ all: z.array(Expression).min(1).max(MOST_PARTS) }),
    z.strictObject({ any: z.array(Expression).min(1).max(MOST_PARTS) }),
    z.strictObject({ not: Expression }),
    z.strictObject({ fact: word, is: z.boolean() }),
    z.strictObject({ fact: word, in: z.array(word).min(1).max(MOST_PARTS) }),
    z.strictObject({ fact: word, has: word }),
  ]),
)

/**
 * Kleene's three values. Every part is read even when the answer is already plain, so that the facts read (and with
 * them the trace) depend on the rule alone and not on the order of its parts.
 */
export function evaluate(expression: Expression, profile: Profile): Evaluation {
  const read = new Set<string>()
  const value = valueOf(expression, profile, read)
  return { value, read: [...read] }
}

/** Every fact an expression may read. */
export function factsOf(expression: Expression): string[] {
  return [...evaluate(expression, {}).read]
}

function valueOf(expression: Expression, profile: Profile, read: Set<string>): Truth {
  if ('always' in expression) return true
  if ('not' in expression) return negate(valueOf(expression.not, profile, read))
  if ('all' in expression) return every(expression.all.map((part) => valueOf(part, profile, read)))
  if ('any' in expression) {
    return negate(every(expression.any.map((part) => negate(valueOf(part, profile, read)))))
  }
  read.add(expression.fact)
  return holds(expression, Object.hasOwn(profile, expression.fact) ? profile[expression.fact] : undefined)
}

/** A value of the wrong type says nothing about the condition. */
function holds(condition: Condition, value: FactValue | undefined): Truth {
  if ('is' in condition) return typeof value === 'boolean' ? value === condition.is : 'unknown'
  if ('in' in condition) return typeof value === 'string' ? condition.in.includes(value) : 'unknown'
  return Array.isArray(value) ? value.includes(condition.has) : 'unknown'
}

function negate(value: Truth): Truth {
  return value === 'unknown' ? value : !value
}

function every(values: readonly Truth[]): Truth {
  if (values.includes(false)) return false
  return values.includes('unknown') ? 'unknown' : true
}
