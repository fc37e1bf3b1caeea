// What a name says that it does is judged in libraries that are listed, as in those that are not.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { op, pickle, scan } from '../testing.ts'

const halves = (path: string): [module: string, name: string] => {
  const dot = path.lastIndexOf('.')
  return [path.slice(0, dot), path.slice(dot + 1)]
}
const made = (path: string, ...args: Buffer[]) => pickle(op.call(op.global(...halves(path)), ...args))
const kept = (path: string) => pickle(op.make(...halves(path)))
const word = op.text('x')

for (const [title, bytes, verdict] of [
  ['a function that is written like a class, by its verb', made('rdkit.TestRunner.RunTest', word), 'malicious'],
  ['one that loads', made('torchvision.some.LoadPlugin', word), 'malicious'],
  ['one that opens, of a library that nobody lists', made('nobody.lists.OpenUrl', word), 'malicious'],
  ['the class alone, without a call', kept('monai.transforms.LoadImage'), 'benign'],
  ['a setting called after a verb', made('transformers.some.LoadMode', word), 'benign'],
  ['a state called after a verb', made('sklearn.some.RunningMean'), 'benign'],
  ['what runs what it is told', made('nltk.some.TestRunner', word), 'malicious'],
  ['what defines a constructor', made('numba.experimental.structref.define_constructor', word), 'malicious'],
  ['what wraps a function anew', made('nltk.decorators.new_wrapper', word), 'malicious'],
  ['what makes an index anew', made('pandas.core.indexes.base._new_Index', op.none), 'benign'],
  ['what stands for a module', made('xarray.core.pycompat.DuckArrayModule', op.text('some_module')), 'malicious'],
  ['a layer that is a module', kept('torch.nn.modules.module.Module'), 'benign'],
  ['a program for a class', made('sklearn.Some', op.text('run.sh')), 'suspicious'],
  ['the type that a library is called after', made('bitarray.bitarray', op.text('big')), 'benign'],
  ['its frozen form', made('bitarray.frozenbitarray', op.text('big')), 'benign'],
  ['a class of a widespread library', kept('photutils.aperture.circle.CircularAperture'), 'benign'],
  ['one that is not written small', kept('fontTools.misc.transform.Transform'), 'benign'],
  ['a class of a module that anybody may have', kept('utils.Thing'), 'suspicious'],
  ['the signal of a context of decimals', kept('decimal.InvalidOperation'), 'benign'],
  ['a function of such a library', made('photutils.datasets.get_path', word), 'malicious'],
  ['a class of nobody’s library', kept('nobody.lists.Thing'), 'suspicious'],
  ['a map as YAML was read', made('ruamel.yaml.comments.CommentedMap'), 'benign'],
  ['a reader of YAML', made('ruamel.yaml.main.load', word), 'malicious'],
] as const)
  test(`${title}: ${verdict}`, async () => assert.equal((await scan('model.pkl', bytes)).verdict, verdict))
