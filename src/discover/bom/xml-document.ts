// CycloneDX as XML, turned into what the same BOM is as JSON. Only what such documents are made of is understood: elements,
// attributes, text. A document type is refused, since nothing good ever stood in one.
import { Failure } from '../../lib/failure.ts'

const MOST_DEPTH = 64
/** Each begins where the last one ended, so that nothing is read twice. */
const TOKEN =
  /<!--[\s\S]*?-->|<!\[CDATA\[([\s\S]*?)\]\]>|<\?[\s\S]*?\?>|<(![^>]*)>|<(\/?)([^\s/>]+)((?:[^>"']|"[^"]*"|'[^']*')*)>|([^<]+)/gy
const ATTRIBUTE = /([^\s=]{1,100})\s{0,100}=\s{0,100}(?:"([^"]*)"|'([^']*)')/g

/** What is a list in JSON, and what its members are called in XML. */
const LISTS: Readonly<Record<string, readonly string[]>> = {
  components: ['component'],
  services: ['service'],
  hashes: ['hash'],
  licenses: ['license', 'expression'],
  externalReferences: ['reference'],
  properties: ['property'],
  dependencies: ['dependency'],
  endpoints: ['endpoint'],
  authors: ['author'],
  tools: ['tool'],
  occurrences: ['occurrence'],
  datasets: ['dataset'],
  inputs: ['input'],
  outputs: ['output'],
  performanceMetrics: ['performanceMetric'],
  users: ['user'],
  useCases: ['useCase'],
  technicalLimitations: ['technicalLimitation'],
  performanceTradeoffs: ['performanceTradeoff'],
  ethicalConsiderations: ['ethicalConsideration'],
  fairnessAssessments: ['fairnessAssessment'],
}
const TRUTHS = new Set(['authenticated', 'x-trust-boundary', 'isExternal'])
/** Their text, beside what their attributes say. */
const TEXT_OF: Readonly<Record<string, string>> = { hash: 'content', property: 'value', text: 'content' }

interface Element {
  name: string
  attributes: Readonly<Record<string, string>>
  children: Element[]
  text: string
}

/** Throws a Failure where it is no CycloneDX in XML. */
export function fromXml(text: string, file: string): unknown {
  const root = elementsOf(text, file)
  const [, specVersion] = /\/bom\/(\d+\.\d+)$/.exec(root.attributes['xmlns'] ?? '') ?? []
  if (root.name !== 'bom' || specVersion === undefined)
    throw new Failure('input_invalid', `${file} is no CycloneDX in XML`, {
      hint: 'XML of CycloneDX is read, and no other',
    })
  const { version, serialNumber } = root.attributes
  return Object.assign(members(root), {
    bomFormat: 'CycloneDX',
    specVersion,
    version: version === undefined ? undefined : Number(version),
    serialNumber,
  })
}

function elementsOf(text: string, file: string): Element {
  const bad = (why: string) => new Failure('input_invalid', `${file} cannot be read as XML: ${why}`)
  const top: Element = { name: '', attributes: {}, children: [], text: '' }
  const open = [top]
  let end = 0
  for (const { 0: said, 1: data, 2: declared, 3: slash, 4: name, 5: rest = '', 6: plain, index } of text.matchAll(
    TOKEN,
  )) {
    end = index + said.length
    const here = open.at(-1) ?? top
    if (declared !== undefined) throw bad('it declares a document type')
    else if (data !== undefined) here.text += data
    else if (plain !== undefined) here.text += withoutEntities(plain)
    else if (slash === '/') {
      if (open.length === 1 || here.name !== bare(name)) throw bad(`</${name?.slice(0, 40)}> ends nothing`)
      open.pop()
    } else if (name !== undefined) {
      const element: Element = { name: bare(name), attributes: attributesIn(rest), children: [], text: '' }
      here.children.push(element)
      if (rest.endsWith('/')) continue
      if (open.push(element) > MOST_DEPTH) throw bad(`it nests more than ${MOST_DEPTH} levels deep`)
    }
  }
  const [root, ...others] = top.children
  if (end !== text.length || open.length > 1) throw bad('it ends too early')
  if (root === undefined || others.length > 0) throw bad('it has not one root')
  return root
}

const bare = (name = '') => name.slice(name.indexOf(':') + 1)

const attributesIn = (rest: string): Record<string, string> =>
  Object.fromEntries(
    [...rest.matchAll(ATTRIBUTE)].map(([, name = '', double, single]) => [
      name.startsWith('xmlns:') ? 'xmlns' : name,
      withoutEntities(double ?? single ?? ''),
    ]),
  )

const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

const withoutEntities = (text: string): string =>
  text.replaceAll(/&(?:#x([\da-f]{1,6})|#(\d{1,7})|(\w+));/gi, (said, hex, decimal, name: string | undefined) => {
    if (name !== undefined) return NAMED[name] ?? said
    const code = hex === undefined ? Number(decimal) : Number.parseInt(String(hex), 16)
    return code <= 0x10ffff ? String.fromCodePoint(code) : said
  })

function members({ attributes, children }: Element): Record<string, unknown> {
  const { xmlns: _, ...own } = attributes
  const found: Record<string, unknown> = Object.assign(Object.create(null), own)
  for (const child of children) {
    const value = valueOf(child)
    if (value === undefined) continue
    const known = found[child.name]
    // `<data>` stands once for each; of what may stand once only, the list is refused by who checks it.
    if (child.name === 'data') found['data'] = [...(Array.isArray(known) ? known : []), value]
    else found[child.name] = known === undefined || child.name in own ? value : [known, value].flat()
  }
  return { ...found }
}

function valueOf(element: Element): unknown {
  const { name, attributes, children, text } = element
  const items = LISTS[name]
  if (items !== undefined && children.every((child) => items.includes(child.name)))
    return children.length > 0 ? children.map((child) => itemOf(child)) : undefined
  const plain = text.trim()
  if (children.length > 0) return members(element)
  const isBare = Object.keys(attributes).length === 0
  if (TRUTHS.has(name)) return plain === 'true' || plain === '1'
  return isBare ? plain || undefined : itemOf(element)
}

function itemOf(element: Element): unknown {
  const { name, children, text } = element
  const said = members(element)
  if (name === 'license') return { license: said }
  if (name === 'expression') return { expression: text.trim() }
  if (name === 'dependency') {
    const on = children.flatMap(({ attributes: { ref } }) => ref ?? [])
    return { ref: said['ref'], dependsOn: on }
  }
  if (children.length === 0 && Object.keys(said).length === 0) return text.trim()
  const key = TEXT_OF[name]
  return key === undefined || text.trim() === '' ? said : { ...said, [key]: text.trim() }
}
