// docs/reference/config.md, written from the schema so that it cannot be out of date.
import { CONFIG_FIELDS, type ConfigField } from './config-fields.ts'

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

\`\`\`yaml
publicUrl: https://parapet.example
behindTls: true
databaseUrl: \${env:DATABASE_URL}
log:
  origin: parapet.example/log
\`\`\`
`
}

function fallbackOf({ fallback, kind }: ConfigField): string {
  if (fallback === undefined) return ''
  if (kind === 'list') return Array.isArray(fallback) && fallback.length === 0 ? 'none' : `\`${String(fallback)}\``
  return kind === 'other' ? '' : `\`${String(fallback)}\``
}
