// Which schema reads which file of a pack.
import type { z } from 'zod'
import { AssetsFile, MatrixFile } from './assets.ts'
import { ControlsFile } from './controls.ts'
import { FrameworkFile } from './framework.ts'
import { HistoryFile } from './history.ts'
import { IndexFile } from './index-file.ts'
import { MissionFile } from './mission.ts'
import { PracticesFile } from './practices.ts'
import { PrivacyFile } from './privacy.ts'
import { RiskAnalysisFile } from './risk-analysis.ts'
import { TestingFile } from './testing.ts'
import { ThreatsFile } from './threats.ts'

export const FILES = {
  'index.json': IndexFile,
  'history.json': HistoryFile,
  'threats.json': ThreatsFile,
  'controls.json': ControlsFile,
  'assets.json': AssetsFile,
  'matrix.json': MatrixFile,
  'risk-analysis.json': RiskAnalysisFile,
  'privacy.json': PrivacyFile,
  'practices.json': PracticesFile,
  'testing.json': TestingFile,
  'mission.json': MissionFile,
} as const

export type FileName = keyof typeof FILES
export type PackFile<Name extends FileName> = z.infer<(typeof FILES)[Name]>
export type Framework = z.infer<typeof FrameworkFile>

export function schemaOf(file: string): z.ZodType | undefined {
  if (file.startsWith('frameworks/')) return FrameworkFile
  return Object.hasOwn(FILES, file) ? FILES[file as FileName] : undefined
}

/** For packs that are older than anything that keeps a history. */
export const NO_HISTORY: PackFile<'history.json'> = { schema: 1, since: {}, retired: [] }

/** Every pack has these, and frameworks/*.json. */
export const REQUIRED = Object.keys(FILES).filter((file) => file !== 'index.json' && file !== 'history.json')
