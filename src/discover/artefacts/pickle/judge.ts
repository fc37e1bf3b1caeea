// Judges what a pickle does while the machine runs it. A finding is made where the effect happens, so that a payload that
// is popped, memoised, broken off or never returned is found all the same.
import { scanPython } from '../code/python.ts'
import { inside, type Piece, report } from '../piece.ts'
import { bytesSource } from '../source.ts'
import type { TechniqueId } from '../techniques.ts'
import type { Judge, Place } from './effects.ts'
import { calledBack, functionsIn, isComputed, keepsComputed, keepsFunctions, PARTIAL, remaking } from './callbacks.ts'
import { exhausts } from './exhausts.ts'
import { actsOnTexts, flat, MOST_TEXTS, namesPlace, namesPower, stringsIn } from './handed-texts.ts'
import { standardReason, standingOf, VALUE } from './allow.ts'
import { actsBy, LIBRARY_CLASS, LIBRARY_REBUILDS, rule } from './policy.ts'
import { dangerOf, STANDARD_LIBRARY } from './stdlib.ts'
import { leavesStorage } from './tensor-views.ts'
import { Bytes, Global, Made, Persistent, Seq, Text, type Value } from './values.ts'

/** Functions that themselves unpickle the bytes they are given. */
const LOADS_BYTES = /(?:^|\.)(?:_load_from_bytes|deserialize_model_from_bytecode|_unpickle_model|_load_from_buffer)$/
/** How a pickle of protocol 2 writes bytes: as a string, and a call that turns each letter into a byte. */
const ENCODES = /^_?codecs\.encode$/
const FORMATS = /^(?:builtins|__builtin__)\.(?:str|unicode)\.format(?:_map)?$/
/** A field with a name that only the interpreter gives. */
const WALKS = /\{[^{}]*[.[]_\w*/
const NAMES_TYPE = /\._(?:builtin|load)_type$/
const NAME = /^[A-Za-z_][\w.]+$/
/** Keys under which frameworks name what they import and call. */
const INSTANTIATED = new Set(['_target_', 'class_path', '_instantiator', 'loader_module', '_class_path'])

/** How a shell command or a statement begins, whatever it does. The name of a program alone is a word: dtypes are called so. */
const COMMAND =
  /^\s*(?:\/(?:usr\/)?s?bin\/|(?:(?:ba|z|da)?sh|cmd(?:\.exe)?|powershell(?:\.exe)?|pwsh|echo|touch|curl|wget|python[\d.]*|perl|ruby|node|nc|ncat|rm|mkdir|cp|mv|cat|id|whoami|ls|ping|nslookup|chmod|calc|open|start|sudo|env|git|pip|npm)\s)/
const STATEMENT =
  /^\s*(?:import\s+\w|from\s+\w[\w.]*\s+import\s|(?:print|exec|eval|open|__import__|os\.\w+|subprocess\.\w+)\s*\()/
const MOST_TEXT = 4096
const FETCHES = /(?:^|[._])(?:ufunc_reconstruct|(?:unpickle|rebuild|restore)_(?:function|ufunc|global|class|object))$/
const GETTER = /^(?:builtins|__builtin__)\.getattr$/
const GETTERS = /^_?operator\.(?:attrgetter|methodcaller)$/

export interface Verdicts {
  /** Whether anything was found that has an effect of its own. */
  dangerous: boolean
  imports: number
  /** Whether an import has a name that people give, which random bytes have not. */
  isNamed: boolean
  /** The storages that tensors were built over, with how many bytes they claim. */
  storages: Map<string, number>
}

/** What nothing but the name of the function is known of. */
const UNKNOWN: ReadonlySet<TechniqueId> = new Set<TechniqueId>(['pickle-unknown-function', 'pickle-library-call'])
/** More than this takes a machine longer than any reader of weights would wait. */
const MOST_STEPS = 2 ** 26
/** What is given members or keys by a call hashes them. */
const HASHES = /^(?:set|frozenset|dict|fromkeys|Counter|OrderedDict|defaultdict|hash|unique|Index|Categorical)$/

/** The arguments of a call, and what lies in them. */
const within = (args: Value): Value[] =>
  args instanceof Seq ? args.items.flatMap((item) => (item instanceof Seq ? [item, ...item.items] : [item])) : []

export class PickleJudge implements Judge {
  readonly #piece: Piece
  readonly #nested: (value: string | Bytes | Text) => string | undefined
  readonly verdicts: Verdicts = { dangerous: false, imports: 0, isNamed: false, storages: new Map() }

  /** `nested` says how a value holds a pickle with effects, if it does. */
  constructor(piece: Piece, nested: (value: string | Bytes | Text) => string | undefined) {
    this.#piece = piece
    this.#nested = nested
  }

  #find(technique: TechniqueId, why: string, at: Place, effect?: string): void {
    if (technique !== 'pickle-unknown-global' && technique !== 'pickle-unknown-function') this.verdicts.dangerous = true
    report(this.#piece, technique, {
      why,
      offset: at.offset,
      opcode: at.opcode,
      ...(effect === undefined ? {} : { effect }),
    })
  }

  imported(target: Global, at: Place): void {
    this.verdicts.imports++
    this.verdicts.isNamed ||= NAME.test(target.module) && NAME.test(target.name)
    const ruling = rule(target.module, target.name, at.protocol)
    if (ruling.imported) this.#find(ruling.imported.technique, `it imports ${target.path}`, at, ruling.imported.effect)
  }

  /** A key of a dictionary, or a member of a set. */
  hashed(value: Value, at: Place): void {
    if ((value instanceof Seq || value instanceof Made) && value.steps > MOST_STEPS)
      this.#find('pickle-exhausts', 'it hashes tuples of tuples that name each other again and again', at)
  }

  called(named: Value, args: Value, at: Place): Value {
    const callee = named instanceof Persistent ? (classKept(named) ?? named) : named
    this.#handsOver(args, at)
    if (callee instanceof Global && HASHES.test(callee.name)) for (const part of within(args)) this.hashed(part, at)
    if (at.opcode === 'NEWOBJ_EX' && args instanceof Seq) for (const part of args.items) this.#handsOver(part, at)
    const made = remaking(callee, args)
    if (made) return this.#calledGlobal(made.of, made.args, { ...at, opcode: 'NEWOBJ' })
    if (callee instanceof Global) return this.#calledGlobal(callee, args, at)
    if (callee instanceof Made) {
      this.#find('pickle-indirection', `it calls what ${callee.of || 'an earlier call'} gave`, at)
    } else if (callee !== undefined && !(callee instanceof Persistent)) {
      this.#find('pickle-broken', 'it calls something that is no function', at)
    }
    return new Made(callee, args)
  }

  /** `getattr` is written to fetch a member at once; handed on as a value it fetches what nobody has judged. */
  #handsOver(value: Value, at: Place): void {
    if (!(value instanceof Seq)) return
    // What a call fetches out of a list is a call's result, and is judged as that.
    if (value.items.some((item) => item instanceof Global && item.name === 'getattr' && GETTER.test(item.path)))
      this.#find('pickle-indirection', 'it hands on getattr, to fetch what a list of names would refuse', at)
  }

  /** A function that somebody else calls then. */
  #callsBack(path: string, callback: Value, at: Place): void {
    if (callback === undefined) return
    if (isComputed(callback)) this.#find('pickle-indirection', `it lets ${path} call what an earlier call gave`, at)
    for (const target of functionsIn(callback)) {
      const doing = rule(target.module, target.name, at.protocol).called
      if (doing) this.#find(doing.technique, `it lets ${path} call ${target.path}`, at, doing.effect)
    }
    if (path.endsWith('reduce') && !(callback instanceof Global && /^_?operator\.\w+$/.test(callback.path)))
      this.#find('pickle-indirection', `it lets ${path} call another function`, at)
  }

  /** A function of a library that acts is no argument that any function needs to rebuild something. */
  #handsFunctions(path: string, args: Value, at: Place): void {
    if (keepsFunctions(path)) return
    for (const target of functionsIn(args)) {
      const { allowed, called: doing } = rule(target.module, target.name, at.protocol)
      const isHarmless = allowed === LIBRARY_CLASS || (doing && UNKNOWN.has(doing.technique))
      if (allowed !== undefined && doing && !isHarmless)
        this.#find(doing.technique, `it hands ${target.path} to ${path}, which may call it`, at, doing.effect)
    }
  }

  #calledGlobal(callee: Global, args: Value, at: Place): Value {
    const { path } = callee
    if (path === 'builtins.getattr' || path === '__builtin__.getattr') return this.#attribute(args, at)
    const ruling = rule(callee.module, callee.name, at.protocol)
    // Python 2 made its own objects by these two, without calling them where there are no arguments.
    const isOldMaking = /^(?:OBJ|INST)$/.test(at.opcode) && args instanceof Seq && args.count === 0
    const isConstruction = isOldMaking || at.opcode === 'NEWOBJ' || at.opcode === 'NEWOBJ_EX'
    if (ruling.called && !isConstruction) {
      const worse = UNKNOWN.has(ruling.called.technique) ? this.#actsOn(callee, args) : undefined
      this.#find(worse ?? ruling.called.technique, `it calls ${path}`, at, worse ? undefined : ruling.called.effect)
      this.#handsFunctions(path, args, at)
    } else if (ruling.allowed === LIBRARY_CLASS || ruling.allowed === LIBRARY_REBUILDS) this.#makes(path, args, at)
    else if (ruling.called && dangerOf(path)) this.#find(ruling.called.technique, `it constructs ${path}`, at)
    else if (ruling.allowed !== VALUE) this.#handsFunctions(path, args, at)
    this.#special(path, args, at, ruling.allowed)
    return typeNamed(path, args) ?? this.#ufunc(path, args, at) ?? new Made(callee, args)
  }

  /** numpy and scipy fetch a function of a module by both names, whatever they are. */
  #ufunc(path: string, args: Value, at: Place): Global | undefined {
    const [module, name] = args instanceof Seq ? args.items : []
    if (!FETCHES.test(path) || typeof module !== 'string' || typeof name !== 'string') return undefined
    const target = new Global(module, name)
    this.imported(target, at)
    return target
  }

  /** What a function that nobody knows does with what it is handed. */
  #actsOn({ name }: Global, args: Value): TechniqueId | undefined {
    const code = this.#codeIn(args) ?? this.#pickleIn(args)
    if (code || standingOf(name) !== 'function') return code
    const texts = stringsIn(args, 4)
    if (namesPower(texts)) return 'pickle-indirection'
    return texts.some(namesPlace) ? 'pickle-touches-system' : undefined
  }

  #makes(path: string, args: Value, at: Place): void {
    const code = this.#codeIn(args) ?? (at.opcode.startsWith('NEWOBJ') ? undefined : this.#pickleIn(args))
    const texts = [...flat(args, 2)].flatMap((one) =>
      one instanceof Text ? `${Buffer.from(this.#read(one).subarray(0, MOST_TEXT)).toString('utf8')}…` : one,
    )
    const acts = code
      ? { technique: code, why: `it hands ${path} code` }
      : actsOnTexts(path, texts.filter((one) => typeof one === 'string').slice(0, MOST_TEXTS))
    if (acts) this.#find(acts.technique, acts.why, at)
  }

  #special(path: string, args: Value, at: Place, allowed: string | undefined): void {
    const list = args instanceof Seq ? args.items : []
    this.#callsBack(path, calledBack(path, list), at)
    if (NAMES_TYPE.test(path)) {
      const [type] = list
      if (typeof type === 'string' && /Code|Function|Lambda|Cell/.test(type))
        this.#find('pickle-builds-code', `it asks ${path} for ${type}`, at)
    } else if (/^(?:builtins|__builtin__)\.type$/.test(path) && list.length >= 3) {
      this.#find(
        'pickle-unknown-function',
        'it makes a class out of a dictionary',
        at,
        'defines a class while it loads',
      )
    } else if (isStandard(allowed) && exhausts(path, list)) {
      this.#find('pickle-exhausts', `it calls ${path} with what has no end`, at)
    } else if (ENCODES.test(path)) {
      const [, codec] = list
      if (codec !== undefined && !/^(?:latin[-_]?1|iso-?8859-1|utf-?8|ascii|raw_unicode_escape)$/i.test(String(codec)))
        this.#find('pickle-unknown-function', 'it converts bytes with a codec that picklers do not use', at)
    } else if (FORMATS.test(path) && typeof list[0] === 'string' && WALKS.test(list[0])) {
      this.#find('pickle-indirection', 'it formats a text that walks to the inside of an object', at)
    } else if (GETTERS.test(path)) {
      // Sorting keys are kept so; a call of what they give is judged when it comes.
      const [name] = list
      if (typeof name !== 'string' || /(?:^|\.)_/.test(name) || actsBy(name))
        this.#find(
          'pickle-indirection',
          `it fetches ${typeof name === 'string' ? name.slice(0, 60) : 'a computed name'} by ${path}`,
          at,
        )
    } else if (keepsComputed(path, list[0]))
      this.#find('pickle-indirection', `it lets ${path} call what an earlier call gave`, at)
    else if (LOADS_BYTES.test(path)) this.#loadsBytes(list, at)
    else if (path === 'torch._utils._rebuild_tensor_v2' || path === 'torch._utils._rebuild_tensor') {
      if (leavesStorage(list, this.verdicts.storages))
        this.#find('layout-broken', 'a tensor’s view reaches beyond its storage', at)
    }
  }

  /** getattr(Class, 'name') is how enumerations and nested classes are pickled: it is judged as the dotted name. */
  #attribute(args: Value, at: Place): Value {
    const [of, name] = args instanceof Seq ? args.items : []
    if (of instanceof Global && typeof name === 'string') {
      const target = new Global(of.module, `${of.name}.${name}`)
      const before = this.verdicts.dangerous
      this.imported(target, at)
      const ruling = rule(of.module, of.name, at.protocol)
      if (!before && !this.verdicts.dangerous && !ruling.allowed && !ruling.imported)
        this.#find('pickle-indirection', `it fetches ${name} of ${of.path}`, at)
      return target
    }
    if (typeof name === 'string' && of instanceof Made && !name.startsWith('__') && this.#harmless(of)) {
      // A bound method, as scikit-learn keeps them; calling it is judged apart.
      return new Made(new Global('builtins', 'getattr'), args)
    }
    this.#find(
      'pickle-indirection',
      `it fetches the attribute ${typeof name === 'string' ? name.slice(0, 40) : '(computed)'}`,
      at,
    )
    return new Made(new Global('builtins', 'getattr'), args)
  }

  #harmless(made: Made): boolean {
    if (!(made.callee instanceof Global)) return false
    const { allowed, imported } = rule(made.callee.module, made.callee.name, 4)
    // A class that nobody lists was reported when it was named; its method is no worse than the class.
    return allowed !== undefined || imported?.technique === 'pickle-unknown-global'
  }

  /** Whether source code among the arguments would do harm. */
  #codeIn(args: Value): TechniqueId | undefined {
    const texts = stringsIn(args, 4)
    const isCode = texts.some(
      (text) => text.length > 8 && scanPython(text).some(({ verdict }) => verdict === 'malicious'),
    )
    const isCommand = texts.some((text) => COMMAND.test(text) || STATEMENT.test(text))
    return isCode || isCommand ? 'pickle-executes-code' : undefined
  }

  /** A function is handed bytes to make something of them. */
  #pickleIn(args: Value): TechniqueId | undefined {
    const isLoaded = within(args).some((part) => part instanceof Bytes && this.#nested(part) !== undefined)
    return isLoaded ? 'pickle-loads-more' : undefined
  }

  #loadsBytes(args: readonly Value[], at: Place): void {
    const [given] = args
    const bytes = this.#bytesOf(given instanceof Made && /^_?io\.BytesIO$/.test(given.of) ? first(given.args) : given)
    if (bytes) inside(this.#piece, `bytes at ${at.offset}`, bytesSource(bytes))
    else if (given !== undefined)
      report(this.#piece, 'not-read', { why: 'it unpickles bytes that a call gives', offset: at.offset })
  }

  /** The bytes that a value is when it is loaded; undefined where only running it would tell. */
  #bytesOf(value: Value): Uint8Array | undefined {
    if (value instanceof Made && ENCODES.test(value.of)) {
      const text = first(value.args)
      if (typeof text === 'string') return Buffer.from(text, 'latin1')
      return text instanceof Text ? Buffer.from(Buffer.from(this.#read(text)).toString('utf8'), 'latin1') : undefined
    }
    if (typeof value === 'string') return Buffer.from(value, 'latin1')
    return value instanceof Bytes || value instanceof Text ? this.#read(value) : undefined
  }

  #read({ at, length }: Bytes | Text): Uint8Array {
    return this.#piece.source.read(at, Math.min(length, this.#piece.shared.limits.memberBytes))
  }

  changed(target: Value, state: Value, at: Place): void {
    if (target instanceof Made && PARTIAL.test(target.of)) this.#handsOver(state, at)
    if (target instanceof Global) {
      this.#find('pickle-changes-interpreter', `it writes into ${target.path}`, at)
    } else if (target instanceof Made && target.of === 'builtins.getattr') {
      this.#find('pickle-changes-interpreter', 'it writes into an attribute that it fetched', at)
    } else if (
      target instanceof Made &&
      target.of.startsWith('torch._utils._rebuild_') &&
      at.opcode.startsWith('SETITEM')
    ) {
      this.#find('layout-broken', 'it assigns items to a tensor while it loads', at)
    } else if (target instanceof Seq && at.opcode.startsWith('SETITEM')) {
      this.#find('pickle-frame-mismatch', `it assigns items to a ${target.kind}`, at)
    } else if (target instanceof Made && state instanceof Seq) this.#state(state, at)
  }

  #state(state: Seq, at: Place): void {
    if (state.kind !== 'dict') return
    for (let i = 0; i + 1 < state.items.length; i += 2) {
      const [key, value] = [state.items[i], state.items[i + 1]]
      const isHook = typeof key === 'string' && /^__(?:reduce|setstate|getattr|call|class|del|new|init)\w*__$/.test(key)
      if (isHook && (value instanceof Global || value instanceof Made))
        this.#find('pickle-indirection', `it replaces ${key} of an object`, at)
    }
  }

  extension(code: number, at: Place): void {
    this.#find('pickle-extension-code', `it uses extension code ${code}`, at)
  }

  computed(module: Value, name: Value, at: Place): Value {
    this.#find(
      'pickle-computed-global',
      `the name of an import is ${module instanceof Made || name instanceof Made ? 'computed by a call' : 'no text'}`,
      at,
    )
    return new Made(module, name)
  }

  item(key: string, value: Value, at: Place): void {
    if (!INSTANTIATED.has(key) || typeof value !== 'string') return
    const dot = value.lastIndexOf('.')
    const ruling = rule(value.slice(0, Math.max(dot, 0)), value.slice(dot + 1), 4)
    const isPart = STANDARD_LIBRARY.has(value.split('.')[0] ?? '')
    if (ruling.imported && isPart) this.#find('config-imports', `${key} names ${value}`, at)
    else if (key === '_instantiator') this.#find('config-unknown', `${key} names ${value}`, at)
  }

  data(value: string | Bytes | Text, at: Place): void {
    const how = this.#nested(value)
    if (how) this.#find('pickle-nested', `${how} that holds a pickle with effects`, at)
  }

  odd(kind: 'frame' | 'number', at: Place): void {
    const why = kind === 'frame' ? 'a frame ends within an opcode or beyond the file' : 'an integer is not decimal'
    report(this.#piece, kind === 'frame' ? 'pickle-frame-mismatch' : 'pickle-unusual-number', {
      why,
      offset: at.offset,
      opcode: at.opcode,
    })
  }
}

const isStandard = (allowed: string | undefined) =>
  allowed !== undefined && allowed !== LIBRARY_CLASS && allowed !== LIBRARY_REBUILDS

/** dill and cloudpickle fetch the types of the interpreter by name. */
function typeNamed(path: string, args: Value): Global | undefined {
  if (!NAMES_TYPE.test(path)) return undefined
  const name = first(args)
  if (name === 'PartialType') return new Global('functools', 'partial')
  if (typeof name === 'string' && standardReason(`types.${name}`) === VALUE) return new Global('types', name)
  return typeof name === 'string' && standardReason(`builtins.${name}`) === VALUE
    ? new Global('builtins', name)
    : undefined
}

/** Torch’s older files keep a class beside its source, under the number of an object. */
function classKept({ id }: Persistent): Global | undefined {
  const [kind, kept] = id instanceof Seq ? id.items : []
  return kind === 'module' && kept instanceof Global ? kept : undefined
}

const first = (args: Value): Value => (args instanceof Seq ? args.items[0] : undefined)
