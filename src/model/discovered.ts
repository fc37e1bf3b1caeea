// What a scan of sources found: of which parts an AI system is made, where each is written, what is wrong with it, and
// what was not looked at. BOM, graph, console and evidence are made from this one shape.
import type { ModelCard } from './bom.ts'
import type { LinkKind } from './discovered-link.ts'
import type { Severity } from './finding.ts'

/** The kinds of things, in the order in which they are shown; each is a key of `Discovered`. */
export const DISCOVERED_KINDS = [
  'providers',
  'sdks',
  'frameworks',
  'models',
  'vectorStores',
  'agents',
  'tools',
  'mcpServers',
  'datasets',
  'prompts',
  'serving',
  'cloudAi',
  'notebooks',
  'agentInstructions',
  'credentials',
  'endpoints',
] as const
export type DiscoveredKind = (typeof DISCOVERED_KINDS)[number]

export interface Place {
  /** Relative to the folder that was named, with `/`; control characters are escaped. */
  file: string
  /** From 1. */
  line: number
  /** The commit that the folder stood at, where it is a git work tree. */
  commit?: string
}

/** Said by the source itself, concluded from how it is used, or what a library does when nothing is said. */
export type Stance = 'declared' | 'inferred' | 'implicit'

export type Attribute = string | number | boolean | readonly string[]

export interface DiscoveredItem {
  /** `kind:name`: the same across commits as long as the thing keeps its name. */
  id: string
  kind: DiscoveredKind
  name: string
  /** At most 50 places, the best first. */
  evidence: Place[]
  /** 0 to 1. */
  confidence: number
  stance: Stance
  /** What else is known: `role`, `provider`, `version`, `transport`, `effect`, `url`, … Never a secret. */
  attributes: Record<string, Attribute>
  /** Of a model whose weights were met: what is said beside them. */
  card?: ModelCard
}

/** One thing uses another, by their ids. */
export interface DiscoveredLink {
  from: string
  to: string
  kind: LinkKind
  evidence: Place
  confidence: number
}

export interface SourceFinding {
  /** The rule's id: its file name and its anchor in the documentation. */
  rule: string
  title: string
  severity: Severity
  /** 0 to 1; apart from the severity. */
  confidence: number
  place: Place
  /** What it is about; never holds a secret or a payload. */
  subject: string
  /** Threats and controls of the AI Exchange. */
  threats: readonly string[]
  controls: readonly string[]
  remedy: string
  /** Somebody answers for leaving it as it is, until that day. */
  suppressed?: { owner: string; until: string; reason: string }
}

export const NOT_SCANNED_REASONS = [
  'too_large',
  'too_slow',
  'out_of_time',
  'too_many_files',
  'unreadable',
  'not_text',
  'minified',
  'link_outside',
  'parser_failed',
  'too_deep',
] as const
export type NotScannedReason = (typeof NOT_SCANNED_REASONS)[number]

export interface NotScanned {
  file: string
  reason: NotScannedReason
  detail: string
}

export interface DiscoveredRoot {
  path: string
  commit?: string
  /** Without credentials. */
  remote?: string
}

export type Discovered = Record<DiscoveredKind, DiscoveredItem[]> & {
  links: DiscoveredLink[]
  findings: SourceFinding[]
  notScanned: NotScanned[]
  roots: DiscoveredRoot[]
  scanned: { files: number; bytes: number; parsed: number; milliseconds: number }
}
