// What the console has, in the order of the house. The sidebar, the palette and the breadcrumbs all read this list.
import {
  BookOpen,
  Boxes,
  FileCheck2,
  Grid3x3,
  HandHeart,
  House,
  KeyRound,
  ListChecks,
  type LucideIcon,
  Ruler,
  ScrollText,
  Server,
  ShieldAlert,
  ShieldCheck,
  SlidersHorizontal,
  Split,
  Stamp,
  TableProperties,
  UserRound,
  Users,
} from 'lucide-react'
import type { Permission } from '../../src/model/role.ts'

interface Place {
  to: string
  name: string
  icon: LucideIcon
  needs?: Permission
  /** Words that find it in the palette, besides its name. */
  words?: string
}

export interface Room {
  name: string
  places: readonly Place[]
}

export const ROOMS: readonly Room[] = [
  { name: '', places: [{ to: '/', name: 'Home', icon: House, words: 'start dashboard overview' }] },
  {
    name: 'Catalogue',
    places: [
      {
        to: '/catalog',
        name: 'Overview',
        icon: BookOpen,
        needs: 'catalog:read',
        words: 'catalogue search ai exchange',
      },
      { to: '/catalog/matrix', name: 'Matrix', icon: Grid3x3, needs: 'catalog:read', words: 'asset impact surface' },
      {
        to: '/catalog/periodic-table',
        name: 'Periodic table',
        icon: TableProperties,
        needs: 'catalog:read',
        words: 'elements controls',
      },
      { to: '/catalog/threats', name: 'Threats', icon: ShieldAlert, needs: 'catalog:read', words: 'attacks risks' },
      { to: '/catalog/controls', name: 'Controls', icon: ShieldCheck, needs: 'catalog:read', words: 'safeguards' },
      {
        to: '/catalog/measures',
        name: 'Measures',
        icon: Ruler,
        needs: 'catalog:read',
        words: 'proof evidence freshness',
      },
      {
        to: '/catalog/facts',
        name: 'Facts',
        icon: SlidersHorizontal,
        needs: 'catalog:read',
        words: 'profile questions',
      },
      {
        to: '/catalog/decision-tree',
        name: 'Decision tree',
        icon: Split,
        needs: 'catalog:read',
        words: 'questions applies scope',
      },
      {
        to: '/catalog/duties',
        name: 'Duties and tests',
        icon: HandHeart,
        needs: 'catalog:read',
        words: 'privacy obligations practices testing',
      },
      {
        to: '/catalog/frameworks',
        name: 'Frameworks',
        icon: Boxes,
        needs: 'catalog:read',
        words: 'iso nist owasp atlas ai act',
      },
    ],
  },
  {
    name: 'Evidence',
    places: [
      { to: '/log', name: 'Log', icon: ScrollText, needs: 'log:read', words: 'entries audit history who did what' },
      { to: '/log/checkpoints', name: 'Checkpoints', icon: Stamp, needs: 'log:read', words: 'seal sign exposure' },
      { to: '/log/verify', name: 'Verify', icon: FileCheck2, needs: 'log:read', words: 'proof report check browser' },
    ],
  },
  {
    name: 'Settings',
    places: [
      { to: '/settings/account', name: 'My account', icon: UserRound, words: 'password passkey profile' },
      { to: '/settings/people', name: 'People', icon: Users, needs: 'account:read', words: 'accounts invite roles' },
      { to: '/settings/tokens', name: 'API tokens', icon: KeyRound, needs: 'token:read', words: 'keys secrets' },
      { to: '/settings/jobs', name: 'Jobs', icon: ListChecks, needs: 'job:read', words: 'queue background work' },
      { to: '/settings/system', name: 'System', icon: Server, needs: 'system:read', words: 'version health store' },
    ],
  },
]
