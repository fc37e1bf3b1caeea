// One item of a framework: the controls behind it, who says so, and where each of their measures stands.
import type { Reply } from '../../api.ts'
import { toTitleOfId } from '../../lib/format.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { TextLink } from '../../ui/link.tsx'
import { Said } from '../../ui/said.tsx'
import { Badge, Status } from '../../ui/status.tsx'
import { BASIS_WORDS } from '../catalog/families.ts'
import { useMeasures } from '../catalog/use-measures.ts'

export type Item = Reply<'GET', '/api/frameworks/:id/status'>['items'][number]

export function ItemDrawer({ item: { item, name, state, controls }, onClose }: { item: Item; onClose: () => void }) {
  return (
    <Dialog drawer title={name === item ? item : `${item} ${name}`} onClose={onClose}>
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
        <Status is={state.status} />
        <span className="basis-full text-ink-2">
          <Said text={state.reason} />
        </span>
      </p>
      <ul className="mt-5 grid gap-4">
        {controls.map((control) => (
          <Control key={control.control} control={control} />
        ))}
      </ul>
      {controls.length === 0 && (
        <p className="mt-4 max-w-[60ch] text-sm text-ink-2">
          The catalogue knows no control for it. It may be about threats only; its page in the catalogue shows them.
        </p>
      )}
    </Dialog>
  )
}

function Control({ control: { control, basis, state, measures } }: { control: Item['controls'][number] }) {
  const known = useMeasures()
  return (
    <li className="rounded-md border border-line p-3.5 text-sm">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="min-w-0 grow">
          <TextLink to="/controls/$id" params={{ id: control }} className="font-medium">
            {toTitleOfId(control)}
          </TextLink>{' '}
          <Badge title={BASIS_WORDS[basis]?.says}>{BASIS_WORDS[basis]?.name ?? basis}</Badge>
        </span>
        <Status is={state.status} />
      </div>
      <ul className="mt-2.5 divide-y divide-line border-t border-line">
        {measures.map(({ measure, state: { status, reason } }) => (
          <li key={measure} className="flex flex-wrap items-start gap-x-3 gap-y-1 py-2">
            <span className="min-w-0 grow basis-56">
              {known?.get(measure)?.what ?? measure}
              <span className="block text-xs text-ink-3">
                <Said text={reason} />
              </span>
            </span>
            <Status is={status} />
          </li>
        ))}
      </ul>
    </li>
  )
}
