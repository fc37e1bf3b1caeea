// One thing that was found: what it is, where it is written, who may answer for it, and what to do with it.
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, read, type Reply } from '../../api.ts'
import { formatBytes, formatNumber, plural, toWords } from '../../lib/format.ts'
import { useRefresh } from '../../lib/refresh.ts'
import { useSubmit } from '../../lib/submit.ts'
import { useMay } from '../../session.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/field.tsx'
import { TextLink } from '../../ui/link.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Facts, Section } from '../../ui/page.tsx'
import { Problem } from '../../ui/states.tsx'
import { Badge } from '../../ui/status.tsx'
import { Time } from '../../ui/time.tsx'
import { toast } from '../../ui/toast.tsx'
import { SystemLink } from '../system/system-names.tsx'
import { AcceptThings } from './accept-things.tsx'
import { SourceName } from './filter-source.tsx'
import { IgnoreThings } from './ignore-things.tsx'
import { PlaceList } from './place-list.tsx'
import { KIND_WORDS, OWNER_WORDS, STANCE_WORDS, STATE_WORDS } from './words.ts'

type Thing = Reply<'GET', '/api/discoveries/:id'>

export function DiscoveryDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const query = useQuery(read('/api/discoveries/:id', { params: { id } }))
  const thing = query.data
  return (
    <Dialog
      drawer
      title={thing?.name ?? 'What was found'}
      description={thing && `${KIND_WORDS[thing.kind]}, ${STANCE_WORDS[thing.stance]}`}
      onClose={onClose}
    >
      <Loaded query={query}>{(data) => <About thing={data} onClose={onClose} />}</Loaded>
    </Dialog>
  )
}

function About({ thing, onClose }: { thing: Thing; onClose: () => void }) {
  const may = useMay()
  const { attributes, system, asset, owner, seen, decision, goneSince, links } = thing
  return (
    <>
      <Facts
        rows={[
          ['State', <Badge key="state">{STATE_WORDS[thing.state]}</Badge>],
          asset !== undefined && [
            'In the register',
            <TextLink key="asset" to="/inventory/$id" params={{ id: asset }}>
              {asset}
            </TextLink>,
          ],
          system !== undefined && ['System', <SystemLink key="system" id={system} />],
          ['Found in', <SourceName key="source" id={thing.source} />],
          ['Proposed owner', owner ? `${owner.who} (${OWNER_WORDS[owner.why]})` : 'nobody'],
          ['How sure', `${Math.round(thing.confidence * 100)} %`],
          ['First seen', <Time key="first" at={thing.firstSeen} />],
          ['Last seen', <Time key="last" at={thing.lastSeen} />],
          goneSince !== undefined && ['Not found since', <Time key="gone" at={goneSince} />],
          decision?.reason !== undefined && ['Why', decision.reason],
          decision?.until !== undefined && ['Until', <Time key="until" at={decision.until} absolute />],
          ...Object.entries(attributes).map(([key, value]) => [toWords(key), String(value)] as const),
        ]}
      />
      {seen && <SeenInTraffic seen={seen} />}
      <Section title="Where" count={thing.evidence.length} above="less">
        <PlaceList places={thing.evidence} />
      </Section>
      {links.length > 0 && (
        <Section title="What it leads to" count={links.length} above="less">
          <ul className="text-sm">
            {links.map(({ kind, to }) => (
              <li key={kind + to} className="wrap-anywhere">
                <span className="text-ink-3">{toWords(kind)}</span> {to.slice(to.indexOf(':') + 1)}
              </li>
            ))}
          </ul>
        </Section>
      )}
      {may('asset:write') && <Decide thing={thing} onClose={onClose} />}
    </>
  )
}

function SeenInTraffic({ seen }: { seen: NonNullable<Thing['seen']> }) {
  return (
    <Section title="Seen in traffic" above="less">
      <Facts
        rows={[
          ['People and machines', formatNumber(seen.users)],
          ['Calls', formatNumber(seen.calls)],
          seen.bytes !== undefined && ['Sent out', formatBytes(seen.bytes)],
          ['Hosts', seen.hosts.join(', ')],
          seen.by.length > 0 && ['Most of it by', seen.by.join(', ')],
        ]}
      />
    </Section>
  )
}

function Decide({ thing, onClose }: { thing: Thing; onClose: () => void }) {
  const refresh = useRefresh()
  const [doing, setDoing] = useState<'accept' | 'ignore' | 'link'>()
  const { busy, error, run } = useSubmit(() => Promise.resolve())
  const reopen = () =>
    run(async () => {
      await api.post('/api/discoveries/:id/reopen', { params: { id: thing.id } })
      await refresh()
      toast('It waits again.')
    })
  const done = () => {
    setDoing(undefined)
    onClose()
  }
  if (doing === 'accept') return <AcceptThings things={[thing]} onClose={() => setDoing(undefined)} onDone={done} />
  if (doing === 'ignore') return <IgnoreThings things={[thing]} onClose={() => setDoing(undefined)} onDone={done} />
  return (
    <footer className="mt-6 grid gap-3 border-t border-line pt-4">
      <Problem error={error} />
      {doing === 'link' ? (
        <LinkToAsset thing={thing} onDone={done} />
      ) : (
        <div className="flex flex-wrap justify-end gap-2">
          {thing.state === 'new' ? (
            <>
              <Button onClick={() => setDoing('ignore')}>Ignore</Button>
              <Button onClick={() => setDoing('link')}>It is in the register</Button>
              <Button variant="primary" onClick={() => setDoing('accept')}>
                Accept
              </Button>
            </>
          ) : (
            <Button busy={busy} onClick={() => void reopen()}>
              Let it wait again
            </Button>
          )}
        </div>
      )}
    </footer>
  )
}

function LinkToAsset({ thing, onDone }: { thing: Thing; onDone: () => void }) {
  const refresh = useRefresh()
  const [asset, setAsset] = useState('')
  const near = useQuery(read('/api/assets', { query: { text: thing.name.slice(0, 60), limit: 5 } }))
  const { busy, error, errorAt, submit } = useSubmit(async () => {
    await api.post('/api/discoveries/:id/link', { params: { id: thing.id }, body: { asset } })
    await refresh()
    toast(`${thing.name} is ${asset}.`)
    onDone()
  })
  return (
    <form onSubmit={submit} className="grid gap-3">
      <Problem error={error} />
      <TextField
        label="Which asset is it?"
        hint="Its id in the register."
        required
        autoComplete="off"
        value={asset}
        error={errorAt('asset')}
        onChange={(event) => setAsset(event.target.value)}
      />
      {(near.data?.items.length ?? 0) > 0 && (
        <p className="flex flex-wrap items-center gap-2 text-xs text-ink-3">
          {plural(near.data?.items.length ?? 0, 'asset')} with that name:
          {near.data?.items.map(({ id }) => (
            <Button key={id} small onClick={() => setAsset(id)}>
              {id}
            </Button>
          ))}
        </p>
      )}
      <footer className="flex justify-end">
        <Button type="submit" variant="primary" busy={busy}>
          Link them
        </Button>
      </footer>
    </form>
  )
}
