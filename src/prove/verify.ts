// Checks a report, a proof or an exported log with nothing but the public key. Stands alone: these files import nothing
// but each other and use only what Node and browsers share (WebCrypto), and are bundled into one file, so that an
// auditor can read it in one sitting and run it anywhere.
export { joinDocument, verifyDocument } from './verify/document.ts'
export { NotValid, type FailureCode } from './verify/not-valid.ts'
export { isSignedBy, parseCheckpoint, parseNote, parseVerifierKey, signedCheckpoint } from './verify/note.ts'
export { verifyProof } from './verify/proof.ts'
export { verifyReport } from './verify/report.ts'
export type { Step, Trust, Verdict } from './verify/steps.ts'
export { isExtension, leafHashOf, rootFromPath } from './verify/tree.ts'
