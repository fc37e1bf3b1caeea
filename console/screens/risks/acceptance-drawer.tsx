// One acceptance of a risk: what exactly would be borne, why and until when, and the decision. What was accepted is a
// snapshot; where the risk has moved since, the differences are shown and it no longer counts.
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, read, type Reply } from '../../api.ts'
import { formatAbsolute, formatDay, plural, toWords } from '../../lib/format.ts'
import { useRefresh } from '../../lib/refresh.ts'
import { useSubmit } from '../../lib/submit.ts'
import { useMay, useSession } from '../../session.ts'
import { Button } from '../../ui/button.tsx'
import { Hash } from '../../ui/code.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextArea } from '../../ui/field.tsx'
import { LevelTag } from '../../ui/level.tsx'
import { TextLink } from '../../ui/link.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Facts, Section } from '../../ui/page.tsx'
import { Problem } from '../../ui/states.tsx'
import { Badge } from '../../ui/status.tsx'
import { toast } from '../../ui/toast.tsx'
import { useNames } from '../log/names.tsx'

type Acceptance = Reply<'GET', '/api/acceptances/:id'>

export const STANDING_TONE: Readonly<Record<Acceptance['state'], 'good' | 'warn' | 'bad' | 'note' | 'neutral'>> = {
  proposed: 'note',
  active: 'good',
  expiring: 'warn',
  expired: 'bad',
  voided: 'bad',
  refused: 'neutral',
  withdrawn: 'neutral',
}

export function AcceptanceDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const query = useQuery(read('/api/acceptances/:id', { params: { id } }))
  const threat = toWords(query.data?.threat ?? 'a risk').toLowerCase()
  return (
    <Dialog
      drawer
      title={query.data?.state === 'proposed' ? `Accept ${threat}?` : `Acceptance of ${threat}`}
      description={query.data?.system}
      onClose={onClose}
    >
      <Loaded query={query}>
        {(acceptance) => (
          <>
            <Terms acceptance={acceptance} />
            <Snapshot acceptance={acceptance} />
            {acceptance.state === 'proposed' && <Decision acceptance={acceptance} onDone={onClose} />}
            {acceptance.inForce && <TakeBack acceptance={acceptance} onDone={onClose} />}
          </>
        )}
      </Loaded>
    </Dialog>
  )
}

function Terms({ acceptance: one }: { acceptance: Acceptance }) {
  const nameOf = useNames()
  const who = (id: string) => nameOf('account', id) ?? id
  return (
    <>
      <p className="mb-3 flex flex-wrap items-center gap-2">
        <Badge tone={STANDING_TONE[one.state]}>{toWords(one.state)}</Badge>
        {one.aboveAppetite && <Badge tone="bad">above the appetite</Badge>}
      </p>
      <p className="border-l-2 border-accent pl-3 text-sm whitespace-pre-line">{one.reason}</p>
      <div className="mt-4">
        <Facts
          rows={[
            ['Proposed', `${who(one.proposedBy)}, ${formatDay(one.proposedAt)}`],
            ['Until', formatDay(one.until)],
            one.conditions.length > 0 && [
              'As long as',
              <ul key="conditions">
                {one.conditions.map((condition) => (
                  <li key={condition}>{condition}</li>
                ))}
              </ul>,
            ],
            one.approvedBy !== undefined && [
              'Approved',
              `${who(one.approvedBy)}, ${formatDay(one.approvedAt ?? one.proposedAt)}`,
            ],
            one.why !== undefined && ['Why it ended', one.why],
          ]}
        />
      </div>
    </>
  )
}

