// Where a name is given a value: `name = "value"`, `"name": "value"`, `name: string = 'value'`, `--name value`,
// `<add key="name" value="value"/>`, `name is value`. Sticky and bounded: it reads at most some eighty characters.

import type { Arrived } from '../../arrived.ts'

const NAME_REST = '[\\w.\\t -]{0,24}'
const CLOSE = '[\\s\'"`\\])}]{0,4}'
const TYPE = '(?::[ \\t]{0,2}[\\w<>[\\]|?]{1,24}[ \\t]{0,2}(?==))?'
const OPERATOR = '(?:=>|:{1,3}=|[?]=|\\|\\||[=:>,]|<-|\\bis\\b|\\bvalue=|[(](?=[\'"`]))'
const OPEN = '[\'"`\\s=>(@]{0,6}'

const ASSIGNED = new RegExp(`${NAME_REST}${CLOSE}${TYPE}${OPERATOR}${OPEN}`, 'y')

/** Where the value assigned to the name that ends at `at` begins; -1 where nothing is assigned. */
export function assignedAt(text: Arrived, at: number): number {
  const assignment = text.run(ASSIGNED, at)
  return assignment === undefined ? -1 : at + assignment.length
}
