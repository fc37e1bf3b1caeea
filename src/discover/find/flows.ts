// Flows that people draw and keep as JSON: what a box is says whom it asks and where vectors lie. n8n puts it into the
// type of the box, Flowise into its class and its category.
import { storeNamed } from '../knowledge/infrastructure.ts'
import { providerNamed, providerOfClass } from '../knowledge/providers.ts'
import { type Expr, textField } from '../syntax/expr.ts'
import type { Evidence } from './evidence.ts'
import { MAPS, visitUnit } from './visit.ts'

const OF_N8N = /n8n-nodes-langchain\.(lmChat|lm|embeddings|vectorStore)([A-Z]\w*)$/
const CATEGORIES: ReadonlyMap<string, 'model' | 'store'> = new Map([
  ['Chat Models', 'model'],
  ['LLMs', 'model'],
  ['Embeddings', 'model'],
  ['Vector Stores', 'store'],
])

export function findFlows({ project, collector }: Evidence) {
  for (const unit of project.units) {
    if (unit.format !== 'json') continue
    visitUnit(
      unit,
      (expr) => {
        const box = expr.kind === 'map' ? boxOf(expr) : undefined
        if (!box) return
        const [kind, name] =
          box.kind === 'store'
            ? (['vectorStores', storeNamed(box.called.toLowerCase())] as const)
            : (['providers', providerOfClass(box.called) || providerNamed(box.called.toLowerCase())] as const)
        if (name !== undefined && name !== '')
          collector.add(kind, name, {
            file: unit.file,
            line: expr.line,
            confidence: 0.85,
            attributes: { via: 'config' },
          })
      },
      MAPS,
    )
  }
}

function boxOf(box: Expr): { kind: 'model' | 'store'; called: string } | undefined {
  const type = textField(box, 'type') ?? ''
  const [, drawn, called] = OF_N8N.exec(type) ?? []
  if (called !== undefined) return { kind: drawn === 'vectorStore' ? 'store' : 'model', called }
  const kind = CATEGORIES.get(textField(box, 'category') ?? '')
  const named = kind === 'store' ? textField(box, 'name') : type
  return kind && named ? { kind, called: named } : undefined
}
