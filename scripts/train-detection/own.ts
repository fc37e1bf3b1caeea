// Puts our own grammars into texts: the same seed, the same texts. Attacks also appear inside documents, and benign texts
// quote attacks, so that the model learns where the words stand and not only that they are there.
import type { Row } from './corpus.ts'
import { ATTACKS } from './own-attacks.ts'
import { BENIGN } from './own-benign.ts'
import { FOREIGN } from './own-foreign.ts'
import type { Grammar } from './own-grammar.ts'
import { NOTICES } from './own-notices.ts'
import { TASKS } from './own-tasks.ts'
import { mulberry } from './train.ts'

const ATTACK_KINDS = { override: 900, leak: 600, persona: 500, agent: 1100, hijack: 400 }
const TASK_KINDS = { interrupt: 500, bend: 200, suppress: 300 }
const BENIGN_KINDS = {
  trigger: 1300,
  fiction: 1200,
  risky: 900,
  constrained: 1200,
  echo: 350,
  quoting: 700,
  tools: 900,
  foreign: 500,
}

export function ownRows(seed: number, carriers: readonly string[]): Row[] {
  const random = mulberry(seed)
  const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)]
  const rows: Row[] = []
  const seen = new Set<string>()
  const add = (text: string, label: 0 | 1, kind: string) => {
    if (seen.has(text)) return
    seen.add(text)
    rows.push({ id: `own-${rows.length}`, text, label, kind, source: `own-${label}-${kind}` })
  }
  const attack = () => draw('{' + (pick(Object.keys(ATTACK_KINDS)) ?? 'leak') + '}', ATTACKS, random)

  for (const [kind, count] of Object.entries(ATTACK_KINDS)) {
    for (let i = 0; i < count; i++) add(vary(draw(`{${kind}}`, ATTACKS, random), random), 1, kind)
  }
  for (let i = 0; i < 700; i++) add(draw(pick(FOREIGN) ?? '', ATTACKS, random), 1, 'foreign')
  for (let i = 0; i < 900; i++) {
    const [carrier, text] = [pick(carriers) ?? '', draw('{agent}', ATTACKS, random)]
    add(splice(carrier, random() < 0.3 ? attack() : text, random), 1, 'spliced')
  }
  for (const [kind, count] of Object.entries(TASK_KINDS)) {
    for (let i = 0; i < count; i++) add(vary(draw(`{${kind}}`, TASKS, random), random), 1, kind)
  }
  for (let i = 0; i < 1100; i++) {
    const text = draw(random() < 0.5 ? '{interrupt}' : '{errand}', TASKS, random)
    add(splice(pick(carriers) ?? '', text, random), 1, 'errand')
  }
  for (let i = 0; i < 900; i++) {
    const text = draw('{notice}', NOTICES, random)
    add(random() < 0.6 ? splice(pick(carriers) ?? '', text, random) : vary(text, random), 0, 'notice')
  }
  const grammar = { ...BENIGN, attack: [] }
  for (const [kind, count] of Object.entries(BENIGN_KINDS)) {
    for (let i = 0; i < count; i++) {
      const text = draw(`{${kind}}`, grammar, random, () => attack().split('\n')[0] ?? '')
      const long = kind === 'quoting' && random() < 0.5
      add(long ? splice(pick(carriers) ?? '', text, random) : vary(text, random), 0, kind)
    }
  }
  return rows
}

/** Replaces `{name}` by a member of the list of that name, and so on in what it drew. */
export function draw(template: string, grammar: Grammar, random: () => number, quoted?: () => string): string {
  let text = template
  for (let depth = 0; depth < 8 && /\{[a-z]+\}/.test(text); depth++) {
    text = text.replace(/\{([a-z]+)\}/g, (whole, name: string) => {
      if (name === 'attack' && quoted) return quoted()
      const list = grammar[name]
      return list ? (list[Math.floor(random() * list.length)] ?? '') : whole
    })
  }
  return text
}

/** People do not all write alike: case, a missing full stop, a typing error. */
function vary(text: string, random: () => number): string {
  const dice = random()
  if (dice < 0.1) return text.toLowerCase()
  if (dice < 0.15) return text.toUpperCase()
  if (dice < 0.3) return text.replace(/\.$/, '')
  if (dice < 0.36) {
    const at = 1 + Math.floor(random() * Math.max(1, text.length - 3))
    return text.slice(0, at) + (text[at + 1] ?? '') + (text[at] ?? '') + text.slice(at + 2)
  }
  return dice < 0.6 ? text : text.slice(0, 1).toUpperCase() + text.slice(1)
}

function splice(carrier: string, text: string, random: () => number): string {
  const lines = carrier.slice(0, 2500).split('\n')
  const at = Math.floor(random() * (lines.length + 1))
  return [...lines.slice(0, at), '', text, '', ...lines.slice(at)].join('\n')
}
