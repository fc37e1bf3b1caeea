// What a class of a known library does with a text that it is handed. Libraries make their own objects anew from numbers,
// names and parts; an expression, an address or a place on the disk is what an attacker hands them.
import type { TechniqueId } from '../techniques.ts'

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

/** Whether a text is an address or a place on the disk. */
export const namesPlace = (text: string): boolean => ADDRESS.test(text) || PLACE.test(text)

export function actsOnTexts(
  path: string,
  texts: readonly string[],
): { technique: TechniqueId; why: string } | undefined {
  if (EXPRESSIONS.test(path) && texts.some((text) => !NO_EXPRESSION.test(text)))
    return { technique: 'pickle-executes-code', why: `${path} takes its text for an expression and evaluates it` }
  if (CARRIES.test(path)) return undefined
  if (texts.some((text) => ADDRESS.test(text)))
    return { technique: 'pickle-loads-more', why: `it hands ${path} an address` }
  return texts.some((text) => PLACE.test(text) && !(ZONE.test(path) && OF_ZONES.test(text)))
    ? { technique: 'pickle-unknown-function', why: `it hands ${path} a place on the disk` }
    : undefined
}
