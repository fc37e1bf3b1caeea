// Loading these formats runs what they say.
import { field, lastName, pathOf } from '../syntax/expr.ts'
import { defineRule } from './define.ts'
import { calls, hit, isFalse, isTrue } from './look.ts'

const ALWAYS =
  /^(?:pickle|cPickle|dill|cloudpickle|_pickle)\.(?:load|loads|Unpickler)$|^(?:pd|pandas)\.read_pickle$|^joblib\.load$|^shelve\.open$|^torch\.jit\.load$/

export const unsafeLoader = defineRule({
  id: 'unsafe-loader',
  title: 'A file is loaded in a way that runs code from it',
  severity: 'medium',
  confidence: 0.8,
  threats: ['supply-chain-model-poisoning', 'direct-runtime-model-poisoning'],
  controls: ['runtime-model-integrity', 'supply-chain-manage'],
  remedy:
    'keep models as safetensors or ONNX; load with `weights_only=True`, `allow_pickle=False`, `safe_mode=True`; check a signature first',
  *checkUnit(unit) {
    if (unit.language !== 'python') return
    for (const [call] of calls(unit)) {
      const path = pathOf(call.callee)
      const name = lastName(call.callee)
      const torch = path === 'torch.load' && !isTrue(field(call, 'weights_only'))
      const numpy = /^(?:np|numpy)\.load$/.test(path) && isTrue(field(call, 'allow_pickle'))
      const keras = /^(?:load_model|deserialize_keras_object)$/.test(name) && isFalse(field(call, 'safe_mode'))
      const store = isTrue(field(call, 'allow_dangerous_deserialization'))
      if (ALWAYS.test(path) || torch || numpy || keras || store)
        yield hit(unit, call.line, path, { severity: torch || ALWAYS.test(path) ? 'medium' : 'high' })
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
    ],
    miss: [
      { 'a.py': 'import torch\nm = torch.load("m.pt", weights_only=True)\n' },
      { 'a.py': 'import json, torch\nm = json.load(open("a"))\n' },
    ],
  },
})
