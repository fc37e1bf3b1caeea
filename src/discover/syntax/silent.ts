// Which parts of a bundle say nothing: hundreds of libraries in one file, and words of AI in some of their functions. What
// the gate is to the files of a tree this is to the functions of such a file. Each is asked by its place only, so that one
// look at the text serves all, however deep they lie in each other.
import { heldIn } from '../gate.ts'

/** Smaller ones are quickly read. */
const BUNDLE = 256 * 1024
/** What ties the modules of a bundle together. A file that does not have it somebody wrote, however long: there all is read. */
const TIED =
  /\b(?:__defProp|__commonJS|__esm|__toESM|__export\(|__exportAll|__webpack_require__|parcelRequire)|^\/\/#region \S+\.[cm]?[jt]sx?$/m
/** Characters that are asked together, and how far a word may reach over their ends. */
const BLOCK = 2048
const REACH = 256

/** Tells whether from one place to another nothing is said; nothing at all for what is no bundle. */
export function silentIn(text: string): ((start: number, end: number) => boolean) | undefined {
  if (text.length < BUNDLE || !TIED.test(text)) return undefined
  /** For each block, in how many up to it something is said. */
  const said = new Uint32Array(Math.ceil(text.length / BLOCK) + 1)
  for (let at = 0, block = 0; at < text.length; at += BLOCK, block++) {
    const { ai, loose } = heldIn(Buffer.from(text.slice(Math.max(0, at - REACH), at + BLOCK + REACH)))
    said[block + 1] = (said[block] ?? 0) + (ai || loose ? 1 : 0)
  }
  return (start, end) =>
    said[Math.floor(start / BLOCK)] === said[Math.min(said.length - 1, Math.floor(end / BLOCK) + 1)]
}
