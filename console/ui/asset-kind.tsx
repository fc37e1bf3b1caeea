// Every kind of asset: its icon, its words, and in which lane of a system's graph it stands.
import {
  AppWindow,
  Blocks,
  Bot,
  Boxes,
  BrainCircuit,
  Building2,
  Database,
  IdCard,
  Library,
  type LucideIcon,
  MemoryStick,
  MessageSquareText,
  Plug,
  ScrollText,
  Webhook,
  Workflow,
  Wrench,
} from 'lucide-react'
import type { AssetKind } from '../../src/model/asset.ts'

const KINDS: Readonly<Record<AssetKind, { name: string; icon: LucideIcon }>> = {
  system: { name: 'System', icon: Boxes },
  application: { name: 'Application', icon: AppWindow },
  agent: { name: 'Agent', icon: Bot },
  model: { name: 'Model', icon: BrainCircuit },
  dataset: { name: 'Dataset', icon: Database },
  'knowledge-base': { name: 'Knowledge base', icon: Library },
  'vector-store': { name: 'Vector store', icon: Blocks },
  prompt: { name: 'Prompt', icon: MessageSquareText },
  tool: { name: 'Tool', icon: Wrench },
  'mcp-server': { name: 'MCP server', icon: Plug },
  endpoint: { name: 'Endpoint', icon: Webhook },
  provider: { name: 'Provider', icon: Building2 },
  identity: { name: 'Identity', icon: IdCard },
  pipeline: { name: 'Pipeline', icon: Workflow },
  memory: { name: 'Memory', icon: MemoryStick },
  'log-store': { name: 'Log store', icon: ScrollText },
}

const isKind = (word: string): word is AssetKind => word in KINDS
export const ASSET_KINDS: readonly AssetKind[] = Object.keys(KINDS).filter(isKind)

export const kindIcon = (kind: AssetKind) => KINDS[kind].icon
export const kindName = (kind: AssetKind) => KINDS[kind].name

export function KindIcon({ kind, size = 16 }: { kind: AssetKind; size?: number }) {
  const Icon = KINDS[kind].icon
  return <Icon size={size} strokeWidth={1.75} aria-hidden className="shrink-0 text-ink-3" />
}

/** A system has a page of its own; everything else has its page in the inventory. */
export const placeOfAsset = (id: string, kind?: AssetKind) =>
  kind === 'system' ? `/systems/${id}` : `/inventory/${id}`
