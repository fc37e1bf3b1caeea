// Tools that are classes: by an attribute, by a class of a library above them, or by a class of the project that all its
// tools are made from. What such a class says of itself – a member, a method, what its constructor hands up – is the name.
import { packageOfModule } from '../../knowledge/packages.ts'
import { children, type Expr, field, lastName, pathOf, textField, type Unit } from '../../syntax/expr.ts'
import { classesAbove, hasChildren, lastOf, pathOfBase } from '../class-line.ts'
import type { Evidence } from '../evidence.ts'
import type { ClassStatement } from '../project.ts'
import { handedUp, inMetadata, member, scopeOf } from '../class-members.ts'
import { addTool, BASE, DECORATOR, isName } from './tool-words.ts'
import { CALLS, visitUnit } from '../visit.ts'

export function toolOfClass(one: ClassStatement, unit: Unit, related: boolean, evidence: Evidence) {
  if (attributed(one, unit, evidence)) return
  if (unit.language === 'go') {
    if (related || takesInput(one, unit, evidence)) ofMethods(one, unit, evidence)
    return
  }
  // Where nothing about AI is imported, `Tool` is a trait of the project's own.
  if (related && one.bases.some((base) => BASE.test(pathOfBase(base)))) ofLibrary(one, unit, evidence)
  else ofOwn(one, unit, related, evidence)
}

/** A class of PHP or Python, or a structure of Rust, that is a tool by its attribute. */
function attributed(one: ClassStatement, unit: Unit, evidence: Evidence): boolean {
  const marks = unit.language === 'python' ? /^tool$/ : /(?:^|\.)(?:AsTool|Mcp\w*Tool|mcp_tool)$/
  const attribute = one.decorators.find((decorator) => marks.test(pathOf(decorator).replace(/\(\)$/, '')))
  if (!attribute || (unit.language === 'python' && !evidence.usesAi(unit))) return false
  const first = attribute.kind === 'call' ? attribute.args[0] : undefined
  const name = evidence.resolver.first(field(attribute, 'name') ?? first, unit, one.scope)
  addTool(isName(name) ? name : one.name, textField(attribute, 'description') ?? one.doc ?? '', unit, one, evidence)
  return true
}

function ofLibrary(one: ClassStatement, unit: Unit, evidence: Evidence) {
  const index = evidence.project.index(unit)
  const scope = scopeOf(one)
  let name =
    saidName(one, unit, evidence) ??
    saidAbove(one, unit, evidence) ??
    derived(one, unit, evidence) ??
    keptWithin(one, unit, evidence)
  if (unit.language === 'ruby' && name === undefined && index.functions.has(`${scope}.signature`))
    name = index.functions.get(`${scope}.name`)?.doc
  const description = member(scope, DESCRIPTION, unit, evidence) ?? one.doc ?? ''
  if (isName(name)) addTool(name, description, unit, one, evidence)
  else if (
    !hasChildren(one, evidence) &&
    // One that makes others is a kind of tool.
    !index.functions.has(`${scope}.from_defaults`) &&
    !/^(?:Base|Abstract)/.test(one.name) &&
    classesAbove(one, unit, evidence).some(({ path, unit: at }) => isLibraryBase(path, at, evidence))
  )
    addTool(one.name, description, unit, one, evidence, 0.75)
}

/** Of Ruby, a module of a library is there without an import that names it. */
const isLibraryBase = (path: string, unit: Unit, evidence: Evidence): boolean =>
  BASE.test(path) &&
  (evidence.packageOf(unit, path) !== undefined ||
    (unit.language === 'ruby' && packageOfModule('ruby', path.split('.')[0] ?? '') !== undefined) ||
    /^(?:MCP|FastMcp|ActionTool)\./.test(path))

/** A class below no other that says all a model must be told: its name, what it is for, and what it takes. */
function ofMembers(one: ClassStatement, unit: Unit, evidence: Evidence) {
  const name = saidName(one, unit, evidence)
  const description = member(scopeOf(one), DESCRIPTION, unit, evidence)
  if (isName(name) && !/\s/.test(name) && description !== undefined && takesWithin(scopeOf(one), unit, evidence))
    addTool(name, description, unit, one, evidence, 0.85)
}

