// The registry of what is dangerous in an answer, once another program reads it.
import type { AnyDetector } from '../../define.ts'
import { commandInjection } from './command-injection.ts'
import { linkExfiltration } from './link-exfiltration.ts'
import { markupInjection } from './markup-injection.ts'
import { ldapInjection, sqlInjection, templateInjection } from './query-injection.ts'
import { formulaInjection, pathTraversal, ssrfUrl } from './reach-injection.ts'
import { terminalEscapes } from './terminal-escapes.ts'

export const OUTPUT_DETECTORS: readonly AnyDetector[] = [
  commandInjection,
  formulaInjection,
  ldapInjection,
  linkExfiltration,
  markupInjection,
  pathTraversal,
  sqlInjection,
  ssrfUrl,
  templateInjection,
  terminalEscapes,
]
