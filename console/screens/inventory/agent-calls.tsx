// What an agent did through the gateway under its own identity, and the keys that are its own.
import { useQuery } from '@tanstack/react-query'
import { read } from '../../api.ts'
import { formatNumber, toWords } from '../../lib/format.ts'
import { useMay } from '../../session.ts'
import { TextLink } from '../../ui/link.tsx'
import { NumberTiles } from '../../ui/number-tiles.tsx'
import { Section } from '../../ui/page.tsx'
import { useGatewayKeys } from '../gateway/use-key-names.ts'
import { toCost } from '../gateway/words.ts'

export function AgentCalls({ agent }: { agent: string }) {
  const may = useMay()
  const { data } = useQuery({
    ...read('/api/usage', { query: { by: ['agent'], agent } }),
    enabled: may('call:read'),
  })
  if (!may('call:read')) return null
  const sum = data && (data.items[0] ?? { calls: 0, blocked: 0, inputTokens: 0, outputTokens: 0, costMicros: 0 })
  const value = (of: (one: NonNullable<typeof sum>) => string) => sum && of(sum)
  return (
    <Section title="Calls in its own name">
      <NumberTiles
        tiles={[
          {
            name: 'Calls',
            value: value(({ calls }) => formatNumber(calls)),
            note: 'in the last thirty days',
            to: '/gateway',
            search: { agent },
          },
          {
            name: 'Blocked',
            value: value(({ blocked }) => formatNumber(blocked)),
            note: 'stopped by a guard',
            to: '/gateway',
            search: { agent, outcome: 'blocked' },
          },
          {
            name: 'Tokens',
            value: value(({ inputTokens, outputTokens }) => formatNumber(inputTokens + outputTokens)),
            note: 'in and out',
            to: '/gateway/costs',
            search: { tab: 'agent' },
          },
          {
            name: 'Cost',
            value: value(({ costMicros }) => toCost(costMicros)),
            note: 'where a price is known',
            to: '/gateway/costs',
            search: { tab: 'agent' },
          },
        ]}
      />
      {may('key:read') && <Keys agent={agent} />}
    </Section>
  )
}

function Keys({ agent }: { agent: string }) {
  const keys = useGatewayKeys().data?.items.filter((key) => key.agent === agent)
  if (keys === undefined) return null
  return (
    <p className="mt-3 text-sm text-ink-2">
      {keys.length === 0 ? (
        <>
          No <TextLink to="/gateway/keys">gateway key</TextLink> is its own: calls that it makes with another key are
          not among these.
        </>
      ) : (
        <>
          Its keys:{' '}
          {keys.map(({ id, name, state }, i) => (
            <span key={id}>
              {i > 0 && ', '}
              <TextLink to="/gateway" search={{ key: id }}>
                {name}
              </TextLink>
              {state !== 'active' && ` (${toWords(state).toLowerCase()})`}
            </span>
          ))}
        </>
      )}
    </p>
  )
}
