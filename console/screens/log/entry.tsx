// One entry on a page of its own.
import { useParams } from '@tanstack/react-router'
import { ChevronLeft, ChevronRight } from 'lucide-react'
import { formatNumber } from '../../lib/format.ts'
import { ButtonLink } from '../../ui/button.tsx'
import { Page } from '../../ui/page.tsx'
import { EntryBody } from './entry-body.tsx'

export function Entry() {
  const { index: text } = useParams({ from: '/shell/log/$index' })
  const index = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN
  return (
    <Page
      title={Number.isNaN(index) ? 'Entry' : `Entry ${formatNumber(index)}`}
      actions={
        <>
          {index > 0 && (
            <ButtonLink small icon={ChevronLeft} to="/log/$index" params={{ index: String(index - 1) }}>
              Earlier
            </ButtonLink>
          )}
          <ButtonLink small to="/log/$index" params={{ index: String(index + 1) }}>
            Later
            <ChevronRight size={15} aria-hidden />
          </ButtonLink>
        </>
      }
    >
      <EntryBody index={index} />
    </Page>
  )
}
