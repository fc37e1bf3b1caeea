// docs/reference/catalogue.md: how much of the AI Exchange is inside, counted in the pack itself.
import { builtInPacks, loadBuiltIn } from '../../src/catalog/built-in.ts'
import { code, table } from './markdown.ts'

export function renderCatalogue(): string {
  const catalog = loadBuiltIn()
  const levels = Map.groupBy(catalog.threats, ({ kind }) => kind)
  const counts: [string, number][] = [
    ...[...levels].map(([kind, ones]): [string, number] => [`threats: ${kind}`, ones.length]),
    ['controls', catalog.controls.length],
    ['measures of controls', catalog.measures.length],
    ['facts about a system', catalog.facts.length],
    ['questions of the decision tree', catalog.decisionTree.length],
    ['deployment models', catalog.deploymentModels.length],
    ['retired and earlier names', catalog.retiredNames.length],
  ]
  const frameworks = catalog.frameworks.map(({ id, name, items }) => [code(id), name, String(items.length)])
  return `# Catalogue

Generated from the pack; do not edit. Packs that come with this version: ${builtInPacks().map(code).join(', ')}.

${table(
  ['What', 'How many'],
  counts.map(([what, count]) => [what, String(count)]),
)}

## Frameworks

${table(['Id', 'Framework', 'Items'], frameworks)}
`
}
