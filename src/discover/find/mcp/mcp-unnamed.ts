// Servers that say no name where they are made: settings, a manifest or the project around them says it.
import { field, textField, type Unit } from '../../syntax/expr.ts'
import type { Evidence } from '../evidence.ts'
import { homeOf } from '../project-names.ts'

/** A server that says no name where it is made. */
export interface Unnamed {
  unit: Pick<Unit, 'file'>
  line: number
  /** Who calls the function around says it, wherever that is. */
  handed?: boolean
  /** It stands beside those that code names; only settings name it. */
  besides?: boolean
}

/**
 * A server without a name of its own is called like the project that it is in, unless that has one with a name. What a
 * manifest for people who install it calls it counts last.
 */
export function serveUnnamed(unnamed: readonly Unnamed[], evidence: Evidence) {
  const named = evidence.collector
    .said('mcpServers')
    .flatMap(({ file, attributes }) => (attributes['role'] === 'server' ? [file] : []))
  const isNamed = (folder: string) => named.some((file) => file.startsWith(folder))
  const homes = unnamed.map((one) => ({ ...one, ...homeOf(one.unit.file, evidence) }))
  for (const { unit, line, handed, besides, folder, name } of homes) {
    const others = besides ? named.filter((file) => !/\.(?:java|kt)$/.test(file)) : named
    if (!others.some((file) => handed || file.startsWith(folder))) serve(name, line, unit, evidence)
  }
  named.push(...unnamed.map(({ unit }) => unit.file))
  for (const unit of evidence.project.units)
    for (const { name, line } of manifestServers(unit, evidence))
      if (!isNamed(homeOf(unit.file, evidence).folder)) serve(name, line, unit, evidence)
}

/** `server.json` of the registry, `manifest.json` of a bundle, `smithery.yaml` of a host. */
function manifestServers({ file, format, documents }: Unit, evidence: Evidence): { name: string; line: number }[] {
  if (/(?:^|\/)smithery\.ya?ml$/.test(file))
    return documents.flatMap((one) =>
      field(one, 'startCommand', 'runtime')
        ? [{ name: textField(one, 'name') ?? homeOf(file, evidence).name, line: one.line }]
        : [],
    )
  if (format !== 'json' || !/(?:^|\/)(?:server|manifest)\.json$/.test(file)) return []
  return documents.flatMap((document) => {
    const name = textField(document, 'name')
    const registered = /modelcontextprotocol\S*server\.schema/.test(textField(document, '$schema') ?? '')
    const bundled = field(document, 'manifest_version', 'dxt_version') && field(field(document, 'server'), 'mcp_config')
    return name !== undefined && (registered || bundled) ? [{ name, line: document.line }] : []
  })
}

export function serve(name: string, line: number, unit: Pick<Unit, 'file'>, evidence: Evidence) {
  if (name === '') return
  evidence.collector.add('mcpServers', name, { file: unit.file, line, attributes: { role: 'server' } })
}
