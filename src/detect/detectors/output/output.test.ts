import { acceptDetector } from '../../accept.ts'
import { acceptPace } from '../../pace.ts'
import { OUTPUT_DETECTORS } from './index.ts'

for (const detector of OUTPUT_DETECTORS) {
  acceptDetector(detector)
  acceptPace(detector)
}
