// Findings as SARIF 2.1.0, as code scanning takes them: levels and `security-severity` for their sorting, fingerprints
// that outlive a moved line, suppressions with their reason, and what was not looked at as a notification.
import { createHash } from 'node:crypto'
import type { JsonObject } from '../lib/canonical-json.ts'
import type { Discovered, SourceFinding } from '../model/discovered.ts'
import type { Severity } from '../model/finding.ts'

const LEVELS: Record<Severity, string> = { low: 'note', medium: 'warning', high: 'error', critical: 'error' }
const SCORES: Record<Severity, string> = { low: '3.0', medium: '5.5', high: '8.0', critical: '9.5' }
const DOCUMENTATION = 'docs/reference/discover.md'

export function toSarif({ findings, notScanned, roots }: Discovered, version: string): JsonObject {
  const rules = [...new Map(findings.map((finding) => [finding.rule, finding])).values()]
  const index = new Map(rules.map(({ rule }, i) => [rule, i]))
  const commits = roots.flatMap(({ remote = '', commit }) => {
    const repositoryUri = uriOfRemote(remote)
    return repositoryUri === undefined || commit === undefined ? [] : [{ repositoryUri, revisionId: commit }]
  })
  return {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Parapet',
            semanticVersion: version,
            rules: rules.map((finding) => ruleOf(finding)),
          },
        },
        columnKind: 'utf16CodeUnits',
        ...(commits.length > 0 && { versionControlProvenance: commits }),
        invocations: [
          {
            executionSuccessful: true,
            toolExecutionNotifications: notScanned.map(({ file, reason, detail }) => ({
              level: 'warning',
              message: { text: `not scanned (${reason.replaceAll('_', ' ')}): ${detail}` },
              locations: [{ physicalLocation: { artifactLocation: { uri: uriOf(file) } } }],
            })),
          },
        ],
        results: findings.map((finding) => resultOf(finding, index.get(finding.rule) ?? 0)),
      },
    ],
  }
}

function ruleOf({ rule, title, severity, remedy, threats, controls }: SourceFinding): JsonObject {
  return {
    id: rule,
    shortDescription: { text: title },
    help: { text: remedy },
    helpUri: `https://owaspai.org/`,
    defaultConfiguration: { level: LEVELS[severity] },
    properties: {
      tags: ['security', 'ai', ...threats, ...controls],
      'security-severity': SCORES[severity],
      documentation: `${DOCUMENTATION}#${rule}`,
    },
  }
}

function resultOf(finding: SourceFinding, ruleIndex: number): JsonObject {
  const { rule, title, severity, confidence, subject, place, remedy, suppressed } = finding
  return {
    ruleId: rule,
    ruleIndex,
    level: LEVELS[severity],
    message: { text: `${title}: ${subject}. ${remedy}` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(place.file) },
          region: { startLine: Math.max(1, place.line) },
        },
      },
    ],
    partialFingerprints: { 'subject/v1': fingerprintOf(finding) },
    properties: { confidence, 'security-severity': SCORES[severity] },
    ...(suppressed && {
      suppressions: [
        {
          kind: 'external',
          status: 'accepted',
          justification: `${suppressed.reason} (${suppressed.owner}, until ${suppressed.until})`,
        },
      ],
    }),
  }
}

/** Without the line: the same finding a few lines down is the same finding. */
function fingerprintOf({ rule, subject, place }: SourceFinding): string {
  return createHash('sha256')
    .update(JSON.stringify([rule, subject, place.file]))
    .digest('hex')
}

/** `git@host:path` is how git writes an address of ssh. A folder of this machine is nobody's business. */
function uriOfRemote(remote: string): string | undefined {
  const [, host, path] = /^([\w.@-]+):(?!\/\/)\/?(.*)$/.exec(remote) ?? []
  const address = host === undefined || host.length === 1 ? remote : `ssh://${host}/${path}`
  return /^(?:https?|ssh|git):\/\/[^/]/.test(address) ? encodeURI(address.toWellFormed()) : undefined
}

/** A name is not a URI: whatever stands in it is written so that it can only be a relative path. */
function uriOf(file: string): string {
  const segments = file.toWellFormed().split('/').map(encodeURIComponent)
  return segments[0] === '' ? `.${segments.join('/')}` : segments.join('/')
}
