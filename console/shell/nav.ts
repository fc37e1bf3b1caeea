// What the console has, in the order of the house. The sidebar, the palette and the breadcrumbs all read this list.
import {
  Activity,
  BookOpen,
  Boxes,
  Coins,
  EyeOff,
  FileBox,
  FileCheck2,
  FileText,
  FileWarning,
  FlaskConical,
  Grid3x3,
  HandHeart,
  Handshake,
  House,
  KeyRound,
  Layers,
  ListChecks,
  type LucideIcon,
  Network,
  Package,
  Router,
  Ruler,
  Scale,
  ScanSearch,
  ScrollText,
  Server,
  Settings,
  ShieldAlert,
  ShieldCheck,
  SlidersHorizontal,
  Split,
  Stamp,
  TableProperties,
  UserRound,
  UserRoundCheck,
  Users,
  Waypoints,
} from 'lucide-react'
import type { Permission } from '../../src/model/role.ts'

export interface Place {
  to: string
  name: string
  icon: LucideIcon
  needs?: Permission
  /** Words that find it in the palette, besides its name. */
  words?: string
  /** Shown while one is in it; the place itself leads to the first of them. */
  inside?: readonly Place[]
  /** Another address that belongs to it. */
  also?: string
}

const CATALOGUE: readonly Place[] = [
  { to: '/catalog', name: 'Overview', icon: BookOpen, words: 'catalogue search ai exchange' },
  { to: '/catalog/matrix', name: 'Matrix', icon: Grid3x3, words: 'asset impact surface' },
  { to: '/catalog/periodic-table', name: 'Periodic table', icon: TableProperties, words: 'elements controls' },
  { to: '/catalog/threats', name: 'Threats', icon: ShieldAlert, words: 'attacks risks' },
  { to: '/catalog/controls', name: 'Controls', icon: ShieldCheck, words: 'safeguards' },
  { to: '/catalog/measures', name: 'Measures', icon: Ruler, words: 'proof evidence freshness' },
  { to: '/catalog/facts', name: 'Facts', icon: SlidersHorizontal, words: 'profile questions' },
  { to: '/catalog/decision-tree', name: 'Decision tree', icon: Split, words: 'questions applies scope' },
  { to: '/catalog/duties', name: 'Duties and tests', icon: HandHeart, words: 'privacy obligations practices testing' },
  { to: '/catalog/frameworks', name: 'Frameworks', icon: Layers, words: 'iso nist owasp atlas ai act' },
]

const LOG: readonly Place[] = [
  { to: '/log', name: 'Log', icon: ScrollText, words: 'entries audit history who did what' },
  { to: '/log/checkpoints', name: 'Checkpoints', icon: Stamp, words: 'seal sign exposure' },
  { to: '/log/verify', name: 'Verify', icon: FileCheck2, words: 'proof report check browser' },
]

const GATEWAY: readonly Place[] = [
  { to: '/gateway', name: 'Traffic', icon: Activity, needs: 'call:read', words: 'calls live shadow ai record trace' },
  {
    to: '/gateway/approvals',
    name: 'Approvals',
    icon: UserRoundCheck,
    needs: 'approval:read',
    words: 'oversight hold person four eyes refuse waiting',
  },
  { to: '/gateway/playground', name: 'Playground', icon: FlaskConical, needs: 'call:read', words: 'try prompt demo' },
  {
    to: '/gateway/policy',
    name: 'Routes & policy',
    icon: Split,
    needs: 'policy:read',
    words: 'guards upstreams health draft publish dry run versions',
  },
  {
    to: '/gateway/keys',
    name: 'Keys & budgets',
    icon: KeyRound,
    needs: 'key:read',
    words: 'gateway keys limits rates provider secrets money',
  },
  { to: '/gateway/costs', name: 'Costs', icon: Coins, needs: 'call:read', words: 'usage tokens money spent' },
]

