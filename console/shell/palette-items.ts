// What the palette can find: the places and actions that one's role allows, and objects of the catalogue.
import type { useNavigate } from '@tanstack/react-router'
import {
  FileCheck2,
  FilePlus2,
  Grid3x3,
  KeyRound,
  LogOut,
  type LucideIcon,
  Monitor,
  Moon,
  Plus,
  Scale,
  ScrollText,
  Signature,
  Stamp,
  Sun,
  UserPlus,
  UserX,
} from 'lucide-react'
import type { Permission } from '../../src/model/role.ts'
import { KIND_ICONS, KIND_WORDS, placeOf, type SearchHit } from '../screens/catalog/kinds.ts'
import type { Reply } from '../api.ts'
import { toTitle } from '../lib/format.ts'
import { signOut } from '../session.ts'
import { kindIcon, kindName, placeOfAsset } from '../ui/asset-kind.tsx'
import { setTheme } from '../ui/theme.ts'
import { isOpenTo, type Place, PLACES } from './nav.ts'

type Navigate = ReturnType<typeof useNavigate>
type May = (permission: Permission) => boolean

export interface Found {
  id: string
  kind: 'place' | 'action' | 'object'
  name: string
  note?: string
  words?: string
  icon: LucideIcon
  run: () => void
}

const action = (id: string, name: string, icon: LucideIcon, run: () => void, words = ''): Found => ({
  id,
  kind: 'action',
  name,
  icon,
  run,
  words,
})

function toFound({ to, name, icon, words = '' }: Place, room: string, navigate: Navigate): Found {
  return { id: to, kind: 'place', name, note: room, words, icon, run: () => void navigate({ to }) }
}

export function actionsFor(may: May, navigate: Navigate): Found[] {
  const open = isOpenTo(may)
  const places = PLACES.flat()
    .filter(open)
    .flatMap((place) =>
      place.inside
        ? place.inside.filter(open).map((inside) => toFound(inside, place.name, navigate))
        : [toFound(place, '', navigate)],
    )
  const go =
    (to: string, search: Record<string, string> = {}) =>
    () =>
      void navigate({ to, search })
  return [
    ...places,
    ...(may('asset:write')
      ? [action('register', 'Register an asset', Plus, go('/inventory', { new: '1' }), 'new system model add declare')]
      : []),
    ...(may('asset:read')
      ? [
          action(
            'unowned',
            'Show what nobody owns',
            UserX,
            go('/inventory', { finding: 'no-owners' }),
            'owners missing',
          ),
        ]
      : []),
    ...(may('risk:read')
      ? [
          action(
            'above',
            'Show risks above the appetite',
            Scale,
            go('/risks', { above: 'true' }),
            'register worst high open',
          ),
          action(
            'navigator',
            'Colour the matrix by what applies',
            Grid3x3,
            go('/matrix', { layer: 'applies' }),
            'threats',
          ),
        ]
      : []),
    ...(may('evidence:read')
      ? [
          action(
            'report',
            'Make a report',
            FilePlus2,
            go('/reports', { make: 'new' }),
            'dossier statement register pdf',
          ),
          action(
            'attest',
            'Attest a training or a policy',
            Signature,
            go('/practices', { tab: 'attestations', attest: 'new' }),
            'vouch read done',
          ),
        ]
      : []),
    ...(may('token:write')
      ? [action('token', 'Create an API token', KeyRound, go('/settings/tokens', { new: '1' }), 'new key secret')]
      : []),
    ...(may('account:write')
      ? [action('invite', 'Invite someone', UserPlus, go('/settings/people', { new: '1' }), 'new account person')]
      : []),
    ...(may('log:write') ? [action('seal', 'Seal the log now', Stamp, go('/log/checkpoints'), 'checkpoint sign')] : []),
    ...(may('log:read') ? [action('verify', 'Verify a report', FileCheck2, go('/log/verify'), 'check proof')] : []),
    action('light', 'Use the light theme', Sun, () => setTheme('light'), 'colour mode'),
    action('dark', 'Use the dark theme', Moon, () => setTheme('dark'), 'colour mode night'),
    action('system', 'Use the system’s theme', Monitor, () => setTheme('system'), 'colour mode auto'),
    action('sign-out', 'Sign out', LogOut, () => void signOut(), 'log off leave exit'),
  ]
}

type AssetRow = Reply<'GET', '/api/assets'>['items'][number]

export function findAssets(assets: readonly AssetRow[], navigate: Navigate): Found[] {
  return assets.map(({ id, kind, name }) => ({
    id: `asset/${id}`,
    kind: 'object',
    name,
    note: `${kindName(kind)} · ${id}`,
    icon: kindIcon(kind),
    run: () => void navigate({ to: placeOfAsset(id, kind) }),
  }))
}

export function findObjects(hits: readonly SearchHit[], navigate: Navigate): Found[] {
  return hits.map((hit) => {
    const href = placeOf(hit)
    const run = () => void navigate({ href })
    const note = `${KIND_WORDS[hit.kind]} · ${hit.id}`
    return { id: `${hit.kind}/${href}`, kind: 'object', name: toTitle(hit.name), note, icon: KIND_ICONS[hit.kind], run }
  })
}

export const goTo = {
  entry: (index: number, navigate: Navigate): Found => ({
    id: `entry-${index}`,
    kind: 'place',
    name: `Log entry ${index}`,
    icon: ScrollText,
    run: () => void navigate({ to: '/log/$index', params: { index: String(index) } }),
  }),
}

export function matches(item: Found, text: string): boolean {
  const hay = `${item.name} ${item.note ?? ''} ${item.words ?? ''}`.toLowerCase()
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => hay.includes(word))
}
