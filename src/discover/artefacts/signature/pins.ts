// Two simpler gates: a list of hashes, as `sha256sum` writes it or as JSON, and the revision that a folder was fetched at.
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { Failure } from '../../../lib/failure.ts'
import { smallFile } from '../../small-file.ts'
import { type Difference, differences } from './compare.ts'

const MOST_BYTES = 16 * 1024 * 1024

const HashJson = z.record(z.string(), z.string().regex(/^[0-9a-f]{64}$/i))
const LINE = /^\\?(?<digest>[0-9a-fA-F]{64})[ \t]+\*?(?<name>.+)$/

export function checkHashes(folder: string, list: { file: string; text: string }): Difference[] {
  const resources = Object.entries(readHashes(list)).map(([name, digest]) => ({
    name: name.replace(/^\.\//, ''),
    algorithm: 'sha256',
    digest,
  }))
  return differences(folder, { model: '', method: 'files', allowLinks: true, ignored: [], shardBytes: 0, resources }, [
    list.file,
  ])
}

export function readHashes({ file, text }: { file: string; text: string }): Record<string, string> {
  if (text.trimStart().startsWith('{')) {
    try {
      return HashJson.parse(JSON.parse(text))
    } catch (cause) {
      throw new Failure('input_invalid', `${file} is no list of hashes`, {
        hint: 'write {"file": "sha256 in hex"}',
        cause,
      })
    }
  }
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '' && !line.startsWith('#'))
  return Object.fromEntries(
    lines.map((line, i) => {
      const { digest = '', name = '' } = LINE.exec(line)?.groups ?? {}
      if (digest === '')
        throw new Failure('input_invalid', `line ${i + 1} of ${file} is no hash and name`, {
          hint: 'write it with sha256sum',
        })
      return [name, digest]
    }),
  )
}

/** The commit that a folder stands at, from a cache of Hugging Face, its download notes, or git. */
export function revisionOf(folder: string): string | undefined {
  const inCache = /[/\\]snapshots[/\\](?<revision>[0-9a-f]{40})(?:[/\\]|$)/.exec(resolve(folder))?.groups?.['revision']
  if (inCache) return inCache
  return fromNotes(join(folder, '.cache', 'huggingface', 'download')) ?? fromGit(join(folder, '.git'))
}

function fromNotes(notes: string): string | undefined {
  if (!existsSync(notes)) return undefined
  const revisions = new Set(
    readdirSync(notes, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.metadata'))
      .slice(0, 100_000)
      .map((name) => textOf(join(notes, name))?.split('\n')[0]?.trim() ?? ''),
  )
  return revisions.size === 1 ? [...revisions][0] : undefined
}

function fromGit(git: string): string | undefined {
  if (statSync(git, { throwIfNoEntry: false })?.isDirectory() !== true) return undefined
  const head = textOf(join(git, 'HEAD'))?.trim()
  const reference = /^ref: (?<name>refs\/[\w./-]+)$/.exec(head ?? '')?.groups?.['name']
  if (reference === undefined) return head
  if (reference.includes('..')) return undefined
  const lines = textOf(join(git, 'packed-refs'))?.split('\n') ?? []
  return textOf(join(git, reference))?.trim() ?? lines.find((line) => line.endsWith(` ${reference}`))?.split(' ')[0]
}

const textOf = (path: string) => smallFile(path, { most: MOST_BYTES, links: true })