/** Go says of no type what it is for; what a tool must answer, it answers. */
function ofMethods(one: ClassStatement, unit: Unit, evidence: Evidence) {
  const { functions } = evidence.project.index(unit)
  const answers = (...names: string[]) => names.some((name) => functions.has(`${one.name}.${name}`))
  if (!answers('Description') || !answers('Call', 'Run', 'Execute', 'Invoke', 'InvokableRun')) return
  const name = member(one.name, ['Name'], unit, evidence)
  if (isName(name)) addTool(name, member(one.name, ['Description'], unit, evidence) ?? '', unit, one, evidence, 0.85)
}

/** What projects call the classes and interfaces that their own tools have above them. */
const OWN_BASE = /Tool(?:Base|Handler|Interface|Definition|Implementation|Plugin)?$|^(?:I|Base|Abstract)\w*Tool\w*$/
/** A word for other things too, so that a place for what is taken must stand beside it. */
const LOOSE_BASE = /(?:Function|Skill|Capability)(?:Base|Interface)?$/
const DESCRIPTION = [
  'description',
  'Description',
  'toolDescription',
  'tool_description',
  'getDescription',
  'get_description',
]
/** A class that says what it takes, as a model must be told, is no tool of a workshop. */
const TAKES =
  /^(?:input_?schema|args_?schema|args_?shape|params?_?schema|tool_?schema|parameters|json_?schema|zod_?schema|get_?input_?schema|get_?parameters|get_?schema|schema)$/i

/** These words are said of what a model calls, and of little else, so that nothing about AI need be imported beside them. */
const TAKES_INPUT = /^(?:get_?)?(?:tool_?)?input_?schema$/i

const takesInput = (one: ClassStatement, unit: Unit, evidence: Evidence): boolean =>
  takesWithin(scopeOf(one), unit, evidence, TAKES_INPUT)

/** `class FindTool extends DatabaseTool`, where somewhere above stands a tool of this project. */
function ofOwn(one: ClassStatement, unit: Unit, related: boolean, evidence: Evidence) {
  if (/^(?:Base|Abstract|I[A-Z])/.test(one.name)) return
  if (one.bases.length === 0) {
    if (related || takesInput(one, unit, evidence)) ofMembers(one, unit, evidence)
    return
  }
  const above = classesAbove(one, unit, evidence)
  const loose = above.some(({ path }) => LOOSE_BASE.test(lastOf(path)))
  if (!loose && !above.some(({ path }) => OWN_BASE.test(lastOf(path)) || BASE.test(path))) return
  if (registers(scopeOf(one), unit, evidence)) return
  const said = saidName(one, unit, evidence)
  const ofLibraryAbove = above.some(({ path, unit: at }) => isLibraryBase(path, at, evidence))
  const name =
    said ?? derived(one, unit, evidence) ?? (ofLibraryAbove && !hasChildren(one, evidence) ? one.name : undefined)
  if (!isName(name) || /\s/.test(name)) return
  const scope = scopeOf(one)
  const ofAi =
    related ||
    above.some(({ path }) => /mcp/i.test(path)) ||
    above.some(({ unit: at, held }) => evidence.usesAi(at) || (held !== undefined && evidence.usesAi(held.unit)))
  const takes =
    takesWithin(scope, unit, evidence) ||
    (loose && above.some(({ held }) => held !== undefined && takesWithin(scopeOf(held.held), held.unit, evidence)))
  if (takes || (ofAi && !loose))
    addTool(name, member(scope, DESCRIPTION, unit, evidence) ?? one.doc ?? '', unit, one, evidence, 0.85)
}

/** A class whose functions are tools by their marks gives tools, and is none. */
const registers = (scope: string, unit: Unit, evidence: Evidence): boolean =>
  [...evidence.project.index(unit).functions].some(
    ([key, { decorators }]) =>
      key.startsWith(`${scope}.`) && decorators.some((one) => DECORATOR.test(pathOf(one).replace(/\(\)$/, ''))),
  )

/** `name = cls.__name__`, above: the name of a tool is made of that of its class. */
function derived(one: ClassStatement, unit: Unit, evidence: Evidence): string | undefined {
  if (/^(?:Base|Abstract)/.test(one.name) || hasChildren(one, evidence)) return undefined
  for (const { held } of classesAbove(one, unit, evidence)) {
    const make = held && namedByClass(held.held, held.unit)
    if (make) return make(one.name)
  }
  return undefined
}

