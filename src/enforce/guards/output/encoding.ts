// Texts written so that the place they end up in takes each character as itself.
import type { Watch } from '../../guard.ts'

const HTML: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
}

/** JSON stays JSON of the same value: its own escapes keep it from ending a script or a comment. */
export function encodingHtml(isJson: boolean): Watch {
  return isJson
    ? replacingEach(/[<>&]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)
    : replacingEach(/[&<>"'`]/g, (char) => HTML[char] ?? char)
}

/** All that a terminal obeys, but for new lines and tabs; what follows the character that begins a sequence is harmless. */
export function strippingControls(): Watch {
  // oxlint-disable-next-line no-control-regex -- control characters are what it is about
  return replacingEach(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, () => '')
}

function replacingEach(pattern: RegExp, put: (char: string) => string): Watch {
  let length = 0
  const nothing = { safe: Number.POSITIVE_INFINITY, findings: [], cuts: [] }
  return {
    push(piece) {
      const cuts = [...piece.matchAll(pattern)].map(({ 0: char, index }) => ({
        start: length + index,
        end: length + index + 1,
        put: put(char),
      }))
      length += piece.length
      return { safe: length, findings: [], cuts }
    },
    end: () => nothing,
  }
}
