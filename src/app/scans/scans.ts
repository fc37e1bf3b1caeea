// Scans as the house has them: what starts and ends them, and what they found.
import { createScanResults, type ScanResults } from './results.ts'
import { followScanJobs, type ScanStarter } from './start-scan.ts'
import { clearLeftFolders } from './work-folders.ts'

export interface AppScans extends ScanStarter {
  results: ScanResults
}

export function openScans(starter: ScanStarter, onTrouble: (error: unknown) => void): AppScans {
  followScanJobs(starter, onTrouble)
  void clearLeftFolders().catch(onTrouble)
  return { ...starter, results: createScanResults(starter.store.read) }
}
