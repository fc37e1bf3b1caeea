// The lethal trifecta of a system: an agent that reads what others wrote, reaches what is sensitive, and can send data out.
// Told in words beside the graph that shows it as one path, with the links that cut it.
import { useQuery } from '@tanstack/react-query'
import { Scissors, Waypoints } from 'lucide-react'
import { read, type Reply } from '../../api.ts'
import { inSentence } from '../../lib/format.ts'
import { useAt } from '../../ui/as-of.tsx'
import { LINK_WORDS } from '../../ui/graph/lanes.ts'
import { Said } from '../../ui/said.tsx'

/** The three that the catalogue names. */
const POWER_WORDS: Readonly<Record<string, string>> = {
  'untrusted-data-in-prompt': 'reads what others wrote',
  'reaches-sensitive-data': 'reaches what is sensitive',
  'can-send-data-out': 'can send data out',
}

type Agent = Reply<'GET', '/api/systems/:id/trifecta'>['agents'][number]
type Step = Agent['path'][number]

export function useTrifecta(system: string): Agent | undefined {
  const at = useAt()
  const { data } = useQuery(read('/api/systems/:id/trifecta', { params: { id: system }, query: { at } }))
  return data?.agents.find(({ isTrifecta }) => isTrifecta)
}

export function Trifecta({ of: { agent, legs, cuts }, nameOf }: { of: Agent; nameOf: (id: string) => string }) {
  const say = ({ from, kind, to }: Step) => `${nameOf(from)} ${LINK_WORDS[kind]} ${nameOf(to)}`
  return (
    <div className="mt-3 grid gap-x-8 gap-y-4 rounded-md border border-bad-mark/50 bg-bad-soft/60 px-4 py-3.5 text-sm md:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <div>
        <h3 className="flex items-center gap-2 font-semibold text-bad">
          <Waypoints size={16} aria-hidden className="shrink-0" />
          Lethal trifecta at {nameOf(agent)}
        </h3>
        <p className="mt-1 text-pretty">
          Whoever can place a text where it reads can make it fetch what is sensitive and send it out. No filter removes
          this for certain; taking one of the three away does.
        </p>
        <ul className="mt-2 grid gap-1">
          {legs.map(({ power, at, because }) => (
            <li key={power}>
              <span className="font-medium">{nameOf(at)}</span>{' '}
              <span className="text-ink-2">{POWER_WORDS[power] ?? inSentence(power)}:</span> <Said text={because} />
            </li>
          ))}
        </ul>
      </div>
      <div>
        <h3 className="flex items-center gap-2 font-medium">
          <Scissors size={15} aria-hidden className="shrink-0" />
          {cuts.length > 0 ? 'Each of these alone cuts it' : 'No single link cuts it'}
        </h3>
        <ul className="mt-1.5 grid gap-1 text-ink-2">
          {cuts.map((step) => (
            <li key={step.from + step.kind + step.to}>{say(step)}</li>
          ))}
        </ul>
      </div>
    </div>
  )
}
