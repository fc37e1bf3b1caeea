// What a scan knows of a system without asking anybody: answers to the catalogue's questions that follow from what is in the
// sources. Only what is there is said; that something is not in the sources is no answer. What a scan said before and does
// not see any more it takes back.
import type { Catalog } from '../../catalog/catalog.ts'
import type { Actor } from '../../model/actor.ts'
import type { Discovered, DiscoveredItem } from '../../model/discovered.ts'
import type { FactValue } from '../../model/fact.ts'
import type { ScanResult, ScanSource } from '../../model/scan.ts'
import { claimIn } from '../../register/state-fact.ts'
import type { Change } from '../../store/store.ts'

interface Seen {
  system: string
  source: ScanSource
  result: ScanResult
}

interface Answer {
  value: FactValue
  confidence: number
}

/** Of models that are run on one's own machines. */
const OWN_HOSTS = new Set(['ollama', 'lm-studio', 'localai', 'vllm', 'llama-cpp', 'huggingface'])
const SURE = 0.5

export const scannedBy = ({ name }: ScanSource) => `scan of ${name}`.slice(0, 200)

export async function stateScanFacts(
  tx: Change,
  { catalog }: { catalog: Catalog },
  actor: Actor,
  { system, source, result }: Seen,
): Promise<void> {
  const by = scannedBy(source)
  const answers = new Map(answersOf(result.discovered).filter(([key]) => catalog.factsById.has(key)))
  const own = (await tx.register.claims([system])).filter((one) => one.source === 'discovered' && one.by === by)
  for (const [key, { value, confidence }] of answers) {
    const said = own.find((one) => one.key === key)
    if (said !== undefined && JSON.stringify(said.value) === JSON.stringify(value)) continue
    await claimIn(tx, actor, 'fact.stated', { asset: system, key, source: 'discovered', by, confidence }, value)
  }
  for (const { key } of own)
    if (!answers.has(key))
      await claimIn(tx, actor, 'fact.withdrawn', { asset: system, key, source: 'discovered', by }, null)
}

const sure = (items: readonly DiscoveredItem[]) => items.filter(({ confidence }) => confidence >= SURE)

export function answersOf(found: Discovered): [key: string, answer: Answer][] {
  const [tools, servers, stores] = [sure(found.tools), sure(found.mcpServers), sure(found.vectorStores)]
  const [prompts, providers, models] = [sure(found.prompts), sure(found.providers), sure(found.models)]
  const hosted = providers.filter(({ name }) => !OWN_HOSTS.has(name))
  const isLanguage = models.some(({ attributes: { role } }) => role === 'chat')
  const rules = new Set(found.findings.filter(({ confidence }) => confidence >= SURE).map(({ rule }) => rule))
  const effects = new Set(tools.flatMap(({ attributes: { effect } }) => (effect === undefined ? [] : [effect].flat())))
  const acts = ['exec', 'money', 'write', 'egress'].some((one) => effects.has(one))
  const kinds = [...(stores.length > 0 ? ['rag'] : []), ...(prompts.length > 0 ? ['system-prompt'] : [])]
  const said: [string, boolean, FactValue, number][] = [
    ['model-kind', isLanguage, 'llm', 0.9],
    ['output-is-text', isLanguage, true, 0.9],
    ['model-host', hosted.length > 0 && hosted.length === providers.length, 'supplier', 0.8],
    ['model-source', hosted.length > 0 && hosted.length === providers.length, 'supplier', 0.8],
    ['paid-per-use', hosted.length > 0, true, 0.8],
    ['augments-input', kinds.length > 0, true, 0.9],
    ['augmentation-kinds', kinds.length > 0, kinds, 0.8],
    ['augmentation-stored', stores.length > 0, true, 0.9],
    ['uses-external-tools', tools.length + servers.length > 0, true, 0.9],
    ['triggers-actions', acts, true, 0.8],
    ['can-send-data-out', effects.has('egress') || rules.has('lethal-trifecta'), true, 0.8],
    ['untrusted-data-in-prompt', rules.has('untrusted-system-prompt') || rules.has('lethal-trifecta'), true, 0.8],
    [
      'output-rendered-or-executed',
      ['model-output-to-html', 'model-output-to-code', 'model-output-to-sql'].some((rule) => rules.has(rule)),
      true,
      0.9,
    ],
    [
      'multi-agent',
      found.links.some(({ from, to }) => from.startsWith('agents:') && to.startsWith('agents:')),
      true,
      0.7,
    ],
  ]
  return said.flatMap(([key, holds, value, confidence]): [string, Answer][] =>
    holds ? [[key, { value, confidence }]] : [],
  )
}
