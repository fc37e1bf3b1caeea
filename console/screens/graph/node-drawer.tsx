// One node: what it is, what it is linked to and who says so, and the attack paths through it.
import { useQuery } from '@tanstack/react-query'
import { read, type Reply } from '../../api.ts'
import { plural, toWords } from '../../lib/format.ts'
import { LEVEL_OF } from '../attack-paths/level-of.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { LevelTag } from '../../ui/level.tsx'
import { TextLink } from '../../ui/link.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Facts, Section } from '../../ui/page.tsx'
import { Badge } from '../../ui/status.tsx'
import { edgeWords, KNOWN_WORDS, kindWord } from './kinds.ts'

type Around = Reply<'GET', '/api/graph'>
type Node = Around['nodes'][number]
type Edge = Around['edges'][number]

interface NodeDrawerProps {
  id: string
  onClose: () => void
}

const MOST_NEAR = 300

export function NodeDrawer({ id, onClose }: NodeDrawerProps) {
  const query = useQuery(read('/api/graph', { query: { around: id, depth: 1, limit: MOST_NEAR } }))
  const node = query.data?.nodes.find((one) => one.id === id)
  return (
    <Dialog drawer title={node?.name ?? id} description={node && kindWord(node.kind)} onClose={onClose}>
      <Loaded query={query}>
        {(near) => (
          <>
            {node && <AboutNode node={node} />}
            <Edges near={near} node={id} way="out" />
            <Edges near={near} node={id} way="in" />
            {near.truncated && (
              <p className="mt-3 text-xs text-warn">
                It touches {plural(near.total - 1, 'other')}; the first {MOST_NEAR} are looked at.
              </p>
            )}
          </>
        )}
      </Loaded>
      <PathsThrough node={id} />
    </Dialog>
  )
}

function AboutNode({ node: { id, attributes } }: { node: Node }) {
  const { asset, ...others } = attributes
  return (
    <Facts
      rows={[
        [
          'Id',
          <code key="id" className="font-mono text-xs break-all">
            {id}
          </code>,
        ],
        typeof asset === 'string' && [
          'In the register',
          <TextLink key="asset" to="/inventory/$id" params={{ id: asset }}>
            Open its page
          </TextLink>,
        ],
        ...Object.entries(others).map(([key, value]) => [toWords(key), valueWords(value)] as const),
      ]}
    />
  )
}

function valueWords(value: Node['attributes'][string]): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return typeof value === 'object' ? value.join(', ') : String(value)
}

function Edges({ near, node, way }: { near: Around; node: string; way: 'in' | 'out' }) {
  const edges = near.edges.filter(({ from, to }) => (way === 'out' ? from : to) === node)
  if (edges.length === 0) return null
  const nameOf = (id: string) => near.nodes.find((one) => one.id === id)?.name ?? id
  return (
    <Section title={way === 'out' ? 'What it leads to' : 'What leads to it'} count={edges.length} above="less">
      <ul className="divide-y divide-line rounded-md border border-line text-sm">
        {edges.map((edge) => (
          <li key={edge.id} className="px-3 py-2">
            <p>
              {way === 'out' && <span className="text-ink-3">{edgeWords(edge.kind)} </span>}
              <OtherNode id={way === 'out' ? edge.to : edge.from} nameOf={nameOf} />
              {way === 'in' && <span className="text-ink-3"> {edgeWords(edge.kind)} it</span>}{' '}
              {edge.guards.map((guard) => (
                <Guard key={guard.control} guard={guard} />
              ))}
            </p>
            <p className="text-xs wrap-anywhere text-ink-3">
              {KNOWN_WORDS[edge.known]}
              {edge.evidence.length > 0 && `: ${edge.evidence.join('; ')}`}
            </p>
          </li>
        ))}
      </ul>
    </Section>
  )
}

function OtherNode({ id, nameOf }: { id: string; nameOf: (id: string) => string }) {
  return (
    <TextLink to="." search={(before) => ({ ...before, node: id })} replace resetScroll={false}>
      {nameOf(id)}
    </TextLink>
  )
}

function Guard({ guard: { control, mode, proven } }: { guard: Edge['guards'][number] }) {
  const holds = mode === 'enforce' && proven
  const says = holds ? 'proven' : mode === 'enforce' ? 'not proven' : mode === 'observe' ? 'only watches' : 'off'
  return (
    <>
      <Badge tone={holds ? 'good' : 'warn'}>
        {toWords(control)}: {says}
      </Badge>{' '}
    </>
  )
}

function PathsThrough({ node }: { node: string }) {
  const query = useQuery(read('/api/attack-paths', { query: { through: node, limit: 50 } }))
  const items = query.data?.items
  if (items?.length === 0) return <p className="mt-6 text-sm text-ink-2">No attack path goes through it.</p>
  return (
    <Section title="Attack paths through it" count={query.data?.total} above="less">
      <Loaded query={query}>
        {({ items: paths }) => (
          <ul className="divide-y divide-line rounded-md border border-line text-sm">
            {paths.map(({ id, title, targetName, severity }) => (
              <li key={id} className="flex items-start gap-3 px-3 py-2">
                <LevelTag is={LEVEL_OF[severity]}>{severity}</LevelTag>
                <span className="min-w-0">
                  <TextLink to="/attack-paths/$path" params={{ path: id }}>
                    {title}
                  </TextLink>{' '}
                  <span className="text-ink-3">to {targetName}</span>
                </span>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </Section>
  )
}
