// What a name in a pickle means: allowed and why, or what loading it would do. Pure, so that it can be read as a table.
import type { TechniqueId } from '../techniques.ts'
import { isLibrary, isNamedLikeHome, standardReason, standingOf } from './allow.ts'
import { ACTING, LOADING, LOOKING_UP, NO_ACT, RUNNING, TOUCHING } from './verbs.ts'
import { type Danger, dangerOf, PYTHON_2, PYTHON_2_NAMES, STANDARD_LIBRARY } from './stdlib.ts'

export interface Ruling {
  /** Why it may stand in a pickle; absent where it may not. */
  allowed?: string
  /** What naming it alone is. */
  imported?: Danger
  /** What calling it is, beyond naming it. */
  called?: Danger
}

export const LIBRARY_CLASS = 'a class of a known library'
export const LIBRARY_REBUILDS = 'a function with which a known library rebuilds its own objects'

const NEW = '.__new__'
const DUNDER = /^__\w+__$/
const FINE_DUNDER =
  /^(?:__newobj(?:_ex)?__|__\w+_unpickle__|__pyx_unpickle_\w+|__(?:randomstate|generator|bit_generator|legacy)_ctor|__torch__|__main__|__future__)$/

/** What models keep to show their progress by. Kept it does nothing. */
const KEPT: ReadonlySet<string> = new Set([
  'builtins.print',
  'builtins.format',
  'time.time',
  'time.perf_counter',
  'time.monotonic',
  'warnings.warn',
])

const seen = new Map<string, Ruling>()
const MOST_SEEN = 20_000

export function rule(module: string, name: string, protocol: number): Ruling {
  const key = `${protocol < 3 ? 2 : 4}\0${module}\0${name}`
  const known = seen.get(key)
  if (known) return known
  const ruling = decide(module, name)
  if (seen.size >= MOST_SEEN) seen.clear()
  seen.set(key, ruling)
  return ruling
}

function decide(module: string, name: string): Ruling {
  const [first = '', ...rest] = module.split('.')
  const asPython3 = PYTHON_2[first]
  const home = asPython3 ?? first
  const modern = [home, ...rest].join('.')
  const path = `${modern}.${modern === 'builtins' || modern === 'itertools' ? asNow(name) : name}`
  if (module === '' || name === '' || !/^[\w.$<>]+$/u.test(module) || name.startsWith('.')) {
    return both('pickle-computed-global', 'imports a name that no Python source could write')
  }
  if (modern === 'builtins' && name === 'getattr')
    return { allowed: 'fetches an attribute, which is judged as a name of its own' }
  // Makes an object without calling anything else, as NEWOBJ does.
  if (name.endsWith(NEW)) return { ...decide(module, name.slice(0, -NEW.length)), called: undefined }
  const reason = standardReason(path)
  if (reason) return { allowed: reason }
  const sneaky = indirection(modern, name)
  if (sneaky) return { imported: sneaky }
  const danger = dangerOf(path) ?? vendoredDanger(path)
  if (danger) return { imported: danger }
  if (isLibrary(home)) return ruleLibrary(path, home, name)
  if (KEPT.has(path))
    return { ...ruleStandard(module), imported: undefined, allowed: 'a function that is kept as data' }
  if (STANDARD_LIBRARY.has(home)) return ruleStandard(module)
  return ruleUnknown(path, name)
}

/** A name of Python 2, or a member of one. */
function asNow(name: string): string {
  const [first = '', ...rest] = name.split('.')
  return [PYTHON_2_NAMES[first] ?? first, ...rest].join('.')
}

/** `pathlib.os.system`, `print.__self__`, `f.__globals__`: a way from something harmless to anything. */
function indirection(module: string, name: string): Danger | undefined {
  const parts = name.split('.')
  const dunder = parts.find((part) => DUNDER.test(part) && !FINE_DUNDER.test(part))
  if (dunder)
    return { technique: 'pickle-indirection', effect: `goes through ${dunder} to what a list of names would refuse` }
  if (parts.length > 1 && dangerOf(name))
    return { technique: 'pickle-indirection', effect: `reaches ${name} through another module` }
  const own = module.split('.').at(-1)
  const through = parts.find((part) => (parts.length > 1 ? isModule(part) && part !== own : POWERFUL.has(part)))
  return through === undefined
    ? undefined
    : { technique: 'pickle-indirection', effect: `reaches the module ${through} through another one` }
}

