// docs/reference/model-files.md: what `parapet discover model` can say of a file.
import { ARTEFACT_LIMITS } from '../../src/discover/artefacts/limits.ts'
import { FORMATS } from '../../src/discover/artefacts/identify.ts'
import { TECHNIQUES } from '../../src/discover/artefacts/techniques.ts'
import { code, table } from './markdown.ts'

export function renderModelFiles(): string {
  const techniques = Object.entries(TECHNIQUES).map(([id, { verdict, severity, effect, remedy }]) => [
    `<a id="${id}"></a>${code(id)}`,
    verdict,
    severity,
    effect,
    remedy,
  ])
  const limits = Object.entries(ARTEFACT_LIMITS).map(([name, value]) => [code(name), value.toLocaleString('en')])
  return `# Model files

Generated from the code; do not edit. \`parapet discover model FILE|DIR [--json]\` says what loading a model would do, without
loading it. A file is as bad as the worst that was found in it; what could not be read is suspicious, never benign. It exits 0 where all
is benign, 1 where something was found, 2 where a file could not be read as a whole.

What a file is, is told by its bytes: ${FORMATS.map(code).join(', ')}. Formats inside of these (torch, TorchScript, torch.package, joblib,
Keras, skops, NeMo, MLflow, TorchServe) are told by their members.

Gates: \`--signature FILE\` with \`--key\`, \`--certificates\` or \`--trusted-root\` (OpenSSF model signing 1.0), \`--hashes FILE\`, \`--revision COMMIT\`.

## Techniques

${table(['Technique', 'Verdict', 'Severity', 'The file …', 'What to do'], techniques)}

## Limits

What is met becomes a finding. Each file has 60 seconds and a thread of its own.

${table(['Limit', 'Value'], limits)}
`
}
