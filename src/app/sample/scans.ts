// Scans of a made-up repository and a made-up proxy, so that what was found waits for somebody in the sample too. The
// scanner itself read the repository, twice; the file holds what it said. They name no system: nobody's proofs rest on them.
import { SYSTEM } from '../../model/actor.ts'
import type { ScanResult } from '../../model/scan.ts'
import { type ScanStarter, submitScan } from '../scans/start-scan.ts'
import { sampleFile } from './sample-file.ts'

interface SampleScan {
  name: string
  result: ScanResult
}

export async function sampleScans(scans: ScanStarter): Promise<void> {
  for (const scan of JSON.parse(sampleFile('scans.json').text) as SampleScan[]) await submitScan(scans, SYSTEM, scan)
}
