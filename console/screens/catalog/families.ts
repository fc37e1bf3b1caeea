// The six families that the 16 groups of controls fall into, each with its hue; and the words for the catalogue's codes.

export interface Family {
  id: string
  name: string
  tile: string
  ink: string
  dot: string
}

const GOVERNANCE: Family = {
  id: 'governance',
  name: 'Governance',
  tile: 'bg-fam-1-soft',
  ink: 'text-fam-1',
  dot: 'bg-fam-1',
}

export const FAMILIES: readonly Family[] = [
  GOVERNANCE,
  {
    id: 'limit-unwanted-behaviour',
    name: 'Limit behaviour',
    tile: 'bg-fam-5-soft',
    ink: 'text-fam-5',
    dot: 'bg-fam-5',
  },
  { id: 'data-limitation', name: 'Limit data', tile: 'bg-fam-3-soft', ink: 'text-fam-3', dot: 'bg-fam-3' },
  { id: 'input', name: 'Input', tile: 'bg-fam-4-soft', ink: 'text-fam-4', dot: 'bg-fam-4' },
  { id: 'development', name: 'Development', tile: 'bg-fam-2-soft', ink: 'text-fam-2', dot: 'bg-fam-2' },
  { id: 'runtime', name: 'Runtime', tile: 'bg-fam-6-soft', ink: 'text-fam-6', dot: 'bg-fam-6' },
]

export function familyOf(group: string): Family {
  const exact = FAMILIES.find(({ id }) => id === group)
  return exact ?? FAMILIES.find(({ id }) => group.startsWith(`${id}-`)) ?? GOVERNANCE
}

export const GROUP_NAMES: Readonly<Record<string, string>> = {
  governance: 'Governance',
  'limit-unwanted-behaviour': 'Limit unwanted behaviour',
  'data-limitation': 'Limit sensitive data',
  'input-general': 'Input threats in general',
  'input-evasion': 'Evasion',
  'input-prompt-injection': 'Prompt injection',
  'input-disclosure': 'Disclosure through use',
  'input-exfiltration': 'Model exfiltration',
  'input-resource': 'Resource exhaustion',
  'development-general': 'Development in general',
  'development-model-poisoning': 'Model poisoning',
  'runtime-model': 'Model at run time',
  'runtime-input': 'Input at run time',
  'runtime-output': 'Output at run time',
  'runtime-augmentation': 'Augmentation data',
  'runtime-agent': 'Agents',
}

export const PROOF_WORDS: Readonly<Record<string, { name: string; says: string }>> = {
  automatic: { name: 'Automatic', says: 'Observed by the software while the system runs.' },
  tested: { name: 'Tested', says: 'Shown by an attack or a drill that must fail.' },
  attested: { name: 'Attested', says: 'A person vouches for it, with a document.' },
}

export const OBSERVER_WORDS: Readonly<Record<string, string>> = {
  gateway: 'Gateway',
  scanner: 'Scanner',
  redteam: 'Attack tests',
  register: 'Register',
  privacy: 'Privacy',
  incident: 'Incident response',
  none: 'Nobody yet',
}

export const FRESH_WORDS: Readonly<Record<string, string>> = {
  '24h': '24 hours',
  '7d': '7 days',
  '30d': '30 days',
  '90d': '90 days',
  '180d': '180 days',
  '365d': 'a year',
  release: 'until the next release',
}

export const BASIS_WORDS: Readonly<Record<string, { name: string; says: string }>> = {
  exchange: { name: 'Exchange', says: 'Stated by the AI Exchange.' },
  opencre: { name: 'OpenCRE', says: 'Stated by OpenCRE links inside the Exchange.' },
  source: { name: 'Source', says: 'Stated by the framework itself.' },
  judgement: { name: 'Judgement', says: 'Plain to us, but stated by neither.' },
}
