// The verbs that are more than one operation of the API.
import type { Verb } from '../verb.ts'
import { apply } from './apply.ts'
import { assess } from './assess.ts'
import { backup } from './backup.ts'
import { bomConvert, bomDiff } from './bom.ts'
import { bomImport } from './bom-import.ts'
import { catalogDiff } from './catalog-diff.ts'
import { catalogValidate } from './catalog-validate.ts'
import { config } from './config.ts'
import { detect } from './detect.ts'
import { discover } from './discover.ts'
import { discoverModel } from './discover-model.ts'
import { discoverTraffic } from './discover-traffic.ts'
import { exportVerb } from './export.ts'
import { logVerify } from './log-verify.ts'
import { ownerLink } from './owner-link.ts'
import { plan } from './plan.ts'
import { reportSave } from './report-save.ts'
import { restore } from './restore.ts'
import { scanSourceGates } from './scan-source-gates.ts'
import { scanSubmit } from './scan-submit.ts'
import { up } from './up.ts'
import { verify } from './verify.ts'
import { watch } from './watch.ts'

export const localVerbs: readonly Verb[] = [
  up,
  verify,
  detect,
  discover,
  discoverModel,
  discoverTraffic,
  watch,
  scanSubmit,
  scanSourceGates,
  assess,
  plan,
  apply,
  exportVerb,
  reportSave,
  ownerLink,
  backup,
  restore,
  config,
  bomDiff,
  bomConvert,
  bomImport,
  catalogDiff,
  catalogValidate,
  logVerify,
]
