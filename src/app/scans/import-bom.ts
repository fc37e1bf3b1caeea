// A BOM of somebody else's: what it says waits in the queue as said by it, and what scans see of the same system is held
// against it. It answers no question and proves nothing: a list is not what runs.
import { type ReadApart, readBomApart } from '../../discover/bom/read-apart.ts'
import { Failure } from '../../lib/failure.ts'
import type { Actor } from '../../model/actor.ts'
import { DISCOVERED_KINDS, type Discovered, type DiscoveredItem, type DiscoveredKind } from '../../model/discovered.ts'
import type { Scan, ScanResult } from '../../model/scan.ts'
import { type ScanStarter, type Sent, submitScan } from './start-scan.ts'

export interface ImportedBom {
  scan: Scan
  /** Places of it that could not be read, and why. */
  notRead: string[]
}

export async function importBom(
  house: ScanStarter,
  actor: Actor,
  { file, text, ...sent }: Sent & { file: string; text: string },
): Promise<ImportedBom> {
  const { bom, notRead, items, links } = await read(text, file)
  if (bom.parts.length === 0) throw new Failure('input_invalid', `${file} lists no parts`)
  const things = Object.fromEntries(DISCOVERED_KINDS.map((kind) => [kind, items.filter((one) => one.kind === kind)]))
  const discovered: Discovered = {
    ...(things as Record<DiscoveredKind, DiscoveredItem[]>),
    links,
    findings: [],
    notScanned: [],
    roots: [],
    scanned: { files: 1, bytes: Buffer.byteLength(text), parsed: 1, milliseconds: 0 },
  }
  const result: ScanResult = { discovered, modelFiles: [], owners: {}, bom }
  return { scan: await submitScan(house, actor, { ...sent, result }), notRead }
}

/** What is wrong is in the file that was handed in, whatever its place is called in there. */
async function read(text: string, file: string): Promise<ReadApart> {
  try {
    return await readBomApart({ text, file })
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    const { code, message, hint, issues = [] } = error
    const places = issues.map((one) => ({ path: 'content', message: `${one.path}: ${one.message}` }))
    throw new Failure(code, message, {
      hint,
      cause: error,
      issues: places.length > 0 ? places : [{ path: 'content', message }],
    })
  }
}

export interface Compared {
  both: number
  /** Declared, and no scan saw it. */
  notSeen: DiscoveredItem[]
  /** Seen, and not declared. */
  notDeclared: DiscoveredItem[]
}

/** Keys and texts for agents are no parts that a supplier lists. */
const NOT_LISTED = new Set<DiscoveredKind>(['credentials', 'notebooks', 'agentInstructions'])

export function compareBom(said: Discovered, seen: readonly Discovered[]): Compared {
  const [declared, found] = [keyed([said]), keyed(seen)]
  return {
    both: [...declared.keys()].filter((key) => found.has(key)).length,
    notSeen: [...declared].flatMap(([key, item]) => (found.has(key) ? [] : [item])),
    notDeclared: [...found].flatMap(([key, item]) => (declared.has(key) ? [] : [item])),
  }
}

function keyed(all: readonly Discovered[]): Map<string, DiscoveredItem> {
  const items = all.flatMap((one) => DISCOVERED_KINDS.filter((kind) => !NOT_LISTED.has(kind)).flatMap((kind) => one[kind])) // prettier-ignore
  return new Map(items.map((item) => [`${item.kind} ${item.name.toLowerCase()}`, item]))
}
