// All there is to one entry: what it says, what of it can be erased, the bytes that were hashed, and the proof.
import { useQuery } from '@tanstack/react-query'
import { Download, LockKeyhole, LockKeyholeOpen } from 'lucide-react'
import { api, read, type Reply } from '../../api.ts'
import { download } from '../../lib/export.ts'
import { formatAbsolute, formatBytes, formatNumber, toWords } from '../../lib/format.ts'
import { Button } from '../../ui/button.tsx'
import { Code, CodeBlock, Hash } from '../../ui/code.tsx'
import { TextLink } from '../../ui/link.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Facts, Section } from '../../ui/page.tsx'
import { Status } from '../../ui/status.tsx'
import { Time } from '../../ui/time.tsx'
import { toastError } from '../../ui/toast.tsx'
import { CheckEntry } from './check-entry.tsx'
import { ErasePersonal } from './erase-personal.tsx'
import { useNames } from './names.tsx'

type Data = Reply<'GET', '/api/log/entries/:index'>

export function EntryBody({ index }: { index: number }) {
  const query = useQuery(read('/api/log/entries/:index', { params: { index } }))
  return <Loaded query={query}>{(data) => <Body data={data} />}</Loaded>
}

function Body({ data }: { data: Data }) {
  const { entry, leaf, leafHash, opened, sealedBy } = data
  const nameOf = useNames()
  const commitments = Object.keys(entry.personal ?? {})
  const who = (kind: string, id: string, filter: 'actorId' | 'subjectId') => (
    <span>
      {nameOf(kind, id) && <span className="mr-1.5">{nameOf(kind, id)}</span>}
      <span className="text-ink-3">{toWords(kind)} </span>
      <TextLink to="/log" search={{ [filter]: id }} className="font-mono text-xs break-all">
        {id}
      </TextLink>
    </span>
  )
  return (
    <div>
      <Facts
        rows={[
          [
            'What',
            <span key="kind">
              {toWords(entry.kind)} <Code className="text-ink-3">{entry.kind}</Code>
            </span>,
          ],
          [
            'When',
            <span key="at">
              {formatAbsolute(entry.at)}{' '}
              <span className="text-ink-3">
                (<Time at={entry.at} />)
              </span>
            </span>,
          ],
          ['Who', who(entry.actor.kind, entry.actor.id, 'actorId')],
          ['About', who(entry.subject.kind, entry.subject.id, 'subjectId')],
          [
            'Sealed',
            sealedBy === undefined ? (
              <span key="no">
                <Status is="missing">Not yet</Status> the next checkpoint covers it
              </span>
            ) : (
              <span key="yes">
                <Status is="proven">Sealed</Status> by the checkpoint of {formatNumber(sealedBy)} entries
              </span>
            ),
          ],
        ]}
      />
      <Section title="Proof" above="less">
        <CheckEntry index={entry.index} />
      </Section>
      {Object.keys(entry.data).length > 0 && (
        <Section title="Details" above="less">
          <CodeBlock label="details" text={JSON.stringify(entry.data, null, 2)} />
        </Section>
      )}
      {commitments.length > 0 && (
        <Section
          title="Personal fields"
          note="The log holds only commitments; erasing the text leaves every proof valid."
          above="less"
          actions={Object.keys(opened).length > 0 && <ErasePersonal index={entry.index} />}
        >
          <ul className="divide-y divide-line rounded-md border border-line text-sm">
            {commitments.map((field) => {
              const value = opened[field]?.value
              const Icon = value === undefined ? LockKeyhole : LockKeyholeOpen
              return (
                <li key={field} className="flex items-center gap-3 px-3 py-2">
                  <Icon size={15} aria-hidden className="shrink-0 text-ink-3" />
                  <span className="w-28 shrink-0 text-ink-3">{toWords(field)}</span>
                  <span className="min-w-0 break-words">{value ?? <span className="text-ink-3">Erased</span>}</span>
                </li>
              )
            })}
          </ul>
        </Section>
      )}
      {entry.attachments && entry.attachments.length > 0 && (
        <Section title="Attached files" above="less">
          <ul className="grid gap-2 text-sm">
            {entry.attachments.map(({ name, mediaType, bytes, sha256 }) => (
              <li key={sha256 + name} className="rounded-md border border-line px-3 py-2">
                <span className="font-medium">{name}</span>{' '}
                <span className="text-ink-3">
                  {mediaType}, {formatBytes(bytes)}
                </span>
                <Hash value={sha256} />
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Section
        title="What was hashed"
        above="less"
        actions={
          <Button small icon={Download} onClick={() => void saveProof(entry.index)}>
            Proof file
          </Button>
        }
      >
        <CodeBlock label="leaf" text={leaf} wrap />
        <div className="mt-2 flex items-center gap-2 text-sm">
          <span className="shrink-0 text-ink-3">Leaf hash</span>
          <Hash value={leafHash} />
        </div>
      </Section>
    </div>
  )
}

async function saveProof(index: number) {
  try {
    const { proof } = await api.get('/api/log/entries/:index/proof', { params: { index } })
    download(`entry-${index}.tlog-proof`, 'text/plain', proof)
  } catch (error) {
    toastError(error)
  }
}
