// Documents that name a part and use the name over and over, in parts that are used over and over: entities of XML ("a
// billion laughs"), anchors and aliases of YAML. What the names stand for is added up without writing any of it out.
import type { Match } from '../../define.ts'
import { defineResourceDetector } from './define-resource.ts'
import type { ResourceLimits } from './limits.ts'

/** A part that has a name: how long it is itself, and the names that it uses. */
interface Part {
  length: number
  uses: readonly string[]
}

const AFTER = 16_000
const MOST_PARTS = 256
/** Aliases are found from the first two levels on; a single name that is used often is only long. */
const RATIO = 10

const ENTITY = /<!ENTITY\s+(?:%\s*)?(?<name>[\w.:-]{1,64})\s+(?:"(?<double>[^"]{0,8000})"|'(?<single>[^']{0,8000})')/gi
const ENTITY_USE = /[&%](?<name>[\w.:-]{1,64});/g

export const entityBomb = (limits: ResourceLimits) =>
  defineResourceDetector({
    id: 'entity-bomb',
    title: 'Entities of XML that stand for far more than is written',
    severity: 'high',
    literals: ['<!entity'],
    reach: { before: 8, after: AFTER },
    detect(window) {
      const parts = new Map<string, Part>()
      let last = 0
      const first = window.search(/<!ENTITY/i)
      for (const { index, 0: written, groups } of window.matchAll(ENTITY)) {
        if (parts.size >= MOST_PARTS) break
        const value = groups?.['double'] ?? groups?.['single'] ?? ''
        const name = groups?.['name'] ?? ''
        if (!parts.has(name)) parts.set(name, { length: value.length, uses: namesIn(value, ENTITY_USE) })
        last = index + written.length
      }
      const rest = window.slice(last)
      return judge(parts, namesIn(rest, ENTITY_USE), { start: first, end: last, limits })
    },
    examples: {
      hit: [laughs(10, 10), laughs(40, 2), `<!ENTITY a "${'x'.repeat(2000)}">]><z>${'&a;'.repeat(400)}</z>`, circle()],
      miss: [
        '<!ENTITY company "Northwind Traders"><!ENTITY legal "&company; and its heirs">]><p>&company; &legal; &amp; &lt;</p>',
        'An entity is declared as <!ENTITY name "value"> and used as &name; in the text.',
        '<!ENTITY logo SYSTEM "logo.gif" NDATA gif>',
      ],
    },
  })

const ANCHOR = /(?<=[:\-,[{?]\s{0,4})&(?<name>[\w-]{1,64})(?=[\s,\]}])/g
const ALIAS = /(?<=[\s[{,])\*(?<name>[\w-]{1,64})(?=[\s,\]}]|$)/g

export const aliasBomb = (limits: ResourceLimits) =>
  defineResourceDetector({
    id: 'alias-bomb',
    title: 'Aliases of YAML that stand for far more than is written',
    severity: 'high',
    trigger: { first: '&', hit: /(?<=[:\-,[{?]\s{0,4})&[\w-]{1,16}\s{1,4}[[{"'\w\-*]/y },
    reach: { before: 8, after: AFTER },
    detect(window) {
      const anchors = [...window.matchAll(ANCHOR)].slice(0, MOST_PARTS)
      const parts = new Map<string, Part>()
      let end = 0
      for (const [i, { index, groups }] of anchors.entries()) {
        const value = window.slice(index + 1, anchors[i + 1]?.index ?? window.length - 1)
        const uses = namesIn(value, ALIAS).filter((name) => parts.has(name))
        parts.set(groups?.['name'] ?? '', { length: value.length, uses })
        end = index + 1 + value.length
      }
      return judge(parts, [], { start: anchors[0]?.index ?? 0, end, limits })
    },
    examples: {
      hit: [
        yamlLaughs(9, 9),
        yamlLaughs(9, 9).replaceAll(/\[([^\]]*)\]/g, (_, list: string) => `\n  - ${list.replaceAll(', ', '\n  - ')}`),
      ],
      miss: [
        'base: &base\n  image: node\n  retries: 2\njob:\n  <<: *base\n  run: test\nother:\n  <<: *base\n',
        'fn name(text: &str, other: &String) -> usize { *other + *text }',
        'AT&T and R&D; a & b * c',
        'a: &a [x, x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n',
      ],
    },
  })

function namesIn(text: string, pattern: RegExp): string[] {
  return Array.from(text.matchAll(pattern), ({ groups }) => groups?.['name'] ?? '')
}

function judge(
  parts: ReadonlyMap<string, Part>,
  used: readonly string[],
  { start, end, limits }: { start: number; end: number; limits: ResourceLimits },
): Match[] {
  const sizes = new Map<string, number>()
  const sizeOf = (name: string): number => {
    const known = sizes.get(name)
    if (known !== undefined) return known
    // While a part is being measured it counts as endless: one that uses itself never ends.
    sizes.set(name, Number.POSITIVE_INFINITY)
    const part = parts.get(name)
    const size = part ? part.uses.reduce((sum, use) => sum + sizeOf(use), part.length) : 0
    sizes.set(name, size)
    return size
  }
  const largest = [...parts.keys()].reduce((most, name) => Math.max(most, sizeOf(name)), 0)
  const total = Math.max(
    largest,
    used.reduce((sum, name) => sum + sizeOf(name), 0),
  )
  if (start < 0 || total < limits.expanded || total < RATIO * (end - start)) return []
  const note = Number.isFinite(total)
    ? `Stands for some ${total.toExponential(0)} characters once it is expanded`
    : 'Names that stand for themselves, without end'
  return [{ start, end, confidence: 0.95, note }]
}

function laughs(levels: number, times: number): string {
  const lines = Array.from({ length: levels }, (_, i) => `<!ENTITY a${i + 1} "${`&a${i};`.repeat(times)}">`)
  return `<!DOCTYPE z [<!ENTITY a0 "lol">\n${lines.join('\n')}]><z>&a${levels};</z>`
}

function circle(): string {
  return '<!ENTITY a "&b;"><!ENTITY b "&a;">'
}

function yamlLaughs(levels: number, times: number): string {
  const list = (what: string) => `[${Array.from({ length: times }, () => what).join(', ')}]`
  return [
    'a0: &a0 ["lol", "lol"]',
    ...Array.from({ length: levels }, (_, i) => `a${i + 1}: &a${i + 1} ${list(`*a${i}`)}`),
  ].join('\n')
}
