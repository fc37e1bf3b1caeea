// What a class of a known library does with a text that it is handed. Libraries make their own objects anew from numbers,
// names and parts; an expression, an address or a place on the disk is what an attacker hands them.
import type { TechniqueId } from '../techniques.ts'
import { Made, Seq, type Value } from './values.ts'

/** Classes of these take any text for an expression, and Python's own parser reads it. */
const EXPRESSIONS = /^sympy\./
const NO_EXPRESSION = /^[\w\s.+-]*$/
/** Errors carry messages. */
const CARRIES = /(?:Error|Exception|Warning)$/
/** Zones of time name the file that they were read from, which they read again. */
const ZONE = /(?:^|\.)tz\w*$/
const OF_ZONES = /(?:^|\/)zoneinfo\/|\/localtime$/
const ADDRESS = /^(?:https?|ftp|s3|gs|file):\/\//i
const PLACE = /^(?:\/|~\/|\.{1,2}\/|[A-Za-z]:[\\/]|\\\\)[\w.~-]/
/** A file of its own that somebody would run or load. */
const PROGRAM = /^[\w.-]+\.(?:py|pyc|pyw|sh|bash|so|dll|dylib|exe|bat|cmd|ps1|service|desktop)$/

/** Functions and modules of the interpreter by name, as those take them who fetch what a text names. */
const POWERFUL =
  /^_?(?:os|posix|nt|sys|subprocess|builtins|__builtin__|importlib|shutil|runpy|pty|socket|ctypes|marshal|pickle)(?:[.:][A-Za-z_]\w*)+$/
/** What stands for a module imports the one that it is told. */
const STANDS_FOR_MODULE = /(?:Module|[Pp]ackage|Plugin)$/
const DOTTED = /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*$/

/** In one text, or in two that stand side by side: a module and what is fetched of it. */
export const namesPower = (texts: readonly string[]): boolean =>
  texts.some((text, i) => POWERFUL.test(text) || POWERFUL.test(`${text}.${texts[i + 1] ?? ''}`))

/** Whether a text is an address or a place on the disk. */
export const namesPlace = (text: string): boolean => ADDRESS.test(text) || PLACE.test(text) || PROGRAM.test(text)

export function actsOnTexts(
  path: string,
  texts: readonly string[],
): { technique: TechniqueId; why: string } | undefined {
  if (EXPRESSIONS.test(path) && texts.some((text) => !NO_EXPRESSION.test(text)))
    return { technique: 'pickle-executes-code', why: `${path} takes its text for an expression and evaluates it` }
  if (CARRIES.test(path)) return undefined
  if (namesPower(texts)) return { technique: 'pickle-indirection', why: `it hands ${path} the name of a function` }
  if (STANDS_FOR_MODULE.test(path) && texts.some((text) => DOTTED.test(text)))
    return { technique: 'pickle-indirection', why: `it hands ${path} the name of a module` }
  if (texts.some((text) => ADDRESS.test(text)))
    return { technique: 'pickle-loads-more', why: `it hands ${path} an address` }
  return texts.some((text) => namesPlace(text) && !(ZONE.test(path) && OF_ZONES.test(text)))
    ? { technique: 'pickle-unknown-function', why: `it hands ${path} a place on the disk` }
    : undefined
}

/** Of what a class is handed. */
export const MOST_TEXTS = 32
const PATH = /^pathlib\.(?:_local\.)?\w*Path$/

/** A path is pickled as its parts. */
const placeOf = ({ args }: Made): string =>
  (args instanceof Seq ? args.items.filter((part) => typeof part === 'string') : []).join('/').replace(/^\/+/, '/')

export function* flat(value: Value, depth: number): Generator<Value> {
  if (value instanceof Seq && depth > 0) for (const item of value.items) yield* flat(item, depth - 1)
  else if (value instanceof Made && PATH.test(value.of)) yield placeOf(value)
  else if (value instanceof Made && depth > 0) yield* flat(value.args, depth - 1)
  else yield value
}

export function stringsIn(value: Value, depth: number): string[] {
  return [...flat(value, depth)].filter((item) => typeof item === 'string').slice(0, MOST_TEXTS)
}
