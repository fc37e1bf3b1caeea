// Words for what scans find and what becomes of it.
import type { ArtefactVerdict, GateWord } from '../../../src/model/artefact.ts'
import type { BomKind } from '../../../src/model/bom.ts'
import type { DiscoveredKind } from '../../../src/model/discovered.ts'
import type { DiscoveryState, FindingState } from '../../../src/model/discovery.ts'
import type { ScanSourceKind, ScanState } from '../../../src/model/scan.ts'

/** One of them. */
export const KIND_WORDS: Readonly<Record<DiscoveredKind, string>> = {
  providers: 'Provider',
  sdks: 'SDK',
  frameworks: 'Framework',
  models: 'Model',
  vectorStores: 'Vector store',
  agents: 'Agent',
  tools: 'Tool',
  mcpServers: 'MCP server',
  datasets: 'Dataset',
  prompts: 'Prompt',
  serving: 'Model server',
  cloudAi: 'Cloud AI',
  notebooks: 'Notebook',
  agentInstructions: 'Agent instructions',
  credentials: 'Credential',
  endpoints: 'Endpoint',
}

export const STATE_WORDS: Readonly<Record<DiscoveryState, string>> = {
  new: 'Waits for you',
  accepted: 'Accepted',
  linked: 'Linked',
  ignored: 'Ignored',
}

export const FINDING_WORDS: Readonly<Record<FindingState, string>> = {
  open: 'Open',
  suppressed: 'Suppressed',
  gone: 'Gone',
}

export const STANCE_WORDS = {
  declared: 'the source says so',
  inferred: 'concluded from how it is used',
  implicit: 'what the library does when nothing is said',
} as const

export const OWNER_WORDS = {
  'code-owner': 'named in CODEOWNERS',
  committer: 'changed it last',
  'system-owner': 'answers for the system',
} as const

export const SOURCE_WORDS: Readonly<Record<ScanSourceKind, string>> = {
  git: 'Git repository',
  upload: 'Upload',
  path: 'Folder on the server',
  submitted: 'Scanned elsewhere',
  traffic: 'Traffic log',
  bom: 'Bill of materials',
}

export const SCAN_WORDS: Readonly<Record<ScanState, string>> = {
  waiting: 'Waits',
  running: 'Runs',
  done: 'Done',
  failed: 'Failed',
  cancelled: 'Cancelled',
}

/** A file's name may be long; its end says most. */
export const placeWords = ({ file, line }: { file: string; line: number }) => (line > 0 ? `${file}:${line}` : file)

export const SEVERITIES = ['critical', 'high', 'medium', 'low'] as const

/** Ids of parts are `kind/name`, with the name as in an address. */
export function partName(id: string): string {
  const name = id.slice(id.indexOf('/') + 1)
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}

/** Parts of a bill of materials. */
export const BOM_WORDS: Readonly<Record<BomKind, string>> = {
  application: 'Application',
  agent: 'Agent',
  model: 'Model',
  dataset: 'Dataset',
  prompt: 'Prompt',
  instructions: 'Agent instructions',
  tool: 'Tool',
  library: 'Library',
  framework: 'Framework',
  notebook: 'Notebook',
  container: 'Container',
  file: 'File',
  other: 'Other',
  provider: 'Provider',
  'mcp-server': 'MCP server',
  'vector-store': 'Vector store',
  endpoint: 'Endpoint',
  serving: 'Model server',
  'cloud-ai': 'Cloud AI',
}

export const VERDICT_WORDS: Readonly<Record<ArtefactVerdict, string>> = {
  malicious: 'Malicious',
  suspicious: 'Suspicious',
  benign: 'Benign',
}

/** Whose word vouches for the bytes of a model file. */
export const GATE_SAYS: Readonly<Record<GateWord['says'], string>> = {
  signed: 'Signed',
  listed: 'In the list',
  pinned: 'At the pinned commit',
  unsigned: 'Nobody vouches for it',
  mismatch: 'Not what it should be',
}

export const GATE_TONE = {
  signed: 'good',
  listed: 'good',
  pinned: 'good',
  unsigned: 'neutral',
  mismatch: 'bad',
} as const

/** Of a provider in traffic, beside the register and what was read in sources. */
export const STANDING_WORDS = {
  declared: 'declared, and not seen in use',
  observed: 'in use, and declared by nobody',
  both: 'declared and in use',
} as const

export const VERDICT_TONE = { malicious: 'bad', suspicious: 'warn', benign: 'good' } as const
export const SCAN_TONE = {
  waiting: 'neutral',
  running: 'note',
  done: 'good',
  failed: 'bad',
  cancelled: 'neutral',
} as const
