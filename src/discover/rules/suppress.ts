// Who answers for leaving a finding as it is, and until when: in a comment at the place, or in `.parapet-ignore.yaml`
// for many places. Without an owner, after its day, or for longer than a year, an entry counts for nothing, and is told.
import type { SourceFinding } from '../../model/discovered.ts'
import type { Evidence } from '../find/evidence.ts'
import { fitsPath } from '../path-pattern.ts'
import { type Expr, field, textField } from '../syntax/expr.ts'

type Suppressed = NonNullable<SourceFinding['suppressed']>

export const SUPPRESSION_FILE = /(?:^|\/)\.parapet-ignore\.ya?ml$/
/** A file of a stranger may hold a million of them, each to be tried for each finding. */
const MOST_ENTRIES = 2_000
const MOST_PATTERN = 300
const MOST_OWNER = 80
/** Whoever answers looks at it again within a year. */
const MOST_DAYS = 366
const DAY = 86_400_000

const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10)

/** A day of the calendar: nobody answers until the 99th of a month. */
const isDay = (text: string): boolean =>
  /^\d{4}-\d\d-\d\d$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.slice(0, 10) === text

/** As it was written, wherever that was. */
interface Written {
  rule: string | undefined
  owner: string | undefined
  until: string | undefined
  reason: string
  at: { file: string; line: number }
  covers: ((file: string, line: number) => boolean) | undefined
}

interface Entry extends Suppressed {
  rule: string
  covers(file: string, line: number): boolean
}

export interface Suppressions {
  of(rule: string, file: string, line: number): Suppressed | undefined
  /** Entries that count for nothing, and why. */
  void: readonly { file: string; line: number; why: string }[]
}

/** `rules`: the ids of those that there are. */
export function suppressionsOf({ project }: Evidence, now: Date, rules: ReadonlySet<string>): Suppressions {
  const [today, last] = [dayOf(now.getTime()), dayOf(now.getTime() + MOST_DAYS * DAY)]
  const known: Entry[] = []
  const left: { file: string; line: number; why: string }[] = []
  for (const one of written(project)) {
    const { rule, owner, until, reason, at, covers } = one
    const why = wrongWith(one, today, last, rules)
    if (why !== undefined) left.push({ ...at, why })
    else if (known.length >= MOST_ENTRIES) left.push({ ...at, why: `only the first ${MOST_ENTRIES} entries count` })
    else if (rule && owner && until && covers)
      known.push({ rule, owner: owner.trim().slice(0, MOST_OWNER), until, reason, covers })
  }
  return {
    void: left,
    of(rule, file, line) {
      const found = known.find((entry) => (entry.rule === rule || entry.rule === '*') && entry.covers(file, line))
      return found && { owner: found.owner, until: found.until, reason: found.reason }
    },
  }
}

function wrongWith(
  { rule, owner, until, covers }: Written,
  today: string,
  last: string,
  rules: ReadonlySet<string>,
): string | undefined {
  if (!rule) return 'it names no rule'
  if (rule !== '*' && !rules.has(rule)) return `there is no rule ${rule.slice(0, 60)}`
  if (!covers) return 'it names no path'
  if (!owner?.trim()) return 'it names no owner'
  if (until === undefined) return 'it names no day'
  if (!isDay(until)) return `${until.slice(0, 20)} is no day of the calendar`
  if (until < today) return `its day was ${until}`
  return until > last ? `${until} is more than a year away` : undefined
}

function* written(project: Evidence['project']): Generator<Written> {
  for (const { file: own, ignored = [] } of project.files)
    for (const { rule, owner, until, reason, at, line: covered } of ignored)
      yield {
        rule,
        owner,
        until,
        reason,
        at: { file: own, line: at },
        covers: (file, line) => file === own && line === covered,
      }
  for (const unit of project.units) {
    if (!SUPPRESSION_FILE.test(unit.file)) continue
    const base = unit.file.slice(0, unit.file.lastIndexOf('/') + 1)
    for (const document of unit.documents) {
      const list = field(document, 'ignore')
      for (const one of list?.kind === 'list' ? list.items : [list ?? document]) yield entryOf(one, unit.file, base)
    }
  }
}

function entryOf(one: Expr, file: string, base: string): Written {
  const path = textField(one, 'path')
  const parts = path && path.length <= MOST_PATTERN ? (base + path).split('/') : undefined
  return {
    rule: textField(one, 'rule'),
    owner: textField(one, 'owner'),
    until: textField(one, 'until'),
    reason: textField(one, 'reason') ?? '',
    at: { file, line: one.line },
    covers: parts && ((other) => fitsPath(parts, other.split('/'), 'whole')),
  }
}
