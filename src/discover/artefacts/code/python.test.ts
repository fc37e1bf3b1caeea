import assert from 'node:assert/strict'
import { test } from 'node:test'
import { scanPython } from './python.ts'
import { processorMs } from '../../../lib/testing.ts'

const HARMFUL = [
  'import os as o\no.system("x")',
  'from os import system as s\ns("x")',
  'from subprocess import *\nrun("x")',
  '__import__("os").system("x")',
  'f = exec\nf("x")',
  'import os\ngetattr(os, "sys" + "tem")("x")',
  'import sys\nsys.modules["os"].system("x")',
  'globals()["__builtins__"]["exec"]("x")',
  '().__class__.__base__.__subclasses__()[0]("x")',
  'import os\nlist(map(os.system, ["x"]))',
  'import pickle, base64\npickle.loads(base64.b64decode("gASV"))',
  'class A:\n    import os\n    os.system("x")',
  'import os\nos.\\\nsystem("x")',
  'import socket\nsocket.create_connection(("a", 1))',
  'import ｏs\nｏs.system("x")',
  'import shutil\ndef f(\n    a,\n):\n    pass\nshutil.rmtree("x")',
]
const HARMLESS = [
  '# os.system("x")\n"""exec(code)"""\nx = "os.system(1)"',
  'import os\nROOT = os.path.dirname(__file__)\nos.makedirs("out", exist_ok=True)',
  'model.eval()\nre.compile("x")\ntorch.compile(model)\nself.run()',
  'class M:\n    def exec(self): pass\n    def system(self): return self.__class__.__name__',
  'import requests\ndef get(url):\n    return requests.get(url)',
  'import shutil\ndef copy(\n    a: str,\n    b: str,\n) -> None:\n    shutil.copy(a, b)',
  'import shutil\r\ndef copy(a, b):\r\n    c = b\r\n\r\n    shutil.copy(a, c)\r\n',
  'from timeit import default_timer as time\ncode = []\ncode.append(time())',
  'import subprocess\nPIPE = subprocess.PIPE',
]

for (const source of HARMFUL) {
  test(`${JSON.stringify(source)} does harm`, () => {
    assert(scanPython(source).some(({ verdict }) => verdict === 'malicious'))
  })
}

for (const source of HARMLESS) {
  test(`${JSON.stringify(source)} does none`, () => assert.deepEqual(scanPython(source), []))
}

const source = (more: string) => `import subprocess\ndef f():\n    subprocess.run(["ffmpeg"]${more})\n`

test('a program that a function starts is worth a look, a shell is an accusation', () => {
  assert.deepEqual(
    scanPython(source('')).map(({ verdict }) => verdict),
    ['suspicious'],
  )
  assert.deepEqual(
    scanPython(source(', shell=True')).map(({ verdict }) => verdict),
    ['malicious'],
  )
})

test('a long line of nonsense is read in a moment', () => {
  const nonsense = `x = ${'(['.repeat(50_000)}\n${'"'.repeat(50_001)}\n${'a.'.repeat(50_000)}`
  assert(processorMs(() => scanPython(nonsense)) < 5000)
})
