// One part of a bill of materials: what is known of it, its card, where it occurs and what it leads to.
import type { Reply } from '../../api.ts'
import { toWords } from '../../lib/format.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { TextLink } from '../../ui/link.tsx'
import { Facts, Section } from '../../ui/page.tsx'
import { PlaceList } from './place-list.tsx'
import { BOM_WORDS, partName } from './words.ts'

type Part = Reply<'GET', '/api/scans/:id/parts'>['items'][number]

export function PartDrawer({ part, onClose }: { part: Part; onClose: () => void }) {
  const { name, kind, version, supplier, purl, endpoints, details, occurrences, links } = part
  return (
    <Dialog drawer title={name} description={BOM_WORDS[kind]} onClose={onClose}>
      <Facts
        rows={[
          ['Version', version ?? 'not said'],
          supplier !== undefined && ['From', supplier],
          purl !== undefined && ['Package', <code key="purl" className="font-mono text-xs wrap-anywhere">{purl}</code>], // prettier-ignore
          endpoints.length > 0 && ['Reached at', endpoints.join(', ')],
        ]}
      />
      {details.length > 0 && (
        <Section title={kind === 'model' ? 'Model card' : 'What else is known'} above="less">
          <Facts rows={details.map(({ name: key, value }) => [toWords(key), value] as const)} />
        </Section>
      )}
      <Section title="Where" count={occurrences.length} above="less">
        <PlaceList places={occurrences.map(({ file, line = 0 }) => ({ file, line }))} />
      </Section>
      {links.length > 0 && (
        <Section title="What it leads to" count={links.length} above="less">
          <ul className="grid gap-1 text-sm">
            {links.map(({ kind: how, to }) => (
              <li key={how + to} className="wrap-anywhere">
                <span className="text-ink-3">{how.replaceAll('-', ' ')}</span>{' '}
                <TextLink to="." search={(before) => ({ ...before, part: to, kind: undefined, q: undefined })} replace>
                  {partName(to)}
                </TextLink>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </Dialog>
  )
}