const POWERFUL: ReadonlySet<string> = new Set(
  'os sys subprocess builtins importlib shutil posix nt runpy pty socket ctypes marshal pickle _os _sys _subprocess _shutil _io'.split(
    ' ',
  ),
)
const isModule = (part: string) =>
  STANDARD_LIBRARY.has(part) || (part.startsWith('_') && STANDARD_LIBRARY.has(part.slice(1)))

/** Where packages keep copies of others, and packages that are copied into others under their own names. */
const VENDORED =
  /(?:^|\.)(?:_?vendor(?:ed)?|externals?|third_?party|_?extern|moves)\.(?<copied>.+)$|\.(?<known>cloudpickle\..+|dill\..+|joblib\..+)$/

function vendoredDanger(path: string): Danger | undefined {
  const { copied, known } = VENDORED.exec(path)?.groups ?? {}
  const own = copied ?? known
  if (own === undefined) return undefined
  const [first = '', ...rest] = own.split('.')
  const modern = [PYTHON_2[first] ?? first, ...rest].join('.')
  // The package of cloudpickle is often one file, where it has two levels of its own.
  return dangerOf(modern) ?? dangerOf(`${first}.${own}`) ?? vendoredDanger(own)
}

function ruleLibrary(path: string, home: string, name: string): Ruling {
  const standing = isNamedLikeHome(home, name) ? 'class' : standingOf(name)
  if (standing === 'class') return { allowed: LIBRARY_CLASS, called: made(path, name) }
  if (standing === 'rebuilds') return { allowed: LIBRARY_REBUILDS }
  const doing = actsBy(name)
  if (doing) return { allowed: 'a function of a known library, as data', called: { ...doing, effect: `calls ${path}` } }
  return {
    allowed: 'a function of a known library, as data',
    called: { technique: 'pickle-library-call', effect: `calls ${path}, which rebuilds nothing` },
  }
}

function ruleStandard(module: string): Ruling {
  return {
    imported: { technique: 'pickle-unknown-global', effect: `imports ${module}, which no model needs` },
    called: {
      technique: 'pickle-standard-library-call',
      effect: `calls a function of ${module}, which no model needs`,
    },
  }
}

function ruleUnknown(path: string, name: string): Ruling {
  const imported: Danger = { technique: 'pickle-unknown-global', effect: 'imports a module outside any allow-list' }
  if (standingOf(name) === 'class') return { imported, called: made(path, name) }
  const { technique } = actsBy(name) ?? { technique: 'pickle-unknown-function' }
  return { imported, called: { technique, effect: `calls ${path}` } }
}

/** What making an object does beyond making it: some are called for what they do, and some names begin with a verb. */
function made(path: string, name: string): Danger | undefined {
  if (ACTING.test(name)) return { technique: 'pickle-touches-system', effect: `makes a ${path}, which acts at once` }
  const [verb = '', ...rest] = partsOf(name).split('_').filter(Boolean)
  const doing = rest.length > 0 && !NO_ACT.test(name) ? actsBy(verb) : undefined
  return doing && { ...doing, effect: `calls ${path}` }
}

/** The last part of a name, in small letters with `_` between its words. */
const partsOf = (name: string): string =>
  (name.split('.').at(-1) ?? '').replace(/(?<=[a-z0-9])(?=[A-Z])/g, '_').toLowerCase()

/** What the last part of a name says that it does, beyond giving a value. */
export function actsBy(name: string): { technique: TechniqueId } | undefined {
  const last = partsOf(name)
  if (RUNNING.test(last)) return { technique: 'pickle-executes-code' }
  if (LOADING.test(last)) return { technique: 'pickle-loads-more' }
  if (LOOKING_UP.test(last)) return { technique: 'pickle-indirection' }
  if (TOUCHING.test(last)) return { technique: 'pickle-touches-system' }
  return undefined
}

const both = (technique: TechniqueId, effect: string): Ruling => ({ imported: { technique, effect } })
