// docs/reference/discover.md: what a scan of sources looks for. Each rule has an anchor by its id, which SARIF links to.
import { DEFAULT_MODELS } from '../../src/discover/knowledge/default-models.ts'
import { HOSTS } from '../../src/discover/knowledge/hosts.ts'
import { FAMILIES } from '../../src/discover/knowledge/models.ts'
import { ECOSYSTEMS, PACKAGES } from '../../src/discover/knowledge/packages.ts'
import { RULES } from '../../src/discover/rules/index.ts'
import { DISCOVER_LIMITS } from '../../src/discover/limits.ts'
import { DISCOVERED_KINDS, NOT_SCANNED_REASONS } from '../../src/model/discovered.ts'
import { code, table } from './markdown.ts'

export function renderDiscover(): string {
  const rules = RULES.map(({ id, title, severity, confidence, threats, controls, remedy }) => [
    `<a id="${id}"></a>${code(id)}`,
    title,
    severity,
    String(confidence),
    [...threats, ...controls].map(code).join(' '),
    remedy,
  ])
  const packages = ECOSYSTEMS.map((one) => [one, PACKAGES.filter(({ ecosystem }) => ecosystem === one).length] as const)
  const { files, depth, fileBytes, fileTime } = DISCOVER_LIMITS
  return `# Discovery in sources

Generated from the code; do not edit. \`parapet discover PATH…\` reads and runs nothing of what it reads; it asks no server.

## What is said

${DISCOVERED_KINDS.map(code).join(', ')}: each with \`name\`, \`evidence\` (file, line, commit), \`confidence\` (0 to 1), \`stance\` and \`attributes\`.
\`stance\` is \`declared\` where the source says it, \`inferred\` where it follows from its use, \`implicit\` where a library does it by itself.
\`links\` says who uses whom, \`findings\` what is wrong, \`notScanned\` what was not looked at:
${NOT_SCANNED_REASONS.map(code).join(', ')}. Exit code 2: not all was looked at. 1: a finding from \`--fail-on\` on. 0: neither.

## What it knows

${packages
  .filter(([, count]) => count > 0)
  .map(([name, count]) => `${count} packages of ${name}`)
  .join(', ')};
${HOSTS.length} hosts; ${FAMILIES.length} families of model names; ${DEFAULT_MODELS.length} models that libraries take by themselves.
Limits of a scan: ${files.toLocaleString('en')} files, ${depth} folders deep, ${fileBytes / 1024 / 1024} MB and ${fileTime / 1000} s a file.

## Rules

${table(['Rule', 'Finding', 'Severity', 'Confidence', 'Threats and controls', 'What to do'], rules)}

## Leaving a finding as it is

Somebody answers for it, until a day. In a comment at the place or in the line above:

    # parapet: ignore unpinned-model owner=ada until=2027-01-01 because: we serve a reviewed copy

or in \`.parapet-ignore.yaml\` for many places (\`*\` within a folder, \`**\` over folders; relative to the file):

    ignore:
      - rule: unpinned-model
        path: experiments/**
        owner: ada
        until: "2027-01-01"
        reason: nothing of it runs in production

Without an owner, after that day, or with a day more than a year away, an entry counts for nothing and is told as \`void-suppression\`. What is left stays in the result, marked \`suppressed\`.
`
}
