// Measures the scanner on the labelled files beside the repository, by family, where they are there.
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { test } from 'node:test'
import { z } from 'zod'
import { scanArtefact } from './scan.ts'
import { bytesSource } from './source.ts'

const root = resolve('../shared/data/models')
const labels = join(root, 'labels.json')
const Label = z.object({
  id: z.string(),
  file: z.string(),
  format: z.string(),
  verdict: z.enum(['malicious', 'suspicious', 'benign']),
  technique: z.string(),
})
const PICKLES = /^(?:pickle|joblib|numpy|pytorch|torch-package|torchscript|raw|7z)/

test(
  'the labelled files get the verdicts that people gave them',
  { skip: existsSync(labels) ? false : `there is no ${labels}` },
  async (t) => {
    const rows = z.array(Label).parse(JSON.parse(readFileSync(labels, 'utf8')))
    const wrong: string[] = []
    const count: Record<string, { harmful: number; caught: number; benign: number; accused: number }> = {}
    for (const { id, file, format, verdict, technique } of rows) {
      const path = join(root, file)
      const beside = (name: string) =>
        existsSync(join(dirname(path), name)) ? bytesSource(readFileSync(join(dirname(path), name))) : undefined
      const report = await scanArtefact({ name: file, source: bytesSource(readFileSync(path)), beside })
      if (report.verdict !== verdict) wrong.push(`${id} ${technique}: ${report.verdict}, not ${verdict}`)
      const family = PICKLES.test(format) ? 'pickle family' : 'other formats'
      const numbers = (count[family] ??= { harmful: 0, caught: 0, benign: 0, accused: 0 })
      if (verdict === 'malicious') numbers.harmful++
      if (verdict === 'malicious' && report.verdict === 'malicious') numbers.caught++
      if (verdict === 'benign') numbers.benign++
      if (verdict === 'benign' && report.verdict !== 'benign') numbers.accused++
    }
    for (const [family, { harmful, caught, benign, accused }] of Object.entries(count))
      t.diagnostic(`${family}: recall ${caught}/${harmful}, false alarms ${accused}/${benign}`)
    assert.deepEqual(wrong, [])
  },
)
