// Loading these formats runs what they say.
import { type Expr, field, lastName, pathOf, type Unit } from '../syntax/expr.ts'
import { defineRule, type Hit } from './define.ts'
import { calls, hit, isFalse, isTrue, textsOf } from './look.ts'

const ALWAYS =
  /^(?:pickle|cPickle|dill|cloudpickle|_pickle|marshal|jsonpickle)\.(?:loads?|Unpickler|decode)$|^pandas\.read_pickle$|^(?:sklearn\.externals\.)?joblib\.load$|^shelve\.open$|^torch\.jit\.load$|^yaml\.(?:unsafe_load|unsafe_load_all)$|^(?:tf\.|tensorflow\.)?keras\.config\.enable_unsafe_deserialization$/
const SHORT: Readonly<Record<string, string>> = { np: 'numpy', pd: 'pandas', pkl: 'pickle' }
/** A file of a model, by its name or by what it is kept under: such a file matters in a program without any library of AI. */
const OF_MODEL =
  /model|classif|clf|regress|vectori[sz]er|scaler|pipeline|tokeni[sz]er|embedding|estimator|predictor|weights/i
const FILE = /\.(?:pkl|pickle|joblib|pt|pth|ckpt|sav|dill)$/i

/** The path of a call with the module that its first word stands for: `load` of `from joblib import load`. */
function fullPath(call: Expr & { kind: 'call' }, unit: Unit): string {
  const path = pathOf(call.callee)
  const [head = '', ...rest] = path.split('.')
  for (const one of unit.statements) {
    if (one.kind !== 'import') continue
    const name = one.names.find(({ as }) => as === head)
    if (name) return [one.module, ...(name.name === '' ? [] : [name.name]), ...rest].join('.')
  }
  return [SHORT[head] ?? head, ...rest].join('.')
}

const isTrusted = (loader: Expr | undefined): boolean =>
  loader !== undefined && !/^(?:Unsafe|Full)?Loader$/.test(lastName(loader))

/** How bad it is, where it is anything at all. */
function severityOf(call: Expr & { kind: 'call' }, path: string): Hit['severity'] {
  const name = lastName(call.callee)
  if (/^numpy\.load$/.test(path) && isTrue(field(call, 'allow_pickle'))) return 'high'
  if (/^(?:load_model|deserialize_keras_object)$/.test(name) && isFalse(field(call, 'safe_mode'))) return 'high'
  if (isTrue(field(call, 'allow_dangerous_deserialization'))) return 'high'
  if (path === 'torch.load' && !isTrue(field(call, 'weights_only'))) return 'medium'
  if (path === 'yaml.load' && call.args.length + call.named.length > 0) {
    const loader = field(call, 'Loader') ?? call.args[1]
    return loader && !isTrusted(loader) && lastName(loader) !== 'FullLoader' ? 'medium' : undefined
  }
  return ALWAYS.test(path) ? 'medium' : undefined
}

function isOfModel(call: Expr & { kind: 'call' }, keys: readonly string[], scope: string): boolean {
  const told = [...call.args, ...call.args.flatMap((one) => (one.kind === 'call' ? one.args : []))]
  return (
    OF_MODEL.test([...keys.slice(-1), scope.slice(scope.lastIndexOf('.') + 1)].join(' ')) ||
    told.some((one) => textsOf(one).some((text) => FILE.test(text)) || OF_MODEL.test(pathOf(one)))
  )
}

export const unsafeLoader = defineRule({
  id: 'unsafe-loader',
  title: 'A file is loaded in a way that runs code from it',
  severity: 'medium',
  confidence: 0.8,
  threats: ['supply-chain-model-poisoning', 'direct-runtime-model-poisoning'],
  controls: ['runtime-model-integrity', 'supply-chain-manage'],
  remedy:
    'keep models as safetensors or ONNX; load with `weights_only=True`, `allow_pickle=False`, `safe_mode=True`; check a signature first',
  everywhere: true,
  *checkUnit(unit, evidence) {
    if (unit.language !== 'python') return
    const ai = evidence.usesAi(unit)
    for (const [call, { keys, scope }] of calls(unit)) {
      const path = fullPath(call, unit)
      const severity = severityOf(call, path)
      if (severity !== undefined && (ai || isOfModel(call, keys, scope))) yield hit(unit, call.line, path, { severity })
    }
  },
  examples: {
    hit: [
      { 'a.py': 'import torch\nm = torch.load("m.pt")\n' },
      { 'a.py': 'import pickle, sklearn\nm = pickle.load(open("m.pkl", "rb"))\n' },
      {
        'a.py':
          'from langchain_community.vectorstores import FAISS\nd = FAISS.load_local("x", e, allow_dangerous_deserialization=True)\n',
      },
      { 'serve.py': 'import pickle\nfrom flask import Flask\nmodel = pickle.load(open("model.pkl", "rb"))\n' },
      { 'serve.py': 'from joblib import load\nclf = load("clf.joblib")\n' },
      { 'a.py': 'import yaml, openai\nconfig = yaml.load(f, Loader=yaml.UnsafeLoader)\n' },
    ],
    miss: [
      { 'queue.py': 'import pickle\nimport redis\njob = pickle.loads(r.get("job"))\n' },
      { 'a.py': 'import yaml, openai\nconfig = yaml.load(f, Loader=yaml.SafeLoader)\nmore = yaml.load(f)\n' },
      { 'a.py': 'import torch\nm = torch.load("m.pt", weights_only=True)\n' },
      { 'a.py': 'import json, torch\nm = json.load(open("a"))\n' },
    ],
  },
})
