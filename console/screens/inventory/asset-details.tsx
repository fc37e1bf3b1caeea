// The column beside an asset: who answers for it and what was stated of it.
import { formatDay } from '../../lib/format.ts'
import { cx } from '../../ui/class.ts'
import { Facts, Section } from '../../ui/page.tsx'
import { OwnersList } from '../../ui/owners.tsx'
import { Badge } from '../../ui/status.tsx'
import { Time } from '../../ui/time.tsx'
import { type Asset, ownersFrom } from './draft.ts'
import { DATA_CLASS_WORDS, ENVIRONMENT_WORDS, EXPOSURE_WORDS, SOURCE_WORDS } from './words.ts'

/** `across`: below something wide, not beside it. */
export function AssetDetails({ asset, across = false }: { asset: Asset; across?: boolean }) {
  return (
    <aside
      aria-label="At a glance"
      className={cx('grid content-start gap-8', across ? 'md:grid-cols-2' : 'max-xl:md:grid-cols-2')}
    >
      <Section title="Owners">
        <OwnersList owners={ownersFrom(asset.owners)} />
      </Section>
      <Section title="At a glance" above="none">
        <Facts
          rows={[
            ['Reached by', asset.exposure ? EXPOSURE_WORDS[asset.exposure] : <NotSaid key="exposure" />],
            ['Data', asset.dataClass ? DATA_CLASS_WORDS[asset.dataClass] : <NotSaid key="data" />],
            asset.environment && ['Environment', ENVIRONMENT_WORDS[asset.environment]],
            asset.version !== undefined && ['Version', asset.version],
            ['Known from', SOURCE_WORDS[asset.source]],
            asset.declaredBy !== undefined && [
              'Declared by',
              <code key="by" className="font-mono text-xs break-all">
                {asset.declaredBy}
              </code>,
            ],
            ['Since', formatDay(asset.firstSeen)],
            ['Last seen', <Time key="seen" at={asset.lastSeen} />],
            asset.tags.length > 0 && [
              'Tags',
              <span key="tags" className="flex flex-wrap gap-1">
                {asset.tags.map((tag) => (
                  <Badge key={tag}>{tag}</Badge>
                ))}
              </span>,
            ],
          ]}
        />
      </Section>
    </aside>
  )
}

const NotSaid = () => <Badge tone="warn">not said</Badge>
