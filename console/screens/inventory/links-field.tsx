// The links of an asset while it is edited: what it is made of and what it reaches.
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Plus, Trash2 } from 'lucide-react'
import { useDeferredValue, useId, useState } from 'react'
import type { Link, LinkKind } from '../../../src/model/asset.ts'
import { read } from '../../api.ts'
import { kindName } from '../../ui/asset-kind.tsx'
import { Button } from '../../ui/button.tsx'
import { Select, TextField } from '../../ui/field.tsx'
import { LINK_WORDS } from '../../ui/graph/lanes.ts'
import { oneOf, toOptions } from './words.ts'

interface LinksFieldProps {
  links: readonly Link[]
  onChange: (links: readonly Link[]) => void
  self: string
  errorAt: (path: string) => string | undefined
}

const MOST_SUGGESTED = 20

export function LinksField({ links, onChange, self, errorAt }: LinksFieldProps) {
  const [kind, setKind] = useState<LinkKind>('uses')
  const [to, setTo] = useState('')
  const list = useId()
  const text = useDeferredValue(to.trim())
  const found = useQuery({
    ...read('/api/assets', { query: { limit: MOST_SUGGESTED, ...(text && { text }) } }),
    placeholderData: keepPreviousData,
  })
  function add() {
    const target = to.trim()
    if (!target) return
    if (!links.some((link) => link.kind === kind && link.to === target)) onChange([...links, { kind, to: target }])
    setTo('')
  }
  return (
    <fieldset className="min-w-0 rounded-md border border-line p-3">
      <legend className="px-1 text-sm font-medium">Links</legend>
      <p className="text-xs text-ink-3">
        What it is made of and what it reaches. Threats and risks follow these links.
      </p>
      {links.length > 0 && (
        <ul className="mt-2 divide-y divide-line">
          {links.map((link, i) => (
            <li key={link.kind + link.to} className="flex flex-wrap items-center gap-x-2 py-1 text-sm">
              <span className="text-ink-2">{LINK_WORDS[link.kind]}</span>
              <code className="min-w-0 font-mono text-xs break-all">{link.to}</code>
              <Button
                small
                variant="quiet"
                icon={Trash2}
                className="ml-auto"
                aria-label={`Remove: ${LINK_WORDS[link.kind]} ${link.to}`}
                onClick={() => onChange(links.filter((_, at) => at !== i))}
              />
              <LinkError text={errorAt(`links[${i}].to`) ?? errorAt(`links[${i}].kind`)} />
            </li>
          ))}
        </ul>
      )}
      <div className="mt-3 flex items-end gap-2 max-sm:flex-wrap">
        <div className="w-40 max-sm:w-full">
          <Select
            aria-label="Kind of link"
            value={kind}
            options={toOptions(LINK_WORDS)}
            onChange={(event) => setKind(oneOf(LINK_WORDS, event.target.value) ?? kind)}
          />
        </div>
        <div className="min-w-0 grow">
          <TextField
            label="To which asset?"
            value={to}
            list={list}
            onChange={(event) => setTo(event.target.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter') return
              event.preventDefault()
              add()
            }}
            autoComplete="off"
            spellCheck={false}
          />
          <datalist id={list}>
            {found.data?.items
              .filter((asset) => asset.id !== self)
              .map((asset) => (
                <option key={asset.id} value={asset.id}>
                  {`${asset.name} (${kindName(asset.kind)})`}
                </option>
              ))}
          </datalist>
        </div>
        <Button icon={Plus} onClick={add} disabled={to.trim() === ''}>
          Add the link
        </Button>
      </div>
    </fieldset>
  )
}

function LinkError({ text }: { text: string | undefined }) {
  return text === undefined ? null : <p className="basis-full text-xs font-medium text-bad">{text}</p>
}
