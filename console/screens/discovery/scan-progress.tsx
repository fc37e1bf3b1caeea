// How far a scan is, while it runs: live, from the job that does it.
import { useQuery } from '@tanstack/react-query'
import { read } from '../../api.ts'
import { useMay } from '../../session.ts'

interface ScanProgressProps {
  scan: { id: string; state: string; job?: string | undefined }
  brief?: boolean
}

export function ScanProgress({ scan: { state, job }, brief = false }: ScanProgressProps) {
  const may = useMay()
  const isUnderWay = state === 'waiting' || state === 'running'
  const { data } = useQuery({
    ...read('/api/jobs/:id', { params: { id: job ?? '' } }),
    enabled: isUnderWay && job !== undefined && may('job:read'),
    refetchInterval: 2000,
  })
  if (!isUnderWay) return null
  const { done = 0, total, note = state === 'waiting' ? 'waits for its turn' : 'is being read' } = data?.progress ?? {}
  return (
    <span className="mt-1 block max-w-md" role={brief ? undefined : 'status'}>
      <progress
        {...(total === undefined ? {} : { value: done, max: total })}
        aria-label="How far the scan is"
        className="block h-1.5 w-full overflow-hidden rounded-full accent-accent"
      />
      <span className="mt-1 block text-xs wrap-anywhere text-ink-3">
        {total !== undefined && `${done} of ${total} `}
        {note}
      </span>
    </span>
  )
}
