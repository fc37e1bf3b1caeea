// Proves one entry in front of the reader, without believing the server.
import { useMutation } from '@tanstack/react-query'
import { ShieldCheck } from 'lucide-react'
import { formatNumber } from '../../lib/format.ts'
import { Button } from '../../ui/button.tsx'
import { Problem } from '../../ui/states.tsx'
import { VerdictView } from './steps.tsx'
import { checkLog } from './verifier.ts'

export function CheckEntry({ index }: { index: number }) {
  const check = useMutation({ mutationFn: () => checkLog([index]) })
  return (
    <div className="grid gap-3">
      {check.data && (
        <VerdictView verdict={check.data}>
          Entry {formatNumber(index)} is one of the {formatNumber(check.data.size ?? 0)} that the signed checkpoint
          covers.
        </VerdictView>
      )}
      <Problem error={check.error} />
      {!check.data && (
        <div className="flex flex-wrap items-center gap-3">
          <Button icon={ShieldCheck} busy={check.isPending} onClick={() => check.mutate()}>
            Verify in this browser
          </Button>
          <span className="text-xs text-ink-3">
            Checks the signature and the path through the tree here, not on the server.
          </span>
        </div>
      )}
    </div>
  )
}
