// What commands of pip install, and texts that only speak of one.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { tryTrees } from '../testing.ts'
import { installedBy } from './installs.ts'

for (const [command, expected] of [
  ['pip install torch==2.7.1+cpu --extra-index-url https://acme.org/whl/cpu', ['torch 2.7.1+cpu']],
  [
    'apt-get update && python3 -m pip install -U "openai>=1.2,<2" \'langchain[all]\' && rm -r x',
    ['openai', 'langchain'],
  ],
  ['sudo pip3 install -r requirements.txt -t transformers .', []],
  ['uv pip install --no-cache-dir vllm ./wheels/acme.whl git+https://acme.org/a', ['vllm']],
  ['!pip install -q transformers', ['transformers']],
  ['!{sys.executable} -m pip install faiss-cpu # for people', ['faiss-cpu']],
  ['(cd a; pip install onnxruntime)', ['onnxruntime']],
  ['echo "run pip install torch first"', []],
  ['fail "no torch: pip install torch"', []],
  ['mypip install torch', []],
] as const)
  test(command, () => {
    const found = installedBy(command).map(({ name, version }) => [name, version].filter(Boolean).join(' '))
    assert.deepEqual(found, expected)
  })

test('a long line of nothing takes no long time', () => {
  const start = process.cpuUsage().user
  for (const part of [';', '; ', ';a ', '; x -m', 'pip install '])
    installedBy(part.repeat(Math.ceil(100_000 / part.length)))
  assert.ok(process.cpuUsage().user - start < 2_000_000)
})

tryTrees([
  [
    'what a build and a script install is used',
    'frameworks',
    {
      Dockerfile:
        'FROM python:3.12\nRUN pip install --no-cache-dir \\\n    vllm==0.6.0 \\\n    fastapi\nCMD ["pip", "install", "peft"]\n',
      'build.sh': '#!/bin/sh\nset -e\npip install torch==2.7.1+cpu\necho "pip install transformers"\n',
      'tests/run.sh': 'pip install langchain\n',
    },
    ['pytorch', 'vllm'],
  ],
])
