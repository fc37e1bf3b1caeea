// What people say about one measure on a system: that it is chosen or left out, and that it is carried out, where only
// somebody who vouches for it can show that.
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { read } from '../../api.ts'
import { formatDay } from '../../lib/format.ts'
import { useMay } from '../../session.ts'
import { Button } from '../../ui/button.tsx'
import { Badge } from '../../ui/status.tsx'
import { Attest } from './attest.tsx'
import { SelectMeasure } from './select-measure.tsx'

interface MeasureDecisionsProps {
  system: string
  measure: string
  what: string
}

export function MeasureDecisions({ system, measure, what }: MeasureDecisionsProps) {
  const [doing, setDoing] = useState<'select' | 'attest'>()
  const may = useMay()
  const selections = useQuery(read('/api/selections', { query: { system, limit: 200 } }))
  const ruled = selections.data?.items.find((one) => one.measure === measure && one.state !== 'cleared')
  const done = () => setDoing(undefined)
  return (
    <div className="mt-2.5 grid gap-2">
      {ruled && (
        <p className="flex flex-wrap items-baseline gap-x-2 text-xs text-ink-2">
          <Badge tone={ruled.state === 'chosen' ? 'good' : 'neutral'}>
            {ruled.state === 'chosen' ? 'chosen' : 'left out'}
          </Badge>
          {ruled.reason}
          {ruled.until && <span className="text-ink-3">until {formatDay(ruled.until)}</span>}
        </p>
      )}
      {doing === undefined && (
        <div className="flex flex-wrap gap-2">
          {may('risk:write') && (
            <Button small variant="quiet" className="-ml-2" onClick={() => setDoing('select')}>
              {ruled ? 'Decide otherwise' : 'Choose it or leave it out'}
            </Button>
          )}
          {may('evidence:write') && (
            <Button small variant="quiet" onClick={() => setDoing('attest')}>
              Vouch for it
            </Button>
          )}
        </div>
      )}
      {doing === 'select' && (
        <SelectMeasure system={system} measure={measure} isRuled={ruled !== undefined} onDone={done} />
      )}
      {doing === 'attest' && <Attest what="statement" title={what} proves={{ system, measure }} onDone={done} />}
    </div>
  )
}
