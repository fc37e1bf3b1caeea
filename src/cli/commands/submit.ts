// Sends what was scanned here to a server, so that it stands beside what the server scans itself. Where from and as whom is
// said as for every verb: --url or PARAPET_URL, and PARAPET_TOKEN; no token on a command line, where every user reads it.
import { basename, resolve } from 'node:path'
import type { Discovered } from '../../model/discovered.ts'
import type { ProposedOwner, ScanResult } from '../../model/scan.ts'
import { openTransport } from '../remote/open.ts'
import { URL_FLAG } from '../remote/url-flag.ts'
import { oneLine } from '../show/text.ts'
import { type Flag, PLACE_FLAGS, textFlag, type VerbCall } from '../verb.ts'

export const SENT_FLAGS: readonly Flag[] = [
  { name: 'name', value: 'source', about: 'what it is compared with; else the name of the folder' },
  { name: 'system', value: 'id', about: 'the system that it is a part of' },
  URL_FLAG,
  ...PLACE_FLAGS,
]

export const SUBMIT_FLAGS: readonly Flag[] = [
  { name: 'submit', about: 'send what is found to the server, which follows it over time' },
  ...SENT_FLAGS,
]

interface Submitted {
  id: string
  summary: { discovered: { new: number; gone: number; changed: number }; found: { new: number; gone: number } }
}

export async function submit(call: VerbCall, path: string, result: Partial<ScanResult>): Promise<void> {
  const name = textFlag(call, 'name') ?? basename(resolve(path))
  const system = textFlag(call, 'system')
  const transport = await openTransport(call)
  try {
    const body = { name, ...(system === undefined ? {} : { system }), ...result }
    const scan = (await transport.send({ method: 'POST', path: '/api/scans/submit', body })) as Submitted
    const { discovered, found } = scan.summary
    call.io.err(
      `${oneLine(name)} is ${oneLine(scan.id)}: ${discovered.new} new things, ${discovered.gone} gone; ${found.new} new findings, ${found.gone} gone\n`,
    )
  } finally {
    await transport.close()
  }
}

/** Where it lies on this machine is nobody's business there; whose a file is, is. */
export async function sourcesToSubmit(found: Discovered, paths: readonly string[]): Promise<Partial<ScanResult>> {
  const { codeOwners } = await import('../../discover/code-owners.ts')
  const owners: Record<string, ProposedOwner> = {}
  const [folder, more] = paths
  if (folder !== undefined && more === undefined) {
    const ownerOf = codeOwners(folder)
    const { findings: _f, links: _l, notScanned: _n, roots: _r, scanned: _s, ...things } = found
    for (const { file } of Object.values(things).flatMap((some) => some.flatMap(({ evidence }) => evidence))) {
      const who = ownerOf(file)
      if (who !== undefined) owners[file] = { who, why: 'code-owner' }
    }
  }
  const roots = found.roots.map(({ commit, remote }) => ({
    path: '.',
    ...(commit === undefined ? {} : { commit }),
    ...(remote === undefined ? {} : { remote }),
  }))
  return { discovered: { ...found, roots }, owners }
}
