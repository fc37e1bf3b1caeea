// Gathers what is found. The same thing met twice is one thing with two places; the surer word wins.
import type { ModelCard } from '../../model/bom.ts'
import type {
  Attribute,
  DiscoveredItem,
  DiscoveredKind,
  DiscoveredLink,
  Place,
  Stance,
} from '../../model/discovered.ts'
import type { LinkKind } from '../../model/discovered-link.ts'

export interface Sighting {
  file: string
  line: number
  confidence?: number
  stance?: Stance
  attributes?: Record<string, Attribute | undefined>
  card?: ModelCard
}

interface Said {
  name: string
  file: string
  line: number
  attributes: Record<string, Attribute>
}

const MOST_PLACES = 50
const MOST_ITEMS = 20_000
/** One line may say a name as often as it has room. */
const MOST_SAID = 1000
const ORDER: readonly Stance[] = ['declared', 'inferred', 'implicit']

/** Names that differ in case or in the kind of dash are one name. */
const keyOf = (kind: DiscoveredKind, name: string) =>
  `${kind} ${kind === 'agents' ? name.toLowerCase().replaceAll(/[\s_-]+/g, '') : kind === 'tools' || kind === 'prompts' ? name : name.toLowerCase()}`

export class Collector {
  readonly #items = new Map<string, DiscoveredItem>()
  /** What was said at each place, before it became one thing. */
  readonly #said = new Map<string, Said[]>()
  readonly #links = new Map<string, DiscoveredLink>()

  add(
    kind: DiscoveredKind,
    name: string,
    { file, line, confidence = 0.9, stance = 'declared', attributes = {}, card }: Sighting,
  ): string {
    const key = keyOf(kind, name)
    const place: Place = { file, line }
    const known = this.#items.get(key)
    if (!known || known.evidence.length < MOST_PLACES)
      this.#say(key, { name, file, line, attributes: defined(attributes) })
    if (!known) {
      const id = `${kind}:${name.slice(0, 300)}`
      if (this.#items.size < MOST_ITEMS) {
        this.#items.set(key, {
          id,
          kind,
          name: name.slice(0, 300),
          evidence: [place],
          confidence,
          stance,
          attributes: defined(attributes),
          ...(card === undefined ? {} : { card }),
        })
      }
      return id
    }
    known.confidence = Math.max(known.confidence, confidence)
    if (ORDER.indexOf(stance) < ORDER.indexOf(known.stance)) known.stance = stance
    known.attributes = { ...defined(attributes), ...known.attributes }
    if (card !== undefined) known.card ??= card
    const twice = known.evidence.some((one) => one.file === file && one.line === line)
    if (!twice && known.evidence.length < MOST_PLACES) known.evidence.push(place)
    return known.id
  }

  #say(key: string, said: Said) {
    const all = this.#said.get(key)
    if (!all) this.#said.set(key, [said])
    else if (all.length < MOST_SAID) all.push(said)
  }

  link(from: string, to: string, kind: LinkKind, evidence: Place, confidence = 0.6) {
    const key = `${from} ${kind} ${to}`
    if (from !== to && !this.#links.has(key) && this.#links.size < MOST_ITEMS)
      this.#links.set(key, { from, to, kind, evidence, confidence })
  }

  has(kind: DiscoveredKind, name: string): boolean {
    return this.#items.has(keyOf(kind, name))
  }

  remove(kind: DiscoveredKind, name: string) {
    this.#items.delete(keyOf(kind, name))
    this.#said.delete(keyOf(kind, name))
  }

  /** Another name of the same thing: its places go over. */
  merge(kind: DiscoveredKind, other: string, name: string) {
    const from = this.#items.get(keyOf(kind, other))
    const to = this.#items.get(keyOf(kind, name))
    if (!from || !to || from === to) return
    this.#items.delete(keyOf(kind, other))
    this.#said.set(keyOf(kind, name), [
      ...(this.#said.get(keyOf(kind, name)) ?? []),
      ...(this.#said.get(keyOf(kind, other)) ?? []),
    ])
    this.#said.delete(keyOf(kind, other))
    to.confidence = Math.max(to.confidence, from.confidence)
    to.attributes = { ...from.attributes, ...to.attributes }
    for (const place of from.evidence)
      if (
        to.evidence.length < MOST_PLACES &&
        !to.evidence.some((one) => one.file === place.file && one.line === place.line)
      )
        to.evidence.push(place)
    for (const [key, link] of this.#links) {
      if (link.from !== from.id && link.to !== from.id) continue
      this.#links.delete(key)
      this.link(
        link.from === from.id ? to.id : link.from,
        link.to === from.id ? to.id : link.to,
        link.kind,
        link.evidence,
        link.confidence,
      )
    }
  }

  of(kind: DiscoveredKind): DiscoveredItem[] {
    return [...this.#items.values()].filter((item) => item.kind === kind)
  }

  /** Each place with what stands there alone: the same server may be fetched in one file and reached in another. */
  said(kind: DiscoveredKind): Said[] {
    return this.of(kind).flatMap(({ name }) => this.#said.get(keyOf(kind, name)) ?? [])
  }

  links(): DiscoveredLink[] {
    const ids = new Set([...this.#items.values()].map(({ id }) => id))
    return [...this.#links.values()].filter(({ from, to }) => ids.has(from) && ids.has(to))
  }
}

function defined(attributes: Record<string, Attribute | undefined>): Record<string, Attribute> {
  return Object.fromEntries(
    Object.entries(attributes).filter((entry): entry is [string, Attribute] => entry[1] !== undefined),
  )
}
