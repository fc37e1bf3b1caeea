// Where the privacy obligations, the practices, the incident scenarios and the tests speak of a threat or a control.
import type { Catalog } from '../catalog.ts'

interface Linked {
  readonly threats: readonly string[]
  readonly controls: readonly string[]
}
type Side = keyof Linked

export interface Mention {
  readonly kind: 'obligation' | 'practice' | 'test'
  readonly id: string
  readonly text: string
  /** The principle, practice or area that it is part of. */
  readonly of: string
  readonly ofName: string
}

const about = (side: Side, id: string) => (one: Linked) => one[side].includes(id)

export function obligationsOf(catalog: Catalog, side: Side, id: string): Mention[] {
  return catalog.privacy.principles.flatMap((principle) =>
    principle.obligations.filter(about(side, id)).map((one) => ({
      kind: 'obligation' as const,
      id: one.id,
      text: one.requirement,
      of: principle.id,
      ofName: principle.name,
    })),
  )
}

export function practicesOf(catalog: Catalog, side: Side, id: string): Mention[] {
  return catalog.practices.bestPractices.flatMap((practice) =>
    practice.requirements.filter(about(side, id)).map((one) => ({
      kind: 'practice' as const,
      id: one.id,
      text: one.requirement,
      of: practice.id,
      ofName: practice.name,
    })),
  )
}

export function testsOf(catalog: Catalog, side: Side, id: string): Mention[] {
  const areas = [
    { of: 'agentic', ofName: 'Agentic systems', tests: catalog.testing.agentic.tests },
    { of: 'rag', ofName: 'Retrieval', tests: catalog.testing.rag.tests },
  ]
  return areas.flatMap(({ of, ofName, tests }) =>
    tests.filter(about(side, id)).map((one) => ({ kind: 'test' as const, id: one.id, text: one.does, of, ofName })),
  )
}

export function incidentsOf(catalog: Catalog, threat: string) {
  return catalog.practices.incidentScenarios
    .filter((scenario) => scenario.threats.includes(threat))
    .map(({ id, name }) => ({ id, name }))
}
