// Laws of frameworks/*.json: items link only to what exists, each link says who claims it and has a way back.
import { pointersOf } from '../view/framework.ts'
import { defineCheck, exactly, known, unique } from './check.ts'

const FILES = 'frameworks/*.json'
const at = (framework: string, item: string) => `frameworks/${framework}.json: items[${item}]`

/** How many items published lists have: a pack that lost some must not pass for complete. */
const SIZES: readonly { framework: string; kind?: string; size: number }[] = [
  { framework: 'nist-ai-rmf', size: 4 + 19 + 72 },
  { framework: 'iso-42001', kind: 'control', size: 38 },
  { framework: 'ncsc', kind: 'item', size: 17 },
  { framework: 'nist-ai-600-1', size: 12 },
  { framework: 'dsit', size: 13 },
]

export const frameworkChecks = [
  defineCheck('framework-files', FILES, ({ catalog, files }, report) => {
    for (const [file, value] of files) {
      if (!file.startsWith('frameworks/')) continue
      const { id } = value as { id: string }
      if (file !== `frameworks/${id}.json`) report(file, `holds "${id}": name and id differ`)
    }
    for (const { id, itemCount, items } of catalog.frameworks) {
      exactly(report, `frameworks/${id}.json: itemCount`, itemCount, items.length)
    }
  }),

  defineCheck('framework-sizes', FILES, ({ catalog }, report) => {
    for (const { framework, kind, size } of SIZES) {
      const items = catalog.frameworksById.get(framework)?.items ?? []
      const counted = items.filter((item) => kind === undefined || item.kind === kind)
      exactly(report, `frameworks/${framework}.json: items`, counted.length, size)
    }
  }),

  defineCheck('item-ids', FILES, ({ catalog }, report) => {
    for (const { id, items } of catalog.frameworks) unique(report, `frameworks/${id}.json: items`, items)
  }),

  defineCheck('item-links', FILES, ({ catalog }, report) => {
    const { threats, controls } = known(catalog, report)
    for (const { id: framework, items } of catalog.frameworks) {
      for (const item of items) {
        const path = at(framework, item.id)
        threats(`${path}.threats`, item.threats)
        controls(`${path}.controls`, item.controls)
        for (const side of ['threats', 'controls'] as const) {
          for (const id of item[side]) {
            const other = side === 'threats' ? catalog.threatsById.get(id) : catalog.controlsById.get(id)
            if (other && !other.maps[framework]?.includes(item.id)) report(`${path}.${side}`, `"${id}" has no way back`)
          }
        }
      }
    }
  }),

  defineCheck('item-basis', FILES, ({ catalog }, report) => {
    for (const { id: framework, items } of catalog.frameworks) {
      for (const { id, threats, controls, basis } of items) {
        const path = `${at(framework, id)}.basis`
        for (const link of [...threats, ...controls]) {
          const who = Object.hasOwn(basis, link) ? basis[link] : undefined
          if (who === undefined || !Object.hasOwn(catalog.index.basisValues, who)) {
            report(path, `does not say who links "${link}"`)
          }
        }
        for (const link of Object.keys(basis)) {
          if (!threats.includes(link) && !controls.includes(link)) report(path, `"${link}" is no link of this item`)
        }
      }
    }
  }),

  defineCheck('item-parents', FILES, ({ catalog }, report) => {
    const { items: exist } = known(catalog, report)
    for (const { id: framework, items } of catalog.frameworks) {
      for (const { id, parent } of items) {
        if (parent) exist(`${at(framework, id)}.parent`, framework, [parent])
      }
    }
  }),

  defineCheck('item-pointers', FILES, ({ catalog }, report) => {
    const { items: exist } = known(catalog, report)
    for (const { id: framework, items } of catalog.frameworks) {
      for (const item of items) {
        for (const { label, into, ids } of pointersOf(framework, item)) {
          exist(`${at(framework, item.id)}.${label}`, into, ids)
        }
        for (const link of item.linked ?? []) exist(`${at(framework, item.id)}.linked`, link.framework, [link.item])
      }
    }
  }),

  defineCheck('item-editions', FILES, ({ catalog }, report) => {
    for (const { id: framework, items } of catalog.frameworks) {
      for (const item of items) {
        for (const { label, into, ids } of pointersOf(framework, item)) {
          if (label !== 'predecessors' && label !== 'successors') continue
          const back = label === 'successors' ? 'predecessors' : 'successors'
          for (const id of ids) {
            const other = catalog.itemsByFramework.get(into)?.get(id)
            if (other && !other[back]?.includes(item.id)) {
              report(`${at(framework, item.id)}.${label}`, `"${id}" has no way back`)
            }
          }
        }
      }
    }
  }),

  defineCheck('case-studies', FILES, ({ catalog }, report) => {
    const { items, controls } = known(catalog, report)
    for (const { id: framework, caseStudies, exchangeRegulatoryMap, atlasDiscrepancies } of catalog.frameworks) {
      const path = `frameworks/${framework}.json`
      for (const { id, techniques } of caseStudies ?? []) {
        items(`${path}: caseStudies[${id}].techniques`, 'atlas', techniques)
      }
      for (const { topic, controls: ids } of exchangeRegulatoryMap ?? []) {
        controls(`${path}: exchangeRegulatoryMap[${topic}].controls`, ids)
      }
      for (const { item, atlas } of atlasDiscrepancies ?? []) {
        items(`${path}: atlasDiscrepancies`, framework, [item])
        items(`${path}: atlasDiscrepancies`, 'atlas', [atlas])
      }
    }
  }),
]
