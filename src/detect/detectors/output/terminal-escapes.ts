// Control sequences that a terminal obeys: they rewrite what was shown, fill the clipboard, hide text, answer as if typed.
/* oxlint-disable no-control-regex -- control characters are what it is about */
import { defineDetector } from '../../define.ts'
import { all } from './all.ts'

const SEQUENCE =
  /(?:\u001b(?:\[[0-?]{0,32}[ -/]{0,4}[@-~]|\][^\u0007\u001b\u009c]{0,500}(?:\u0007|\u001b\\|\u009c)?|[PX^_][^\u001b\u009c]{0,300}(?:\u001b\\|\u009c)?|[@-Z\\-_=>78c])|\u009b[0-?]{0,32}[ -/]{0,4}[@-~]|\u009d[^\u0007\u009c]{0,500}(?:\u0007|\u009c)?)/g

export const terminalEscapes = defineDetector({
  id: 'terminal-escapes',
  control: 'encode-model-output',
  family: 'output',
  title: 'Control sequences for terminals',
  severity: 'medium',
  literals: ['\u001b', '\u009b', '\u009d'],
  reach: { before: 2, after: 520 },
  detect: (window) =>
    all(window, SEQUENCE, ({ 0: sequence }) => {
      const code = sequence.startsWith('\u001b') ? sequence.slice(1) : sequence
      const isColour = /^\[[0-9;]{0,32}m$/.test(code) || /^\u009b[0-9;]{0,32}m$/.test(sequence)
      const isHidden = /^\[(?:\d+;)*8m$/.test(code)
      if (isColour && !isHidden) return { confidence: 0.55, severity: 'low', note: 'A terminal colour', redaction: '' }
      const isClipboard = /^\]5[02];/.test(code) || sequence.startsWith('52;')
      return {
        confidence: 0.9,
        severity: isClipboard ? 'high' : 'medium',
        note: isClipboard ? 'Writes to the clipboard of a terminal' : 'A control sequence for a terminal',
        redaction: '',
      }
    }),
  shapes: [{ pattern: SEQUENCE }],
  examples: {
    hit: [
      'done\u001b[2J\u001b[1;1Hall is well',
      'see \u001b]8;;https://evil.test\u0007the manual\u001b]8;;\u0007',
      '\u001b]52;c;cm0gLXJm\u0007',
      '\u001b[8mhidden\u001b[0m',
    ],
    miss: ['an array such as [2J] or [31m', 'ESC [ 2 J clears the screen', 'a\tb\r\nc'],
  },
})
