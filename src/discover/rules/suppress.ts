// Who answers for leaving a finding as it is, and until when: in a comment at the place, or in `.parapet-ignore.yaml`
// for many places. Without an owner, or after its day, an entry counts for nothing.
import type { SourceFinding } from '../../model/discovered.ts'
import type { Evidence } from '../find/evidence.ts'
import { fitsPath } from '../path-pattern.ts'
import { field, textField } from '../syntax/expr.ts'

type Suppressed = NonNullable<SourceFinding['suppressed']>

export const SUPPRESSION_FILE = /(?:^|\/)\.parapet-ignore\.ya?ml$/
/** A file of a stranger may hold a million of them, each to be tried for each finding. */
const MOST_ENTRIES = 2_000
const MOST_PATTERN = 300
const MOST_OWNER = 80

/** A day of the calendar: nobody answers until the 99th of a month. */
const isDay = (text: string): boolean =>
  /^\d{4}-\d\d-\d\d$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.slice(0, 10) === text

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
      if (isDay(until))
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
        if (!rule || !path || path.length > MOST_PATTERN || !owner?.trim() || until === undefined || !isDay(until))
          continue
        const parts = (base + path).split('/')
        entries.push({
          rule,
          owner: owner.trim().slice(0, MOST_OWNER),
          until,
          reason: textField(one, 'reason') ?? '',
          covers: (file) => fitsPath(parts, file.split('/'), 'whole'),
        })
      }
    }
  }
  const known = entries.slice(0, MOST_ENTRIES)
  return (rule, file, line) => {
    const found = known.find(
      (entry) => (entry.rule === rule || entry.rule === '*') && entry.until >= today && entry.covers(file, line),
    )
    return found && { owner: found.owner, until: found.until, reason: found.reason }
  }
}
