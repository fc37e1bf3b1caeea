// One model file: each thing that loading it would do, by which technique, at which place; and what is inside.
import { CircleCheck } from 'lucide-react'
import type { Reply } from '../../api.ts'
import { formatBytes, formatNumber, sentence, toWords } from '../../lib/format.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { LevelTag } from '../../ui/level.tsx'
import { Facts, Section } from '../../ui/page.tsx'
import { Badge } from '../../ui/status.tsx'
import { LEVEL_OF } from '../attack-paths/level-of.ts'
import { GATE_SAYS, GATE_TONE, VERDICT_TONE, VERDICT_WORDS } from './words.ts'

type ModelFile = Reply<'GET', '/api/scans/:id/model-files'>['items'][number]
type Finding = ModelFile['findings'][number]

const MOST_MEMBERS = 200

export function ModelFileDrawer({ file, onClose }: { file: ModelFile; onClose: () => void }) {
  const { verdict, format, findings, members, leftOut, gate } = file
  return (
    <Dialog drawer title={file.file} description={format} onClose={onClose}>
      <p className="mb-4 text-sm">
        <Badge tone={VERDICT_TONE[verdict]}>{VERDICT_WORDS[verdict]}</Badge>
      </p>
      {gate && (
        <p className="mb-4 text-sm wrap-anywhere">
          <Badge tone={GATE_TONE[gate.says]}>{GATE_SAYS[gate.says]}</Badge> {gate.by && <>by {gate.by}</>}
        </p>
      )}
      {findings.length === 0 && (
        <p className="flex items-center gap-2 text-sm text-ink-2">
          <CircleCheck size={16} aria-hidden className="text-good-mark" /> Loading it reads data and does nothing else.
        </p>
      )}
      <ol className="grid gap-4">
        {findings.map((finding, i) => (
          // oxlint-disable-next-line react/no-array-index-key -- a file may do the same thing at the same place twice
          <OneFinding key={i} finding={finding} />
        ))}
      </ol>
      {leftOut.findings > 0 && (
        <p className="mt-2 text-sm text-warn">{formatNumber(leftOut.findings)} more were found and not kept.</p>
      )}
      {members.length > 0 && (
        <Section title="What is inside" count={members.length + leftOut.members} above="less">
          <ul className="grid gap-1 font-mono text-xs">
            {members.slice(0, MOST_MEMBERS).map(({ name, bytes, format: is }, i) => (
              // oxlint-disable-next-line react/no-array-index-key -- an archive may hold one name twice, which is a trick
              <li key={i} className="flex gap-3">
                <span className="min-w-0 grow wrap-anywhere">{name}</span>
                <span className="shrink-0 text-ink-3">
                  {is} {formatBytes(bytes)}
                </span>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </Dialog>
  )
}

function OneFinding({ finding }: { finding: Finding }) {
  const { effect, why, remedy, technique, severity, place, offset, opcode } = finding
  return (
    <li className="rounded-md border border-line p-4">
      <p className="flex flex-wrap items-start gap-2 text-sm font-medium">
        <LevelTag is={LEVEL_OF[severity]}>{severity}</LevelTag>
        <span className="min-w-0 grow">{sentence(effect)}</span>
      </p>
      <p className="mt-1 mb-3 text-sm text-ink-2 wrap-anywhere">{sentence(why)}</p>
      <Facts
        rows={[
          ['Technique', toWords(technique)],
          place !== '' && ['In', <code key="place" className="font-mono text-xs wrap-anywhere">{place}</code>], // prettier-ignore
          offset !== undefined && [
            'At byte',
            <span key="offset" className="font-mono text-xs">
              {formatNumber(offset)} (0x{offset.toString(16)})
            </span>,
          ],
          opcode !== undefined && ['Opcode', <code key="opcode" className="font-mono text-xs">{opcode}</code>], // prettier-ignore
          ['What to do', sentence(remedy)],
        ]}
      />
    </li>
  )
}
