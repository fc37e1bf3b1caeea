// Something that was found or seen and waits for somebody to say what it is: an asset of the house, one that is known
// already, or nothing of interest. Its id follows from where it was found and its logical id, so that the next scan meets
// the same one, whatever line it stands on by then.
import type { ArtefactVerdict } from './artefact.ts'
import type { LinkKind } from './discovered-link.ts'
import type { Attribute, DiscoveredKind, Place, SourceFinding, Stance } from './discovered.ts'
import type { ProposedOwner } from './scan.ts'

export const DISCOVERY_STATES = ['new', 'accepted', 'linked', 'ignored'] as const
export type DiscoveryState = (typeof DISCOVERY_STATES)[number]

/** What traffic shows of it. */
export interface Seen {
  users: number
  hosts: string[]
  calls: number
  bytes?: number
  /** Those who use it most. */
  by: string[]
}

export interface Discovery {
  id: string
  /** Id of a scan source; or a name for what else sees things, as in `gateway`. */
  source: string
  /** `kind:name`, the same over all scans. */
  item: string
  kind: DiscoveredKind
  name: string
  system?: string
  state: DiscoveryState
  /** Of the register: what it was accepted as or linked to. */
  asset?: string
  evidence: Place[]
  confidence: number
  stance: Stance
  attributes: Record<string, Attribute>
  /** To other things of the same source, by their logical ids. */
  links: { kind: LinkKind; to: string }[]
  owner?: ProposedOwner
  seen?: Seen
  /** Who decided what it is; `until`: from then on it waits again. */
  decision?: { by: string; at: string; reason?: string; until?: string }
  firstSeen: string
  lastSeen: string
  lastScan?: string
  /** Since then scans of its source did not find it any more. */
  goneSince?: string
  revision: number
}

export const FINDING_STATES = ['open', 'suppressed', 'gone'] as const
export type FindingState = (typeof FINDING_STATES)[number]

/** A finding of a scan, followed over time. */
export interface ScanFinding extends Omit<SourceFinding, 'suppressed'> {
  id: string
  source: string
  system?: string
  /** Written in the source, or in a model file. */
  about: 'source' | 'model-file'
  /** Of a model file: what this finding makes of it. */
  verdict?: ArtefactVerdict
  state: FindingState
  /** `by`: who said so here; absent where the source itself does. */
  suppression?: { owner: string; until: string; reason: string; by?: string; at?: string }
  firstSeen: string
  lastSeen: string
  lastScan: string
  goneSince?: string
  revision: number
}
