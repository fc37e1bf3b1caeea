// Everything that can be searched for, as flat text: what it is called, by which other names, and what it says.
import type { Catalog } from './catalog.ts'
import type { Kind } from './noun.ts'

export interface Document {
  readonly kind: Kind
  readonly id: string
  readonly name: string
  readonly of?: string
  readonly ofName?: string
  readonly aliases: readonly string[]
  readonly text: string
  /** Place in the catalogue: equal scores keep its order. */
  readonly order: number
}

export function documentsOf(catalog: Catalog): Document[] {
  return [
    ...threats(catalog),
    ...controls(catalog),
    ...measures(catalog),
    ...facts(catalog),
    ...frameworks(catalog),
    ...duties(catalog),
    ...tests(catalog),
  ].map((document, order) => Object.assign(document, { order }))
}

type Draft = Omit<Document, 'order'>

function threats(catalog: Catalog): Draft[] {
  return catalog.threats.map(({ id, name, slug, seed001Name, aliases, summary }) => ({
    kind: 'threat',
    id,
    name,
    aliases: [slug ?? '', seed001Name ?? '', ...aliases],
    text: summary,
  }))
}

function controls(catalog: Catalog): Draft[] {
  return catalog.controls.map(({ id, name, code, slug, aliases, purpose }) => ({
    kind: 'control',
    id,
    name,
    aliases: [code, slug, ...aliases.map((alias) => alias.code)],
    text: purpose,
  }))
}

function measures(catalog: Catalog): Draft[] {
  return catalog.measures.map(({ id, what, evidence, control }) => ({
    kind: 'measure',
    id,
    name: what,
    of: control,
    ofName: catalog.controlsById.get(control)?.name ?? control,
    aliases: [],
    text: evidence,
  }))
}

function facts(catalog: Catalog): Draft[] {
  return catalog.facts.map(({ id, question, values, topic }) => ({
    kind: 'fact',
    id,
    name: question,
    aliases: [],
    text: [topic, ...(values ?? [])].join(', '),
  }))
}

function frameworks(catalog: Catalog): Draft[] {
  return catalog.frameworks.flatMap(({ id, name, version, publisher, items }) => [
    { kind: 'framework' as const, id, name, aliases: [], text: `${publisher}, ${version}` },
    ...items.map((item) => ({
      kind: 'item' as const,
      id: item.id,
      name: item.name,
      of: id,
      ofName: name,
      aliases: [item.altName ?? '', ...(item.requirements ?? []).map((part) => part.id)],
      text: item.own ?? name,
    })),
  ])
}

function duties(catalog: Catalog): Draft[] {
  const obligations = catalog.privacy.principles.flatMap((principle) =>
    principle.obligations.map((one) => ({
      kind: 'obligation' as const,
      id: one.id,
      name: one.requirement,
      of: principle.id,
      ofName: principle.name,
      aliases: [],
      text: `${principle.name}. ${one.check}`,
    })),
  )
  const practices = catalog.practices.bestPractices.flatMap((practice) =>
    practice.requirements.map((one) => ({
      kind: 'practice' as const,
      id: one.id,
      name: one.requirement,
      of: practice.id,
      ofName: practice.name,
      aliases: [],
      text: `${practice.name}. ${one.check}`,
    })),
  )
  return [...obligations, ...practices]
}

function tests(catalog: Catalog): Draft[] {
  const areas = [
    { of: 'agentic', ofName: 'Agentic systems', tests: catalog.testing.agentic.tests },
    { of: 'rag', ofName: 'Retrieval', tests: catalog.testing.rag.tests },
  ]
  return areas.flatMap(({ of, ofName, tests: list }) =>
    list.map(({ id, does }) => ({ kind: 'test' as const, id, name: does, of, ofName, aliases: [], text: ofName })),
  )
}
