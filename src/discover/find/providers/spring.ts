// Settings of Spring AI, Quarkus and LangChain4j: a section for each provider. Many speak as OpenAI does, and then its
// section says elsewhere where they answer.
import { providerNamed } from '../../knowledge/providers.ts'
import type { Expr, Unit } from '../../syntax/expr.ts'
import { visitUnit } from '../visit.ts'
import { answeringAt } from './addresses.ts'

const SECTION = /^(?:spring\.ai|(?:quarkus\.)?langchain4j)\.([\w-]+)\.(?!enabled)/
const MAPS: ReadonlySet<Expr['kind']> = new Set(['map'])

export function providerOfSection(path: string): string | undefined {
  const [, section] = SECTION.exec(path) ?? []
  return section === undefined ? undefined : providerNamed(section)
}

const known = new WeakMap<Unit, boolean>()

/** Whether the section of OpenAI is told an address at which another answers. */
export function pointsElsewhere(unit: Unit): boolean {
  const said = known.get(unit)
  if (said !== undefined) return said
  let found = false
  visitUnit(
    unit,
    (expr, { keys }) => {
      for (const [key, value] of expr.kind === 'map' ? expr.entries : []) {
        const path = key.kind === 'text' ? [...keys, key.value].join('.') : ''
        if (value.kind !== 'text' || !/\.base-?url$/i.test(path) || providerOfSection(path) !== 'openai') continue
        const address = /https?:\/\/[^\s}]+/.exec(value.value)?.[0]
        const answers = address === undefined ? undefined : answeringAt(address)
        if (answers !== undefined && answers !== 'openai') found = true
      }
    },
    MAPS,
  )
  known.set(unit, found)
  return found
}
