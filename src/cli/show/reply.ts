// What an operation answered, as a person reads it: a list as a table, a thing as its details.
import type { Io } from '../io.ts'
import { cell, label } from './cell.ts'
import { body, header, layout } from './table.ts'
import { columns, neutral, pad, paint, type Paint } from './text.ts'

type Thing = Readonly<Record<string, unknown>>

const isThing = (value: unknown): value is Thing => typeof value === 'object' && value !== null && !Array.isArray(value)
const isRows = (value: unknown): value is Thing[] =>
  Array.isArray(value) && value.length > 0 && value.every((row) => isThing(row))

export function showReply(reply: unknown, io: Pick<Io, 'width' | 'colour'>): string {
  const ink = paint(io.colour)
  if (isThing(reply) && Array.isArray(reply['items'])) {
    const { items, next, ...rest } = reply
    const more = typeof next === 'string' ? `${ink.dim(`more follows: --all, or --cursor ${neutral(next)}`)}\n` : ''
    return `${details(rest, io.width, ink)}${rows(items, io.width, ink)}${more}`
  }
  if (isThing(reply)) return details(reply, io.width, ink) || 'done\n'
  return Array.isArray(reply) ? rows(reply, io.width, ink) : `${cell(reply)}\n`
}

function rows(items: unknown, width: number, ink: Paint): string {
  if (!isRows(items)) return `${Array.isArray(items) && items.length > 0 ? items.map(cell).join('\n') : 'nothing'}\n`
  const plan = layout(items, width)
  const note = plan.leftOut > 0 ? `${ink.dim(`${plan.leftOut} more columns with --json`)}\n` : ''
  return header(plan, ink) + body(items, plan) + note
}

/** Short values beside their names; long ones and tables below a heading. */
function details(thing: Thing, width: number, ink: Paint, depth = 0): string {
  const entries = Object.entries(thing).filter(([, value]) => value !== undefined && value !== null)
  const margin = '  '.repeat(depth)
  const isBlock = (value: unknown) =>
    isRows(value) ||
    (isThing(value) && depth < 3 && Object.keys(value).length > 3) ||
    (typeof value === 'string' && value.includes('\n'))
  const short = entries.filter(([, value]) => !isBlock(value))
  const names = Math.max(0, ...short.map(([key]) => columns(label(key))))
  const lines = short.map(([key, value]) => `${margin}${ink.dim(pad(label(key), names))}  ${cell(value)}\n`)
  const blocks = entries
    .filter(([, value]) => isBlock(value))
    .map(([key, value]) => `\n${margin}${ink.bold(label(key))}\n${block(value, width, ink, depth)}`)
  return [...lines, ...blocks].join('')
}

function block(value: unknown, width: number, ink: Paint, depth: number): string {
  const margin = '  '.repeat(depth + 1)
  const text = isRows(value)
    ? rows(value, width - margin.length, ink)
    : isThing(value)
      ? details(value, width - margin.length, ink, 0)
      : `${neutral(String(value)).trimEnd()}\n`
  return text.replaceAll(/^(?=.)/gm, margin)
}
