// Parts that the pages of the catalogue share: links to objects, families, impact letters, mappings, mentions.
import { useRouter } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { plural, toTitle, toWords } from '../../lib/format.ts'
import { Button } from '../../ui/button.tsx'
import { cx } from '../../ui/class.ts'
import { TextLink } from '../../ui/link.tsx'
import { Badge } from '../../ui/status.tsx'
import { BASIS_WORDS, familyOf, GROUP_NAMES, PROOF_WORDS } from './families.ts'
import { KIND_WORDS, placeOf, type Reference } from './kinds.ts'

/** A link to any object of the catalogue. */
export function RefLink({ to, children }: { to: Reference; children?: ReactNode }) {
  const router = useRouter()
  const href = placeOf(to)
  return (
    <a
      href={href}
      title={`${KIND_WORDS[to.kind]} ${to.id}`}
      className="link rounded-xs"
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0) return
        event.preventDefault()
        void router.navigate({ href })
      }}
    >
      {children ?? toTitle(to.name)}
    </a>
  )
}

export function RefList({ items }: { items: readonly Reference[] }) {
  return (
    <ul className="flex flex-wrap gap-x-3 gap-y-1 text-sm">
      {items.map((item) => (
        <li key={`${item.kind}${item.of ?? ''}${item.id}`}>
          <RefLink to={item} />
        </li>
      ))}
    </ul>
  )
}

export function GroupTag({ group }: { group: string }) {
  const family = familyOf(group)
  return (
    <span
      className={cx(
        'inline-flex items-center gap-1.5 rounded-xs px-1.5 text-2xs font-medium whitespace-nowrap',
        family.tile,
        family.ink,
      )}
    >
      {GROUP_NAMES[group] ?? toWords(group)}
    </span>
  )
}

export const IMPACT_WORDS: Readonly<Record<string, string>> = {
  T: 'Training data confidentiality',
  P: 'Model confidentiality',
  I: 'Input confidentiality',
  A: 'Augmentation data confidentiality',
  B: 'Model behaviour integrity',
  E: 'Availability',
}

export function Impacts({ codes }: { codes: readonly string[] }) {
  return (
    <span className="flex flex-wrap gap-1">
      {codes.map((code) => (
        <abbr
          key={code}
          title={IMPACT_WORDS[code]}
          className="grid size-5 place-items-center rounded-xs bg-sunken text-2xs font-semibold text-ink-2 no-underline"
        >
          {code}
        </abbr>
      ))}
    </span>
  )
}

export function Proof({ kind }: { kind: string }) {
  const word = PROOF_WORDS[kind]
  const tone = kind === 'automatic' ? 'good' : kind === 'tested' ? 'note' : 'warn'
  return (
    <Badge tone={tone} {...(word ? { title: word.says } : {})}>
      {word?.name ?? toWords(kind)}
    </Badge>
  )
}

interface Mapping {
  id: string
  name: string
  items: readonly { id: string; name: string; basis: string }[]
}

export function Mappings({ frameworks }: { frameworks: readonly Mapping[] }) {
  if (frameworks.length === 0) return <p className="text-sm text-ink-2">No framework names it.</p>
  return (
    <div className="divide-y divide-line rounded-md border border-line text-sm">
      {frameworks.map(({ id, name, items }) => (
        <div key={id} className="grid gap-x-6 gap-y-1 px-4 py-2.5 md:grid-cols-[15rem_minmax(0,1fr)]">
          <TextLink to="/catalog/frameworks/$id" params={{ id }} className="self-start font-medium">
            {name}
          </TextLink>
          <ul className="grid gap-1">
            {items.map((item) => (
              <li key={item.id} className="flex items-baseline gap-2">
                <RefLink to={{ kind: 'item', of: id, id: item.id, name: item.name }}>
                  {isNumbered(item.id) ? (
                    <span className="font-mono text-xs whitespace-nowrap">{item.id}</span>
                  ) : (
                    item.name
                  )}
                </RefLink>
                {isNumbered(item.id) && item.name !== item.id && <span className="min-w-0">{item.name}</span>}
                <Basis basis={item.basis} />
              </li>
            ))}
          </ul>
        </div>
      ))}
    </div>
  )
}

/** An id that people quote, not one that only repeats the name. */
const isNumbered = (id: string) => id.length <= 16 && /\d/.test(id)

export function Basis({ basis }: { basis: string }) {
  const word = BASIS_WORDS[basis]
  return (
    <span title={word?.says} className="ml-auto shrink-0 text-2xs text-ink-3">
      {word?.name ?? basis}
    </span>
  )
}

interface Mention {
  kind: 'obligation' | 'practice' | 'test'
  id: string
  text: string
  ofName: string
}

const FEW = 4

export function Mentions({ items }: { items: readonly Mention[] }) {
  const [all, setAll] = useState(false)
  const shown = all ? items : items.slice(0, FEW)
  return (
    <div>
      <ul className="divide-y divide-line rounded-md border border-line text-sm">
        {shown.map(({ kind, id, text, ofName }) => (
          <li key={kind + id} className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5 px-4 py-2">
            <span className="min-w-0 grow basis-80">
              <RefLink to={{ kind, id, name: text }} />
            </span>
            <span className="text-xs text-ink-3">
              {KIND_WORDS[kind]}, {ofName}
            </span>
          </li>
        ))}
      </ul>
      {items.length > FEW && (
        <Button small variant="quiet" onClick={() => setAll(!all)} aria-expanded={all} className="mt-2">
          {all ? 'Show fewer' : `Show all ${plural(items.length, 'mention')}`}
        </Button>
      )}
    </div>
  )
}
