import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { openClassifier } from './open-classifier.ts'
import { tinyModel, VOCABULARY } from './testing.ts'

test('without ONNX Runtime it says what to install, and without a vocabulary what to name', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'parapet-classifier-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const model = join(folder, 'model.onnx')
  writeFileSync(model, tinyModel(1))
  const open = () => openClassifier({ model, seconds: 5, tokens: 512 })
  await assert.rejects(open(), { code: 'config_invalid', message: /vocab\.txt cannot be read/ })
  writeFileSync(join(folder, 'vocab.txt'), VOCABULARY)
  await assert.rejects(open(), { code: 'config_invalid', hint: /npm install --ignore-scripts onnxruntime-node@/ })
})