/** `{ name: self.function_name, … }` in a class, whose method of that name, or one above, makes it of the class's own. */
export function namedByClassAround(said: Expr, unit: Unit, scope: string, evidence: Evidence): string | undefined {
  const [, word] = /^(?:self|this|cls)\.(\w+)$/.exec(pathOf(said.kind === 'call' ? said.callee : said)) ?? []
  const { classes } = evidence.project.index(unit)
  const one = [...classes.values()].find((each) => scope.startsWith(`${scopeOf(each)}.`))
  if (word === undefined || !one) return undefined
  const says = new RegExp(`^\\.${word}$`)
  const above = classesAbove(one, unit, evidence).flatMap(({ held }) => (held ? [held] : []))
  for (const { held, unit: at } of [{ held: one, unit }, ...above]) {
    const make = namedByClass(held, at, says)
    if (make) return make(one.name)
  }
  return undefined
}

/** How a method of a class names what is made of it: as it is, or in small letters without its last word. */
function namedByClass(one: ClassStatement, unit: Unit, says = DERIVES): ((name: string) => string) | undefined {
  const inner = unit.statements.flatMap((each) =>
    (each.kind === 'do' || each.kind === 'assign') && says.test(each.scope.slice(scopeOf(one).length))
      ? each.scope.startsWith(scopeOf(one))
        ? [each.value]
        : []
      : [],
  )
  const words = inner.flatMap((value) => wordsOf(value))
  const small = words.some((word) => /^(?:lower|toLowerCase|snake\w*|underscore|sub)$/.test(word))
  // Of Ruby, a class says its name by a word of every day.
  const ofRuby = unit.language === 'ruby' && small && words.includes('name')
  if (!ofRuby && !words.some((word) => /^(?:__name__|getSimpleName)$/.test(word))) return undefined
  return small ? inSnakeCase : String
}

const DERIVES = /^\.(?:get_?|tool_?)?name\w*$/i

const wordsOf = (expr: Expr, depth = 0): string[] =>
  depth > 20
    ? []
    : [
        ...(expr.kind === 'member' ? [expr.name] : expr.kind === 'call' ? [lastName(expr.callee)] : []),
        ...children(expr).flatMap((inner) => wordsOf(inner, depth + 1)),
      ]

const inSnakeCase = (name: string): string =>
  name
    .replace(/Tool$/, '')
    .replaceAll(/(?<!^)([A-Z])/g, '_$1')
    .toLowerCase()

const takesWithin = (scope: string, unit: Unit, evidence: Evidence, words = TAKES): boolean => {
  const { bindings, functions } = evidence.project.index(unit)
  return [...bindings.keys(), ...functions.keys()].some(
    (key) => key.startsWith(`${scope}.`) && words.test(key.slice(scope.length + 1)),
  )
}

const NAMES = [
  'toolName',
  'tool_name',
  'ToolName',
  'TOOL_NAME',
  'name',
  'Name',
  'NAME',
  '_name',
  'getName',
  'get_name',
  'GetName',
]

function saidName(one: ClassStatement, unit: Unit, evidence: Evidence): string | undefined {
  const scope = scopeOf(one)
  return member(scope, NAMES, unit, evidence) ?? inMetadata(scope, unit, evidence) ?? handedUp(scope, unit, evidence)
}

/** `FindTool { tool: BaseTool { name: "find", description: "Finds." } }`: a tool that keeps what is said of it in another. */
function keptWithin(one: ClassStatement, unit: Unit, evidence: Evidence): string | undefined {
  const known = KEPT.get(unit)
  if (known) return known.get(scopeOf(one))
  const kept = new Map<string, string>()
  KEPT.set(unit, kept)
  visitUnit(
    unit,
    (expr, { scope }) => {
      if (expr.kind !== 'call' || !lastName(expr.callee).endsWith('Tool') || !field(expr, 'description')) return
      const owner = scope.slice(0, Math.max(0, scope.lastIndexOf('.')))
      const name = kept.has(owner) ? undefined : evidence.resolver.first(field(expr, 'name'), unit, scope)
      if (name !== undefined) kept.set(owner, name)
    },
    CALLS,
  )
  return kept.get(scopeOf(one))
}

/** By the class around: one look at a file, however many classes are in it. */
const KEPT = new WeakMap<Unit, ReadonlyMap<string, string>>()

/** The name may be said by a class above, if that is in the same file. */
function saidAbove(one: ClassStatement, unit: Unit, evidence: Evidence): string | undefined {
  const { bindings } = evidence.project.index(unit)
  const held = one.bases.map((base) => bindings.get(`${lastName(base)}.name`)?.[0]).find((two) => two !== undefined)
  return held ? evidence.resolver.first(held.value, unit, held.scope) : undefined
}
