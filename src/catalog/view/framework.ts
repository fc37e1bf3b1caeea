// A framework, its items, and what each item points at, with names.
import type { Catalog, Framework, FrameworkItem } from '../catalog.ts'
import { lifeOf } from '../history.ts'
import { controlRef, itemRef, type Reference, threatRef } from '../noun.ts'

export function frameworkRow(catalog: Catalog, framework: Framework) {
  const { id, name, version, publisher, url, licence, confidence, itemCount } = framework
  return {
    id,
    name,
    version,
    publisher,
    url,
    licence,
    confidence,
    itemCount,
    since: lifeOf(catalog, 'framework', id)?.since ?? catalog.version,
    confidenceMeans: catalog.index.confidenceValues[confidence] ?? confidence,
    threatLinks: framework.items.reduce((sum, item) => sum + item.threats.length, 0),
    controlLinks: framework.items.reduce((sum, item) => sum + item.controls.length, 0),
  }
}

export function frameworkDetail(catalog: Catalog, framework: Framework) {
  const { notes, source, caseStudies, atlasDiscrepancies, riskTiers, prohibited } = framework
  const { annexIII, dates, penalties, reportingClocks, exchangeRegulatoryMap } = framework
  return {
    ...frameworkRow(catalog, framework),
    notes,
    source,
    kinds: [...new Set(framework.items.flatMap((item) => item.kind ?? []))],
    caseStudyCount: caseStudies?.length ?? 0,
    atlasDiscrepancies: atlasDiscrepancies ?? [],
    riskTiers: riskTiers ?? [],
    prohibited: prohibited ?? [],
    annexIII: annexIII ?? [],
    dates: dates ?? [],
    penalties: penalties ?? [],
    reportingClocks: reportingClocks ?? [],
    regulatoryMap: (exchangeRegulatoryMap ?? []).map(({ topic, legal, controls }) => ({
      topic,
      legal,
      controls: controls.map((id) => controlRef(catalog, id)),
    })),
  }
}

export function itemRow(catalog: Catalog, item: FrameworkItem) {
  return {
    id: item.id,
    name: item.name,
    kind: item.kind ?? null,
    parent: item.parent ?? null,
    threats: linksOf(item, item.threats, (id) => threatRef(catalog, id)),
    controls: linksOf(item, item.controls, (id) => controlRef(catalog, id)),
  }
}

export function itemDetail(catalog: Catalog, framework: Framework, item: FrameworkItem) {
  const parent = item.parent ? catalog.itemsByFramework.get(framework.id)?.get(item.parent) : undefined
  return {
    ...itemRow(catalog, item),
    framework: { id: framework.id, name: framework.name, version: framework.version, url: framework.url },
    since: lifeOf(catalog, 'item', `${framework.id}/${item.id}`)?.since ?? catalog.version,
    altName: item.altName ?? null,
    url: item.url ?? null,
    ancestor: parent ? itemRef(framework.id, parent) : null,
    children: framework.items.filter((other) => other.parent === item.id).map((child) => itemRef(framework.id, child)),
    related: relatedOf(catalog, framework, item),
    attributes: attributesOf(item),
    requirements: item.requirements ?? [],
    clocks: item.clocks ?? [],
    caseStudies: (framework.caseStudies ?? []).filter(({ techniques }) => techniques.includes(item.id)),
  }
}

/** What a threat or control is in other people's lists. */
export function mapsOf(catalog: Catalog, id: string, maps: Readonly<Record<string, readonly string[]>>) {
  return Object.entries(maps).map(([framework, items]) => ({
    id: framework,
    name: catalog.frameworksById.get(framework)?.name ?? framework,
    items: items.map((itemId) => {
      const item = catalog.itemsByFramework.get(framework)?.get(itemId)
      return { id: itemId, name: item?.name ?? itemId, basis: item?.basis[id] ?? 'judgement' }
    }),
  }))
}

function linksOf(item: FrameworkItem, ids: readonly string[], toRef: (id: string) => Reference) {
  return ids.map((id) => Object.assign({ basis: item.basis[id] ?? 'judgement' }, toRef(id)))
}

/** Each field that points at items, and the framework it points into. */
export function pointersOf(
  framework: string,
  item: FrameworkItem,
): { label: string; into: string; ids: readonly string[] }[] {
  const before: Record<string, string> = { 'owasp-llm-2026': 'owasp-llm-2025', 'owasp-llm-2025': 'owasp-llm-2023' }
  const after: Record<string, string> = { 'owasp-llm-2023': 'owasp-llm-2025', 'owasp-llm-2025': 'owasp-llm-2026' }
  return [
    { label: 'predecessors', into: before[framework] ?? '', ids: item.predecessors ?? [] },
    { label: 'successors', into: after[framework] ?? '', ids: item.successors ?? [] },
    { label: 'tactics', into: 'atlas', ids: item.tactics ?? [] },
    { label: 'techniques', into: 'atlas', ids: item.techniques ?? [] },
    { label: 'mitigations', into: 'atlas', ids: item.mitigations ?? [] },
    { label: 'atlas', into: 'atlas', ids: item.atlas ?? [] },
    { label: 'agentic', into: 'owasp-agentic-2026', ids: item.agentic ?? [] },
    { label: 'agenticThreats', into: 'owasp-agentic-threats', ids: item.agenticThreats ?? [] },
    { label: 'llm2026', into: 'owasp-llm-2026', ids: item.llm2026 ?? [] },
    { label: 'dsgai', into: 'owasp-dsgai-2026', ids: item.dsgai ?? [] },
    { label: 'dsit', into: 'dsit', ids: item.dsit ?? [] },
    { label: 'aisvs.primary', into: 'owasp-aisvs', ids: item.aisvs?.primary ?? [] },
    { label: 'aisvs.supporting', into: 'owasp-aisvs', ids: item.aisvs?.supporting ?? [] },
  ].filter(({ ids }) => ids.length > 0)
}

function relatedOf(catalog: Catalog, framework: Framework, item: FrameworkItem) {
  const named = (into: string, id: string) => {
    const known = catalog.itemsByFramework.get(into)?.get(id)
    return itemRef(into, known ?? { id, name: id })
  }
  const linked = (item.linked ?? []).map((one) => named(one.framework, one.item))
  return [
    ...pointersOf(framework.id, item).map(({ label, into, ids }) => ({
      label,
      items: ids.map((id) => named(into, id)),
    })),
    ...(linked.length > 0 ? [{ label: 'linked', items: linked }] : []),
  ]
}

function attributesOf(item: FrameworkItem): { name: string; value: string }[] {
  const known = {
    maturity: item.maturity,
    category: item.category?.join(', '),
    lifecycle: item.lifecycle?.join(', '),
    role: item.role,
    tier: item.tier,
    own: item.own,
    phase: item.phase,
    aivss: item.aivss,
  }
  return Object.entries(known).flatMap(([name, value]) => (value ? [{ name, value }] : []))
}
