// `parapet/detect`: the detection engine for other programs, without a server, a store or a file. The build makes one
// bundle of it, with the trained model inside, so that it works from any folder.
export type { Finding, Speaker } from '../model/finding.ts'
export type { AnyDetector, Detector, Reader } from './define.ts'
export { defineDetector } from './define.ts'
export { canary } from './detectors/output/canary.ts'
export { promptLeakage } from './detectors/output/prompt-leakage.ts'
export { DETECTORS } from './detectors/index.ts'
export type { Engine, Scan } from './engine.ts'
export { createEngine } from './engine.ts'
export { Pseudonyms } from './pseudonym.ts'
export { hashed, labelled, masked, redact, RedactingStream } from './redact.ts'