function Snapshot({ acceptance: { snapshot, differences, hash, system } }: { acceptance: Acceptance }) {
  const stands = Map.groupBy(snapshot.controls, ({ status }) => status)
  return (
    <Section title="What is borne" above="less" note={`catalogue ${snapshot.catalogVersion}`}>
      {differences.length > 0 && (
        <div className="mb-3 rounded-md bg-warn-soft px-3 py-2.5 text-sm text-warn">
          <p className="font-medium">The risk is no longer what it was:</p>
          <ul>
            {differences.map(({ what, before, after }) => (
              <li key={what + before}>
                {toWords(what)}: {before} → {after}
              </li>
            ))}
          </ul>
        </div>
      )}
      <Facts
        rows={[
          ['As proven', <LevelTag key="proven" is={snapshot.proven.severity} />],
          ['As designed', <LevelTag key="designed" is={snapshot.designed.severity} />],
          ['Without controls', <LevelTag key="inherent" is={snapshot.inherent.severity} />],
          [
            'Controls',
            [...stands].map(([status, those]) => `${those.length} ${toWords(status).toLowerCase()}`).join(', ') ||
              'none',
          ],
          ['Scope', plural(snapshot.scope.length, 'part')],
          ['Bound to', <Hash key="hash" value={hash} />],
          system !== undefined && [
            'Reasons',
            <TextLink
              key="why"
              to="/systems/$id"
              params={{ id: system }}
              search={{ tab: 'threats', threat: snapshot.threat }}
            >
              Why the threat applies
            </TextLink>,
          ],
        ]}
      />
    </Section>
  )
}

function Decision({ acceptance: one, onDone }: { acceptance: Acceptance; onDone: () => void }) {
  const [why, setWhy] = useState('')
  const { account } = useSession()
  const may = useMay()
  const refresh = useRefresh()
  const params = { id: one.id }
  async function finish(said: string) {
    await refresh()
    toast(said)
    onDone()
  }
  const form = useSubmit(async () => {
    await api.post('/api/acceptances/:id/approve', { params })
    await finish(`Accepted until ${formatAbsolute(one.until)}.`)
  })
  async function refuse() {
    await api.post('/api/acceptances/:id/refuse', { params, body: { why } })
    await finish('Refused. The risk stays open.')
  }
  async function withdraw() {
    await api.post('/api/acceptances/:id/withdraw', { params, body: { why } })
    await finish('Withdrawn. The risk stays open.')
  }
  const isMine = one.proposedBy === account?.id
  const needsOther = isMine && one.aboveAppetite
  return (
    <Section title="Your decision" above="less">
      {needsOther && (
        <p className="mb-3 text-sm text-ink-2">
          You proposed it and it is above the appetite, so somebody else has to approve it.
        </p>
      )}
      <form onSubmit={form.submit} className="grid gap-3">
        <Problem error={form.error} />
        <TextArea
          label="Why, if you decline"
          value={why}
          maxLength={2000}
          error={form.errorAt('why')}
          onChange={(event) => setWhy(event.target.value)}
        />
        <div className="flex flex-wrap justify-end gap-2">
          {isMine && may('risk:write') && (
            <Button busy={form.busy} disabled={why.trim() === ''} onClick={() => void form.run(withdraw)}>
              Withdraw it
            </Button>
          )}
          {may('risk:accept') && (
            <>
              <Button busy={form.busy} disabled={why.trim() === ''} onClick={() => void form.run(refuse)}>
                Refuse
              </Button>
              <Button type="submit" variant="primary" busy={form.busy} disabled={needsOther}>
                Accept the risk
              </Button>
            </>
          )}
        </div>
      </form>
    </Section>
  )
}

/** Whoever bears it may stop bearing it: the risk is open again at once. */
function TakeBack({ acceptance: { id }, onDone }: { acceptance: Acceptance; onDone: () => void }) {
  const [why, setWhy] = useState('')
  const may = useMay()
  const refresh = useRefresh()
  const form = useSubmit(async () => {
    await api.post('/api/acceptances/:id/withdraw', { params: { id }, body: { why } })
    await refresh()
    toast('Withdrawn. The risk is open again.')
    onDone()
  })
  if (!may('risk:write')) return null
  return (
    <Section title="No longer bear it" above="less">
      <form onSubmit={form.submit} className="grid gap-3">
        <Problem error={form.error} />
        <TextArea
          label="Why"
          required
          maxLength={2000}
          value={why}
          error={form.errorAt('why')}
          onChange={(event) => setWhy(event.target.value)}
        />
        <footer className="flex justify-end">
          <Button type="submit" busy={form.busy}>
            Withdraw the acceptance
          </Button>
        </footer>
      </form>
    </Section>
  )
}
