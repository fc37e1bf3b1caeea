// docs/reference/config.md, written from the schema so that it cannot be out of date.
import { z } from 'zod'
import { bare, CONFIG_FIELDS, type ConfigField } from './config-fields.ts'

export function renderConfigReference(): string {
  const rows = CONFIG_FIELDS.map(
    (field) =>
      `| \`${field.path.join('.')}\` | ${field.variable === undefined ? '' : `\`${field.variable}\``} | ${fallbackOf(field)} | ${field.description}${field.isSecret ? ' (secret)' : ''} |`,
  )
  return `# Configuration

Generated from the schema; do not edit.

Settings come from \`parapet.yaml\` in the working directory (or the file named by \`--config\` or \`PARAPET_CONFIG\`), are
overridden by variables of the environment, and those by flags. A secret in the file is a reference, \`\${env:NAME}\` or
\`\${file:PATH}\`, never the secret itself. Unknown settings are refused. Lists in variables are separated by commas.

| Setting | Variable | Default | Meaning |
| --- | --- | --- | --- |
${rows.join('\n')}
${CONFIG_FIELDS.map(kindsOf).join('')}
## Example

\`\`\`yaml
publicUrl: https://parapet.example
behindTls: true
databaseUrl: \${env:DATABASE_URL}
log:
  origin: parapet.example/log
  publish:
    - { kind: file, id: vault, folder: /mnt/vault/parapet }
upstreams:
  openai: { provider: openai, key: \${env:OPENAI_API_KEY} }
  claude: { provider: anthropic, key: \${env:ANTHROPIC_API_KEY} }
  local: { provider: vllm, url: http://127.0.0.1:8000/v1 }
routes:
  chat:
    models: [gpt-*]
    upstreams: [openai, { use: local, model: llama-3.3-70b }]
  claude:
    models: [claude-*]
    upstreams: [claude]
    guards:
      sensitive-output-handling: { what: secrets-and-personal }
      oversight:
        rules:
          - { tools: [send_*], unless: { to: '*@ours.example' }, who: [owner, risk-owner], wait: 600 }
\`\`\`
`
}

/** The members of what stands in a list, in one kind or in several, or of what the operator names himself. */
function kindsOf({ path, schema }: ConfigField): string {
  const list = bare(schema)
  if (list instanceof z.ZodRecord && list.valueType instanceof z.ZodObject) {
    return membersOf(`${path.join('.')}.<name>`, list.valueType)
  }
  if (list instanceof z.ZodArray && list.element instanceof z.ZodObject) {
    return membersOf(`${path.join('.')}[]`, list.element)
  }
  const union = list instanceof z.ZodArray ? list.element : undefined
  if (!(union instanceof z.ZodDiscriminatedUnion)) return ''
  const rows = union.options.flatMap((option) => {
    if (!(option instanceof z.ZodObject)) return []
    const { kind, ...members }: Record<string, z.ZodType> = option.shape
    const name = kind instanceof z.ZodLiteral ? [...kind.values].join() : ''
    return Object.entries(members).map(([member, inner]) => {
      const isOptional = inner.safeParse(undefined).success
      const text = inner.description ?? bare(inner).description ?? ''
      return `| \`${name}\` | \`${member}\`${isOptional ? ' (optional)' : ''} | ${text} |`
    })
  })
  return `
## \`${path.join('.')}\`

Each item has a \`kind\` and what that kind needs.

| \`kind\` | Member | Meaning |
| --- | --- | --- |
${rows.join('\n')}
`
}

function membersOf(title: string, { shape }: z.ZodObject): string {
  const rows = Object.entries(shape).flatMap(([member, inner]) => {
    if (!(inner instanceof z.ZodType)) return []
    const isOptional = inner.safeParse(undefined).success
    const core = bare(inner)
    const choices = core instanceof z.ZodEnum ? `: ${core.options.map((one) => `\`${one}\``).join(', ')}` : ''
    const isSecret = z.globalRegistry.get(core)?.['secret'] === true ? ' (secret)' : ''
    const text = inner.description ?? core.description ?? ''
    return [`| \`${member}\`${isOptional ? ' (optional)' : ''} | ${text}${choices}${isSecret} |`]
  })
  return `
## \`${title}\`

| Member | Meaning |
| --- | --- |
${rows.join('\n')}
`
}

function fallbackOf({ fallback, kind }: ConfigField): string {
  if (fallback === undefined) return ''
  if (kind === 'list') return Array.isArray(fallback) && fallback.length === 0 ? 'none' : `\`${String(fallback)}\``
  return kind === 'other' ? '' : `\`${String(fallback)}\``
}
