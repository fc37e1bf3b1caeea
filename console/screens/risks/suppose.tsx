// What is supposed in a what-if, and how to suppose more: facts by their question, measures by what they do, and the way
// the system is deployed.
import { useQuery } from '@tanstack/react-query'
import { X } from 'lucide-react'
import { useId, useState } from 'react'
import type { Status as StatusName } from '../../../src/model/status.ts'
import { read } from '../../api.ts'
import { plural } from '../../lib/format.ts'
import { Button } from '../../ui/button.tsx'
import { FactField } from '../../ui/fact-field.tsx'
import { Select, SelectField } from '../../ui/field.tsx'
import { useMeasures } from '../catalog/use-measures.ts'
import { subjectOf, type Supposed } from './supposed.ts'

interface SupposeProps {
  supposed: readonly Supposed[]
  deploymentModel: string | undefined
  onChange: (all: readonly Supposed[]) => void
}

const MOST = 100
/** More than these at the start would hide what differs. */
const MOST_OPEN = 3

export function Suppose({ supposed, deploymentModel, onChange }: SupposeProps) {
  const facts = useQuery({ ...read('/api/catalog/facts', { query: { limit: 200 } }), staleTime: Infinity })
  const models = useQuery({ ...read('/api/catalog/responsibility'), staleTime: Infinity })
  const measures = useMeasures()
  const put = (one: Supposed) => {
    const at = supposed.findIndex((other) => subjectOf(other) === subjectOf(one))
    onChange(at < 0 ? [...supposed, one] : supposed.with(at, one))
  }
  const isFree = (subject: string) => !supposed.some((one) => subjectOf(one) === subject)
  const [startsFolded] = useState(supposed.length > MOST_OPEN)
  const isFull = supposed.length >= MOST
  return (
    <div className="grid gap-4">
      {supposed.length > 0 && (
        <details open={!startsFolded}>
          <summary className="w-fit rounded-xs text-sm font-medium hover:text-accent-word">
            {plural(supposed.length, 'thing')} supposed
          </summary>
          <ul className="mt-2 grid gap-2" aria-label="Supposed">
            {supposed.map((one) => (
              <li key={subjectOf(one)} className="flex items-start gap-2 rounded-md border border-line p-3">
                <div className="min-w-0 grow">
                  <One one={one} onChange={put} />
                </div>
                <Button
                  small
                  variant="quiet"
                  icon={X}
                  aria-label="No longer suppose it"
                  onClick={() => onChange(supposed.filter((other) => other !== one))}
                />
              </li>
            ))}
          </ul>
        </details>
      )}
      <div className="grid gap-3 sm:grid-cols-2">
        <SelectField
          label="Suppose a fact"
          value=""
          disabled={isFull}
          onChange={(event) => event.target.value && put({ change: 'fact', key: event.target.value, value: undefined })}
          options={[
            { value: '', label: 'Choose a question' },
            ...(facts.data?.items ?? [])
              .filter(({ id }) => isFree(`fact ${id}`))
              .map(({ id, question }) => ({ value: id, label: question })),
          ]}
        />
        <SelectField
          label="Suppose a measure"
          value=""
          disabled={isFull}
          onChange={(event) =>
            event.target.value && put({ change: 'status', measure: event.target.value, status: 'proven' })
          }
          options={[
            { value: '', label: 'Choose a measure' },
            ...[...(measures?.values() ?? [])]
              .filter(({ id }) => isFree(`measure ${id}`))
              .map(({ id, what }) => ({ value: id, label: what })),
          ]}
        />
        {isFree('deployment-model') && (
          <SelectField
            label="Suppose another deployment"
            value=""
            disabled={isFull}
            onChange={(event) => event.target.value && put({ change: 'deployment-model', model: event.target.value })}
            options={[
              { value: '', label: 'Choose a way' },
              ...(models.data?.deploymentModels ?? [])
                .filter(({ id }) => id !== deploymentModel)
                .map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
        )}
      </div>
    </div>
  )
}

interface OneProps<T extends Supposed = Supposed> {
  one: T
  onChange: (one: Supposed) => void
}

function One({ one, onChange }: OneProps) {
  if (one.change === 'fact') return <SupposedFact one={one} onChange={onChange} />
  if (one.change === 'deployment-model') return <SupposedModel one={one} />
  return <SupposedMeasure one={one} onChange={onChange} />
}

function SupposedFact({ one, onChange }: OneProps<Extract<Supposed, { change: 'fact' }>>) {
  const { data } = useQuery({ ...read('/api/catalog/facts', { query: { limit: 200 } }), staleTime: Infinity })
  const question = data?.items.find(({ id }) => id === one.key)
  if (!question) return one.key
  return <FactField of={question} value={one.value} onChange={(value) => onChange({ ...one, value })} />
}

function SupposedModel({ one }: { one: Extract<Supposed, { change: 'deployment-model' }> }) {
  const { data } = useQuery({ ...read('/api/catalog/responsibility'), staleTime: Infinity })
  const model = data?.deploymentModels.find(({ id }) => id === one.model)
  return (
    <p className="text-sm">
      It is deployed as <b className="font-medium">{model?.name ?? one.model}</b>.
    </p>
  )
}

const STATES: readonly { value: string; label: string }[] = [
  { value: 'proven', label: 'is proven' },
  { value: 'stale', label: 'has only old proofs' },
  { value: 'failing', label: 'fails' },
  { value: 'missing', label: 'was never shown' },
  { value: 'chosen', label: 'is chosen' },
  { value: 'not-needed', label: 'is left out' },
]

type OfMeasure = Extract<Supposed, { measure: string }>

function SupposedMeasure({ one, onChange }: OneProps<OfMeasure>) {
  const id = useId()
  const what = useMeasures()?.get(one.measure)?.what ?? one.measure
  return (
    <div className="grid items-center gap-x-4 gap-y-2 sm:grid-cols-[minmax(0,1fr)_11rem]">
      <label htmlFor={id} className="text-sm">
        {what}
        <span className="block font-mono text-2xs text-ink-3">{one.measure}</span>
      </label>
      <Select
        id={id}
        small
        value={one.change === 'status' ? one.status : one.decision}
        options={STATES}
        onChange={(event) => onChange(toSupposed(one.measure, event.target.value))}
      />
    </div>
  )
}

const PROOFS: readonly StatusName[] = ['proven', 'stale', 'failing', 'missing']

function toSupposed(measure: string, word: string): Supposed {
  const status = PROOFS.find((proof) => proof === word)
  if (status) return { change: 'status', measure, status }
  return { change: 'selection', measure, decision: word === 'chosen' ? 'chosen' : 'not-needed' }
}
