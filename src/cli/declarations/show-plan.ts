// A plan in words: what comes, what changes and what goes, asset by asset.
import type { Plan, PlanStep } from '../../register/prepare-declarations.ts'
import type { Io } from '../io.ts'
import { cell } from '../show/cell.ts'
import { oneLine, paint, type Paint } from '../show/text.ts'

const MARKS = { added: '+', changed: '~', retired: '-', returned: '+' } as const
const NOTES = { added: '', changed: '', retired: ', retired', returned: ', is back' } as const

export function showPlan({ steps, unchanged, warnings }: Plan, done: boolean, io: Pick<Io, 'colour'>): string {
  const ink = paint(io.colour)
  const bySource = Map.groupBy(steps, ({ source }) => source)
  const lines: string[] = []
  for (const [source, those] of bySource)
    lines.push(`${ink.bold(oneLine(source))}\n`, ...those.map((step) => shownStep(step, ink)))
  for (const warning of warnings) lines.push(`${ink.red('!')} ${oneLine(warning)}\n`)
  return `${lines.join('')}${summary(steps, unchanged, done)}\n`
}

function shownStep({ asset, kind, name, step, changes, facts }: PlanStep, ink: Paint): string {
  const colour = step === 'retired' ? ink.red : step === 'changed' ? ink.cyan : ink.green
  const details = step === 'retired' ? [] : [
    ...changes.map(({ field, before, after }) => difference(field, before, after)),
    ...facts.map((fact) => factDifference(fact)),
  ] // prettier-ignore
  const head = `${colour(`${MARKS[step]} ${oneLine(asset)}`)}  ${oneLine(name)} (${kind}${NOTES[step]})`
  return [`  ${head}\n`, ...details.map((line) => `      ${line}\n`)].join('')
}

function factDifference({ key, before, after, confidence }: PlanStep['facts'][number]): string {
  const doubt = confidence === undefined ? '' : ` (${Math.round(confidence * 100)} % sure)`
  return `${difference(`fact ${key}`, before, after)}${doubt}`
}

function difference(field: string, before: unknown, after: unknown): string {
  const { set, element } = /^(?<set>tags|links)\[(?<element>.*)\]$/.exec(field)?.groups ?? {}
  if (set !== undefined && element !== undefined)
    return `${after === undefined ? 'no longer ' : ''}${set.slice(0, -1)} ${oneLine(element)}`
  if (before === undefined) return `${oneLine(field)}: ${cell(after)}`
  return `${oneLine(field)}: ${cell(before)} → ${after === undefined ? 'nothing' : cell(after)}`
}

function summary(steps: readonly PlanStep[], unchanged: number, done: boolean): string {
  const count = (...kinds: PlanStep['step'][]) => steps.filter(({ step }) => kinds.includes(step)).length
  const counts = [
    [count('added', 'returned'), done ? 'added' : 'to add'],
    [count('changed'), done ? 'changed' : 'to change'],
    [count('retired'), done ? 'retired' : 'to retire'],
    [unchanged, 'unchanged'],
  ] as const
  const text = counts.filter(([number]) => number > 0).map(([number, what]) => `${number} ${what}`).join(', ') // prettier-ignore
  return steps.length === 0 ? `nothing to do, ${unchanged} unchanged` : text
}
