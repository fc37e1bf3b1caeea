import { acceptDetector, acceptPace } from '../../accept.ts'
import { OUTPUT_DETECTORS } from './index.ts'

for (const detector of OUTPUT_DETECTORS) {
  acceptDetector(detector)
  acceptPace(detector)
}
