// A document that carries its own proof: a report of the log whose entry names the document's hash. The proof lies in
// the document as one block that is cut out again before hashing, so a reader gets one file and any edit shows.
import { NotValid } from './not-valid.ts'
import { verifyReport } from './report.ts'
import { type Trust, type Verdict, inSteps } from './steps.ts'

/** A document as the log knows it, and the report that proves it. */
interface ProvenDocument {
  bytes: Uint8Array
  proof: string
}

const HTML_OPEN = '<script type="application/json" id="parapet-proof">'
const HTML_CLOSE = '</script>\n'
const JSON_OPEN = '{"document":'
const JSON_PROOF = ',"proof":'
const JSON_CLOSE = '}\n'

/**
 * Checks a document that carries its proof, or whose proof lies beside it. Undefined when it is neither, as a report of
 * the log itself is.
 */
export async function verifyDocument(
  bytes: Uint8Array,
  trust: Trust,
  proofBeside?: string,
): Promise<Verdict | undefined> {
  let carried: ProvenDocument | undefined
  const split = await inSteps(async (step) => {
    const text = textOf(bytes)
    carried =
      text === undefined
        ? undefined
        : await step(
            'carried',
            async () => splitDocument(text),
            () => 'its proof is in it',
          )
  })
  if (!split.ok) return split
  if (carried) return verifyReport(carried.proof, { ...trust, document: carried.bytes })
  return proofBeside === undefined ? undefined : verifyReport(proofBeside, { ...trust, document: bytes })
}

/** Bytes that are no text are not decoded to something that looks like it: two files must not read the same. */
function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** Undefined when nothing is carried: the proof then lies beside, or there is none. */
function splitDocument(text: string): ProvenDocument | undefined {
  if (text.startsWith(JSON_OPEN)) return splitJson(text)
  return /^<!doctype html>/i.test(text) ? splitHtml(text) : undefined
}

/** The inverse: HTML gets the block before its end, JSON becomes the first of two members. */
export function joinDocument(mediaType: 'text/html' | 'application/json', document: string, proof: string): string {
  if (mediaType === 'application/json') return `${JSON_OPEN}${document}${JSON_PROOF}${proof}${JSON_CLOSE}`
  const end = document.lastIndexOf('</body>')
  if (end < 0) throw new Error('a document to seal ends with </body>')
  const block = `${HTML_OPEN}${proof.replaceAll('<', '\\u003c')}${HTML_CLOSE}`
  return document.slice(0, end) + block + document.slice(end)
}

function splitHtml(text: string): ProvenDocument | undefined {
  const open = text.indexOf(HTML_OPEN)
  if (open < 0) return undefined
  if (open !== text.lastIndexOf(HTML_OPEN)) throw new NotValid('wrong-format', 'the document carries two proofs')
  const start = open + HTML_OPEN.length
  const end = text.indexOf(HTML_CLOSE, start)
  // A browser ends a script sooner than we do, at "</script" and a blank: nothing in the block may look like markup.
  if (end < 0 || text.slice(start, end).includes('<'))
    throw new NotValid('wrong-format', 'the proof in the document is not closed properly')
  return {
    bytes: new TextEncoder().encode(text.slice(0, open) + text.slice(end + HTML_CLOSE.length)),
    proof: text.slice(start, end),
  }
}

// Inside a JSON string every quote is escaped, so the last bare `,"proof":` is the member and no text can imitate it.
function splitJson(text: string): ProvenDocument {
  const at = text.lastIndexOf(JSON_PROOF)
  if (at < 0 || !text.endsWith(JSON_CLOSE)) throw new NotValid('wrong-format', 'the document carries no proof')
  return {
    bytes: new TextEncoder().encode(text.slice(JSON_OPEN.length, at)),
    proof: text.slice(at + JSON_PROOF.length, -JSON_CLOSE.length),
  }
}
