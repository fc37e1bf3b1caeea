// Markup that runs when an answer is shown as a page: scripts, handlers, frames, script addresses.
import { once } from '../../../lib/once.ts'
import { defineDetector } from '../../define.ts'
import { all, surest } from './all.ts'

const PATTERNS: [pattern: RegExp, confidence: number, note: string][] = [
  [/<script\b[^<>]{0,400}>?/gi, 0.85, 'A script element'],
  [/<(?:iframe|object|embed|applet|base|frame|portal)\b[^<>]{0,400}>/gi, 0.75, 'An element that loads a foreign page'],
  [/<meta\b[^<>]{0,200}http-equiv[^<>]{0,200}refresh[^<>]{0,200}>/gi, 0.8, 'A page that sends the reader on'],
  [
    /<[a-z][a-z0-9-]{0,20}\b[^<>]{0,300}[\s/"']on[a-z]{3,24}\s{0,4}=\s{0,4}[^\s<>][^<>]{0,300}>?/gi,
    0.85,
    'An event handler in markup',
  ],
  [
    /(?:href|src|action|formaction|xlink:href|data|srcdoc)\s{0,4}=\s{0,4}["']?\s{0,8}(?:javascript|vbscript)\s{0,4}(?::|&colon;|&#0{0,4}58;)[^"'>]{0,300}/gi,
    0.9,
    'A script in an address',
  ],
  [
    /\]\(\s{0,4}(?:javascript|vbscript|data\s{0,2}:\s{0,2}text\/html)\s{0,2}[:;,][^)]{0,300}\)?/gi,
    0.9,
    'A script in a Markdown link',
  ],
  [
    /data:\s{0,4}(?:text\/html|image\/svg\+xml|application\/xhtml\+xml)[^\s"'<>)]{8,400}/gi,
    0.65,
    'A page hidden in an address',
  ],
  [
    /<svg\b[^<>]{0,200}>[^]{0,120}?<(?:script|foreignObject|animate|set|use)\b[^<>]{0,200}/gi,
    0.8,
    'A drawing that holds a script',
  ],
  [
    /style\s{0,4}=\s{0,4}["'][^"'<>]{0,200}(?:expression\s{0,4}\(|behavior\s{0,4}:|-moz-binding)/gi,
    0.8,
    'A script in a style',
  ],
  [/<form\b[^<>]{0,300}action\s{0,4}=\s{0,4}["']?https?:[^<>]{0,200}>/gi, 0.6, 'A form that sends elsewhere'],
]

export const markupInjection = defineDetector({
  id: 'markup-injection',
  control: 'encode-model-output',
  family: 'output',
  title: 'Markup that runs when the answer is shown as a page',
  severity: 'high',
  roles: ['assistant', 'tool'],
  literals: [
    '<script',
    '<iframe',
    '<object',
    '<embed',
    '<applet',
    '<base',
    '<frame',
    '<portal',
    '<meta',
    '<svg',
    '<form',
    'javascript',
    'vbscript',
    'data:text/html',
    'data:image/svg',
    'data: text/html',
    'expression(',
    '-moz-binding',
    'behavior:',
    'onerror',
    'onload',
    'onclick',
    'onmouse',
    'onfocus',
    'onblur',
    'onpointer',
    'onanimation',
    'ontoggle',
    'onbegin',
    'onkey',
    'oninput',
    'onsubmit',
    'onwheel',
    'ondrag',
    'oncopy',
    'onpaste',
    'onhashchange',
    'onmessage',
    'onpageshow',
    'onscroll',
    'onresize',
    'onstart',
    'onend',
    'onplay',
    'oncanplay',
    'ontransition',
  ],
  reach: { before: 520, after: 860 },
  detect(window) {
    const shown = once(() => shownIn(window))
    return surest(
      PATTERNS.flatMap(([pattern, confidence, note]) =>
        all(window, pattern, ({ 0: text }, at) => ({
          confidence: shown()[at] === 1 ? confidence - 0.3 : confidence,
          note,
          redaction: text.startsWith('<') ? '[markup removed]' : '[address removed]',
        })),
      ),
    )
  },
  shapes: PATTERNS.map(([pattern]) => ({ pattern })),
  examples: {
    hit: [
      { role: 'assistant', text: 'Hello <script>fetch("/api/me")</script>' },
      { role: 'assistant', text: '<img src=x onerror=alert(1)>' },
      { role: 'assistant', text: '<a href="javascript:steal()">click</a>' },
      { role: 'assistant', text: '[open](javascript:alert(document.cookie))' },
      { role: 'assistant', text: '<iframe src="https://evil.test/login"></iframe>' },
      { role: 'assistant', text: '<svg/onload=alert(1)>' },
    ],
    miss: [
      { role: 'assistant', text: 'The JavaScript engine loads a script when the button is clicked.' },
      { role: 'assistant', text: 'Use <b>bold</b> and <a href="https://docs.test/">links</a>; a < b and c > d.' },
      { role: 'assistant', text: 'The onload handler and the onclick property are described in the guide.' },
    ],
  },
})

/** What lies inside a code span on its line: shown to the reader, not run. A renderer that is careless runs it still. */
function shownIn(window: string): Uint8Array {
  const shown = new Uint8Array(window.length)
  let isInside = 0
  for (let at = 0; at < window.length; at++) {
    shown[at] = isInside
    const char = window[at]
    if (char === '`') isInside ^= 1
    else if (char === '\n') isInside = 0
  }
  return shown
}
