// Takes the life out of what would run, load or be clicked when an answer is shown, and leaves its words to be read.
import { defineDetector, type AnyDetector, type Detector } from '../../../detect/define.ts'
import { linkExfiltration } from '../../../detect/detectors/output/link-exfiltration.ts'
import { markupInjection } from '../../../detect/detectors/output/markup-injection.ts'
import { terminalEscapes } from '../../../detect/detectors/output/terminal-escapes.ts'
import type { Engine } from '../../../detect/engine.ts'
import { once } from '../../../lib/once.ts'
import type { TextKind, Watch } from '../../guard.ts'
import { readWhole } from '../../whole.ts'
import { watchFindings } from '../watch-findings.ts'
import { foreignAddresses } from './addresses.ts'
import { MarkdownCode } from './markdown-code.ts'

const anyTag = defineDetector<Detector>({
  id: 'markup',
  control: 'encode-model-output',
  family: 'output',
  title: 'Any markup',
  severity: 'low',
  most: 10_000,
  literals: ['<'],
  reach: { before: 1, after: 3 },
  detect: (window) =>
    [...window.matchAll(/<(?=[a-z!?/])/gi)].map(({ index }) => ({
      start: index,
      end: index + 1,
      confidence: 0.9,
      note: 'Markup',
    })),
  examples: { hit: ['a <b>c</b>', '<!-- x -->'], miss: ['a < b', '<3', '<'] },
})

/** `hosts`: the only ones that links and images may lead to, where there are such. */
export function activeDetectors(html: 'active' | 'all', hosts: readonly string[] | undefined): AnyDetector[] {
  return [
    markupInjection,
    linkExfiltration,
    terminalEscapes,
    ...(html === 'all' ? [anyTag] : []),
    ...(hosts === undefined ? [] : [foreignAddresses(hosts)]),
  ]
}

export function neutralising(engine: Engine, text: TextKind, treatment: 'replace' | 'block' | 'note'): Watch {
  /** Made where it is asked for: most texts that come whole hold nothing on which it would depend. */
  const code = once(() => new MarkdownCode())
  /** Read where something was found on which it depends whether it stands in code. */
  let unread = ''
  const watch = watchFindings(engine, text, {
    // An address in a field of its own is no link in a text.
    treat: ({ detector }) => (detector === 'foreign-address' && text.part === 'other' ? undefined : treatment),
    replace: (value, { detector }) => (detector === 'terminal-escapes' ? '' : defused(value)),
    passesOver: ({ start, end, findings }) =>
      findings.some(({ detector }) => detector === 'terminal-escapes') ? false : codeOf().covers({ start, end }),
  })
  const codeOf = (): MarkdownCode => {
    if (unread === '') return code()
    code().push(unread)
    code().end()
    unread = ''
    return code()
  }
  return {
    push(piece) {
      code().push(piece)
      return watch.push(piece)
    },
    end() {
      code().end()
      return watch.end()
    },
    whole(all) {
      unread = all
      return readWhole(watch, all)
    },
  }
}

/** The same words, and nothing that a browser would follow or run. */
function defused(text: string): string {
  return text
    .replaceAll(/&(?=#|[a-z]{2,8};?)/gi, '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll(/\b(https?|ftp|wss?|javascript|vbscript|data|[a-z][a-z0-9+.-]{1,15}(?=:[\\/]{2})):/gi, '$1[:]')
    .replaceAll(/(^|[^:\]])[\\/]{2,}/g, '$1[//]')
    .replaceAll(/\b(expression)\(/gi, '$1[(]')
    .replaceAll(/\b(behavior|-moz-binding)\s*:/gi, '$1[:]')
    .replaceAll(/\bon([a-z]{3,24})\s*=/gi, 'on$1[=]')
}
