// A file of the sample: beside this one, or beside the bundle that it became part of, whose chunks may lie one folder deeper.
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Failure } from '../../lib/failure.ts'

const PLACES = ['./', './sample/', '../sample/']

export function sampleFile(name: 'organisation.yaml' | 'scans.json'): { name: string; text: string } {
  const place = PLACES.map((path) => fileURLToPath(new URL(path + name, import.meta.url))).find((path) =>
    existsSync(path),
  )
  if (place === undefined) throw new Failure('unavailable', 'the sample is missing', { hint: 'build or install again' })
  return { name, text: readFileSync(place, 'utf8') }
}
