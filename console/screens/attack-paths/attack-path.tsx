// One way through: its steps with where each is known from, and what would end it. What is tried out here changes nothing.
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Network } from 'lucide-react'
import { useState } from 'react'
import { api, type Reply, read } from '../../api.ts'
import { formatShare, toTitleOfId, toWords } from '../../lib/format.ts'
import { ButtonLink } from '../../ui/button.tsx'
import { Check } from '../../ui/field.tsx'
import { LevelTag } from '../../ui/level.tsx'
import { TextLink } from '../../ui/link.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { SystemName, useSystemNames } from '../system/system-names.tsx'
import { LEVEL_OF } from './level-of.ts'

type Path = Reply<'GET', '/api/attack-paths/:path'>
type Edge = Path['steps'][number]

export function AttackPathPage() {
  const { path: id } = useParams({ from: '/shell/attack-paths/$path' })
  const query = useQuery(read('/api/attack-paths/:path', { params: { path: id } }))
  const path = query.data
  const systemOf = useSystemNames()
  return (
    <Page
      title={path?.title ?? 'Attack path'}
      kind={path && <LevelTag is={LEVEL_OF[path.severity]}>{path.severity}</LevelTag>}
      lead={path && leadOf(path, systemOf)}
      actions={
        <ButtonLink icon={Network} to="/graph" search={{ path: id, view: 'map' }}>
          Show it in the graph
        </ButtonLink>
      }
    >
      <Loaded query={query}>
        {(data) => (
          <>
            <Section title="Step by step" count={data.steps.length}>
              <Steps path={data} />
            </Section>
            <Section title="What ends it">
              <Cuts key={data.id} path={data} />
            </Section>
          </>
        )}
      </Loaded>
    </Page>
  )
}

function leadOf(path: Path, systemOf: (id: string) => string): string {
  const { targetName, risk, routes, exposure, inputs, systems } = path
  const unsaid = systems.map(systemOf).filter((name) => !targetName.includes(name))
  const where = unsaid.length > 0 ? ` in ${unsaid.join(', ')}` : ''
  const ways = routes === 1 ? 'one way' : `${routes} ways that share no step`
  const who = exposure === 0 ? 'no identity or endpoint gets there by itself' : `${formatShare(exposure)} of identities and endpoints get there` // prettier-ignore
  return `To ${targetName}${where}, by ${ways}. Risk ${risk.toFixed(1)} of 100: what it does weighs ${inputs.impact}, and ${who}.`
}

const KNOWN = {
  declared: 'declared',
  inferred: 'not answered, so it counts as open',
  observed: 'seen happening',
} as const

function Steps({ path: { steps, nodes } }: { path: Path }) {
  const nameOf = (id: string) => nodes.find((one) => one.id === id)?.name ?? id
  return (
    <ol className="divide-y divide-line rounded-md border border-line bg-panel text-sm">
      {steps.map(({ id, kind, from, to, known, evidence }) => (
        <li key={id} className="px-4 py-3">
          <p className="text-pretty">
            <b className="font-medium">{nameOf(from)}</b>{' '}
            <span className="text-ink-3">{toWords(kind).toLowerCase()}</span>{' '}
            <b className="font-medium">{nameOf(to)}</b>
          </p>
          <p className="mt-0.5 text-xs wrap-anywhere text-ink-3">
            {KNOWN[known]}: {evidence.join('; ')}
          </p>
        </li>
      ))}
    </ol>
  )
}

/** The fewest edges; each with the controls that would close it, to be tried out. */
function Cuts({ path }: { path: Path }) {
  const [tried, setTried] = useState<readonly string[]>([])
  const nameOf = (id: string) => path.nodes.find((one) => one.id === id)?.name ?? id
  const choices = path.cut.flatMap(({ edge, controls }) =>
    controls.map((control) => ({ key: `${edge}\n${control}`, edge, control })),
  )
  const changes = choices.flatMap(({ key, edge, control }) =>
    tried.includes(key) ? [{ change: 'add-control' as const, at: edge, control }] : [],
  )
  const toggle = (key: string) =>
    setTried((before) => (before.includes(key) ? before.filter((one) => one !== key) : [...before, key]))
  return (
    <>
      <p className="mb-3 max-w-[68ch] text-sm text-ink-2">
        {path.cutIsMinimum ? 'These are the fewest steps' : 'These steps'} whose closing ends every way there. Tick a
        control to see what would follow if it were enforced and proven.
      </p>
      <div className="grid gap-3">
        {path.cutEdges.map((edge: Edge) => (
          <fieldset key={edge.id} className="rounded-md border border-line bg-panel px-4 py-3 text-sm">
            <legend className="px-1 text-xs text-ink-3">
              {nameOf(edge.from)} {toWords(edge.kind).toLowerCase()} {nameOf(edge.to)}
            </legend>
            <div className="grid gap-2">
              {choices
                .filter((choice) => choice.edge === edge.id)
                .map(({ key, control }) => (
                  <div key={key} className="flex flex-wrap items-center gap-x-4 gap-y-1">
                    <Check label={toTitleOfId(control)} checked={tried.includes(key)} onChange={() => toggle(key)} />
                    <HowItStands control={control} systems={path.systems} />
                  </div>
                ))}
            </div>
          </fieldset>
        ))}
      </div>
      {changes.length > 0 && <Outcome changes={changes} />}
    </>
  )
}

const MOST_NAMED = 3

/** Where the control is put in force: on each system that the way goes through. */
function HowItStands({ control, systems }: { control: string; systems: readonly string[] }) {
  return (
    <span className="text-xs text-ink-3">
      {systems.length === 0 ? (
        <TextLink to="/controls/$id" params={{ id: control }}>
          How it stands
        </TextLink>
      ) : (
        <>
          How it stands in{' '}
          {systems.slice(0, MOST_NAMED).map((system, i) => (
            <span key={system}>
              {i > 0 && ', '}
              <TextLink to="/systems/$id" params={{ id: system }} search={{ tab: 'controls', control }}>
                <SystemName id={system} />
              </TextLink>
            </span>
          ))}
        </>
      )}
    </span>
  )
}

type Change = { change: 'add-control'; at: string; control: string }

function Outcome({ changes }: { changes: readonly Change[] }) {
  const query = useQuery({
    queryKey: ['attack-paths', 'what-if', changes],
    queryFn: () => api.post('/api/attack-paths/what-if', { body: { changes: [...changes] } }),
  })
  return (
    <div className="mt-4" role="status">
      <Loaded query={query}>
        {({ before, after, ended, changed }) => (
          <>
            <p className="text-sm font-medium">
              {`Of ${before} ways ${ended.length} would end and ${changed.length} would change; ${after} would be left.`}
            </p>
            <ul className="mt-2 list-disc pl-5 text-sm">
              {ended.map(({ id, title, targetName }) => (
                <li key={id}>
                  <TextLink to="/attack-paths/$path" params={{ path: id }}>
                    {title}
                  </TextLink>{' '}
                  <span className="text-ink-3">to {targetName}</span>
                </li>
              ))}
            </ul>
          </>
        )}
      </Loaded>
    </div>
  )
}