const DISCOVERY: readonly Place[] = [
  { to: '/discovery/scans', name: 'Scans', icon: ScanSearch, words: 'repository git upload schedule sources' },
  { to: '/discovery/findings', name: 'Findings', icon: FileWarning, words: 'sarif suppress rules vulnerabilities' },
  { to: '/discovery/bom', name: 'Bill of materials', icon: Package, words: 'bom sbom cyclonedx spdx parts components' },
  { to: '/discovery/model-files', name: 'Model files', icon: FileBox, words: 'pickle malware checkpoint verdict' },
  { to: '/discovery/shadow-ai', name: 'Shadow AI', icon: EyeOff, words: 'traffic proxy egress logs users sanctioned' },
]

const SETTINGS: readonly Place[] = [
  { to: '/settings/account', name: 'My account', icon: UserRound, words: 'password passkey profile' },
  { to: '/settings/people', name: 'People', icon: Users, needs: 'account:read', words: 'accounts invite roles' },
  { to: '/settings/tokens', name: 'API tokens', icon: KeyRound, needs: 'token:read', words: 'keys secrets' },
  { to: '/settings/jobs', name: 'Jobs', icon: ListChecks, needs: 'job:read', words: 'queue background work' },
  { to: '/settings/system', name: 'System', icon: Server, needs: 'system:read', words: 'version health store' },
]

/** Two groups: what is going on here, and what it stands on. */
export const PLACES: readonly (readonly Place[])[] = [
  [
    { to: '/', name: 'Home', icon: House, words: 'start dashboard overview what waits for me' },
    {
      to: '/inventory',
      name: 'Inventory',
      icon: Boxes,
      needs: 'asset:read',
      words: 'systems assets register models data',
      also: '/systems',
    },
    {
      to: '/matrix',
      name: 'Threat matrix',
      icon: Grid3x3,
      needs: 'risk:read',
      words: 'coverage periodic table heat map navigator layer attack surface',
    },
    {
      to: '/risks',
      name: 'Risks',
      icon: Scale,
      needs: 'risk:read',
      words: 'register workbench interview what if plan acceptance appetite',
    },
    {
      to: '/attack-paths',
      name: 'Attack paths',
      icon: Waypoints,
      needs: 'risk:read',
      words: 'graph reach cut what if exposure blast radius discover',
    },
    {
      to: '/graph',
      name: 'Graph',
      icon: Network,
      needs: 'risk:read',
      words: 'map nodes edges what can reach what neighbours',
    },
    {
      to: '/controls',
      name: 'Controls',
      icon: ShieldCheck,
      needs: 'risk:read',
      words: 'evidence measures proofs coverage status attest',
    },
    {
      to: '/frameworks',
      name: 'Frameworks',
      icon: Layers,
      needs: 'risk:read',
      words: 'iso nist ai act standards compliance statement',
    },
    {
      to: '/practices',
      name: 'Practices',
      icon: ListChecks,
      needs: 'risk:read',
      words: 'requirements training policy attestations guidelines',
    },
    {
      to: '/suppliers',
      name: 'Suppliers',
      icon: Handshake,
      needs: 'risk:read',
      words: 'responsibility matrix assurance third party vendor',
    },
    {
      to: '/reports',
      name: 'Reports',
      icon: FileText,
      needs: 'evidence:read',
      words: 'dossier statement export pdf html audit',
    },
  ],
  [
    { to: '/discovery', name: 'Discovery', icon: ScanSearch, needs: 'scan:read', inside: DISCOVERY },
    { to: '/gateway', name: 'Gateway', icon: Router, needs: 'call:read', inside: GATEWAY },
    { to: '/catalog', name: 'Catalogue', icon: BookOpen, needs: 'catalog:read', inside: CATALOGUE },
    { to: '/log', name: 'Log & proofs', icon: ScrollText, needs: 'log:read', inside: LOG },
    { to: '/settings', name: 'Settings', icon: Settings, inside: SETTINGS },
  ],
]

export const isOpenTo = (may: (permission: Permission) => boolean) => (place: Place) => !place.needs || may(place.needs)
