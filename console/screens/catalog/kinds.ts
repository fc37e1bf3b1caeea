// The kinds of things that the catalogue holds, and where each has its page.
import {
  Boxes,
  FlaskConical,
  HandHeart,
  type LucideIcon,
  ListTodo,
  Ruler,
  ShieldAlert,
  ShieldCheck,
  SlidersHorizontal,
  Tag,
} from 'lucide-react'
import type { Kind } from '../../../src/catalog/noun.ts'

export type { Kind }

export interface Reference {
  kind: Kind
  id: string
  name: string
  of?: string | undefined
}

export type SearchHit = Reference

export const KIND_ICONS: Readonly<Record<Kind, LucideIcon>> = {
  threat: ShieldAlert,
  control: ShieldCheck,
  measure: Ruler,
  fact: SlidersHorizontal,
  framework: Boxes,
  item: Tag,
  obligation: HandHeart,
  practice: ListTodo,
  test: FlaskConical,
}

export const KIND_WORDS: Readonly<Record<Kind, string>> = {
  threat: 'Threat',
  control: 'Control',
  measure: 'Measure',
  fact: 'Fact',
  framework: 'Framework',
  item: 'Framework item',
  obligation: 'Privacy obligation',
  practice: 'Practice',
  test: 'Test',
}

export function placeOf({ kind, id, of }: Pick<Reference, 'kind' | 'id' | 'of'>): string {
  const word = encodeURIComponent(id)
  const places: Readonly<Record<Kind, string>> = {
    threat: `/catalog/threats/${word}`,
    control: `/catalog/controls/${word}`,
    measure: `/catalog/measures/${word}`,
    fact: `/catalog/facts?fact=${word}`,
    framework: `/catalog/frameworks/${word}`,
    item: `/catalog/frameworks/${encodeURIComponent(of ?? '')}/${word}`,
    obligation: `/catalog/duties?at=${word}`,
    practice: `/catalog/duties?at=${word}`,
    test: `/catalog/duties?at=${word}`,
  }
  return places[kind]
}
