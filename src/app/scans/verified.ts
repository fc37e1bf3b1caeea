// What a scan says of each model file: somebody whom the house trusts vouches for its bytes, nobody does, or they are not the
// ones that were vouched for. What was vouched for once and is not any more speaks against the measure at once: else the
// proof of yesterday would outlive the signature.
import { PLAIN } from '../../discover/artefacts/model-files.ts'
import type { ArtefactFileReport } from '../../model/artefact.ts'
import type { Evidence } from '../../model/evidence.ts'
import type { ScanResult, ScanSource } from '../../model/scan.ts'

export const VERIFY = 'supply-chain-manage.verify'

/** One proof names no more; what is left out of the list is never said to be verified. */
const MOST_FILES = 500
const REFUTED = new Set(['not-as-signed', 'signature-invalid', 'revision-differs'])

export interface Verified {
  measure: typeof VERIFY
  names: string[]
  covered: string[]
  failing: string[]
  note: string
}

/** Undefined where there is nothing to say: no gate, and nothing was vouched for before. */
export function verifiedOf(
  { name, gates }: ScanSource,
  { modelFiles, discovered }: ScanResult,
  before: Pick<Evidence, 'population'> | undefined,
): Verified | undefined {
  const called = (file: string) => `${name}: ${file}`
  const wrong = modelFiles.filter(isRefuted).map(({ file }) => called(file))
  const models = modelFiles.filter(({ gate, format }) => gate !== undefined && !PLAIN.has(format))
  const good = models.filter((file) => isVouched(file) && !isRefuted(file)).map(({ file }) => called(file))
  const there = new Set([...modelFiles, ...discovered.notScanned].map(({ file }) => called(file)))
  const stillGood = new Set(good)
  const lost = (before?.population?.covered ?? []).filter((one) => there.has(one) && !stillGood.has(one))
  const failing = [...new Set([...wrong, ...lost])]
  if (gates === undefined && failing.length === 0) return undefined
  const bad = new Set(failing)
  const unsigned = models.map(({ file }) => called(file)).filter((one) => !stillGood.has(one) && !bad.has(one))
  const unread = discovered.notScanned.length > 0 ? [called('files not read')] : []
  const all = [...failing, ...unread, ...unsigned, ...good]
  if (all.length === 0) return undefined
  const names = all.slice(0, MOST_FILES)
  const left = all.length - names.length
  const kept = new Set(names)
  return {
    measure: VERIFY,
    names: left > 0 ? [...names, called(`${left} more files`)] : names,
    // What failed says enough, as with every other measure.
    covered: failing.length > 0 ? [] : good.filter((one) => kept.has(one)),
    failing: failing.slice(0, MOST_FILES),
    note: `${good.length} model files are vouched for, ${unsigned.length} are not, ${failing.length} are not what they should be`,
  }
}

const isVouched = ({ gate }: ArtefactFileReport) =>
  gate !== undefined && gate.says !== 'unsigned' && gate.says !== 'mismatch'

const isRefuted = ({ gate, findings }: ArtefactFileReport) =>
  gate?.says === 'mismatch' || findings.some(({ technique }) => REFUTED.has(technique))
