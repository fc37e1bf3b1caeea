// Who answers for leaving a finding as it is, and until when: in a comment at the place, or in `.parapet-ignore.yaml`
// for many places. Without an owner, or after its day, an entry counts for nothing.
import type { SourceFinding } from '../../model/discovered.ts'
import type { Evidence } from '../find/evidence.ts'
import { field, textField } from '../syntax/expr.ts'

type Suppressed = NonNullable<SourceFinding['suppressed']>

export const SUPPRESSION_FILE = /(?:^|\/)\.parapet-ignore\.ya?ml$/
const DAY = /^\d{4}-\d\d-\d\d$/

interface Entry extends Suppressed {
  rule: string
  covers(file: string, line: number): boolean
}

export function suppressionsOf(
  { project }: Evidence,
  now: Date,
): (rule: string, file: string, line: number) => Suppressed | undefined {
  const today = now.toISOString().slice(0, 10)
  const entries: Entry[] = []
  for (const { file: at, ignored = [] } of project.files) {
    for (const { rule, owner, until, reason, line: covered } of ignored) {
      entries.push({ rule, owner, until, reason, covers: (file, line) => file === at && line === covered })
    }
  }
  for (const unit of project.units) {
    if (!SUPPRESSION_FILE.test(unit.file)) continue
    const base = unit.file.slice(0, unit.file.lastIndexOf('/') + 1)
    for (const document of unit.documents) {
      const list = field(document, 'ignore')
      for (const one of list?.kind === 'list' ? list.items : []) {
        const [rule, path, owner, until] = [
          textField(one, 'rule'),
          textField(one, 'path'),
          textField(one, 'owner'),
          textField(one, 'until'),
        ]
        if (rule === undefined || path === undefined || owner === undefined || until === undefined || !DAY.test(until))
          continue
        const pattern = globOf(base + path)
        entries.push({
          rule,
          owner,
          until,
          reason: textField(one, 'reason') ?? '',
          covers: (file) => pattern.test(file),
        })
      }
    }
  }
  return (rule, file, line) => {
    const found = entries.find(
      (entry) => (entry.rule === rule || entry.rule === '*') && entry.until >= today && entry.covers(file, line),
    )
    return found && { owner: found.owner, until: found.until, reason: found.reason }
  }
}

/** `*` within a folder, `**` over folders. */
function globOf(path: string): RegExp {
  const parts = path.slice(0, 300).split(/(\*\*\/?|\*)/)
  const source = parts
    .map((part) =>
      part.startsWith('**') ? '.*' : part === '*' ? '[^/]*' : part.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`),
    )
    .join('')
  return new RegExp(`^${source}$`)
}
