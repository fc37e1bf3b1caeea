// Models whose weights lie in the tree, with the card that stands beside them, and what they were made from.
import type { FoundModel } from '../../cards/read-model-folder.ts'
import type { Collector } from '../collector.ts'

export function addModels(collector: Collector, models: readonly FoundModel[]): void {
  for (const { name, card, attributes, bases, datasets, saidAt, files } of models) {
    const said = { ...saidAt, confidence: 0.95 }
    const model = collector.add('models', name, { ...said, attributes: { ...attributes, local: true }, card })
    for (const file of files) collector.add('models', name, { file, line: 1, confidence: 0.95 })
    for (const base of bases) collector.link(model, collector.add('models', base, said), 'derived-from', saidAt, 0.95)
    for (const one of datasets) collector.link(model, collector.add('datasets', one, said), 'trained-on', saidAt, 0.95)
  }
}
