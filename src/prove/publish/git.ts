// Commits each checkpoint into a git repository, and pushes where a remote is named: whoever clones it holds our word.
// Runs the git binary without a shell and without the hooks, signing or identity that this machine may be set up with.
import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Failure } from '../../lib/failure.ts'
import { makeFolder } from '../../lib/make-folder.ts'
import type { Publisher } from '../publisher.ts'
import { isExtension, parseCheckpoint } from '../verify.ts'

const MOST_OUTPUT = 1024 * 1024

export interface GitOptions {
  id: string
  /** A work tree that only this log writes to; made when it is not there. */
  folder: string
  remote?: string | undefined
}

export function gitPublisher({ id, folder, remote }: GitOptions): Publisher {
  return {
    id,
    kind: 'git',
    async publish(checkpoint, source, signal) {
      const run = (...args: string[]) => git(folder, args, signal)
      makeFolder(folder, 0o777)
      if (!(await isRepository(folder, signal))) await run('init', '--quiet', '--initial-branch=main')
      const there = await committed(folder, signal)
      if (there !== undefined) {
        const published = parseCheckpoint(there)
        const path = published.size <= checkpoint.size ? await source.consistency(published.size, checkpoint.size) : []
        if (published.origin !== source.chain.origin || !(await isExtension(published, checkpoint, path)))
          throw new Failure(
            'log_damaged',
            `${folder} holds a history of ${published.size} entries that this log does not extend`,
            {
              hint: 'keep that repository as it is: it is evidence; run `parapet log audit` with its checkpoint',
            },
          )
      }
      await writeFile(join(folder, 'checkpoint'), checkpoint.note)
      await writeFile(join(folder, 'keys'), `${source.chain.keys.join('\n')}\n`)
      await run('add', '--', 'checkpoint', 'keys')
      if ((await run('status', '--porcelain', '--', 'checkpoint', 'keys')) !== '')
        await run('commit', '--quiet', '--no-verify', '--message', `checkpoint of ${checkpoint.size} entries`)
      if (remote !== undefined) await run('push', '--quiet', '--no-verify', '--', remote, 'HEAD:main')
      return { size: checkpoint.size }
    },
  }
}

async function isRepository(folder: string, signal: AbortSignal): Promise<boolean> {
  try {
    await readFile(join(folder, '.git', 'HEAD'))
    await git(folder, ['rev-parse', '--git-dir'], signal)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false
    throw error
  }
}

/** The checkpoint of the last commit; the file beside it may be half of an attempt that failed. */
async function committed(folder: string, signal: AbortSignal): Promise<string | undefined> {
  if ((await git(folder, ['for-each-ref', '--count=1', 'refs/heads'], signal)) === '') return undefined
  const listed = await git(folder, ['ls-tree', '--name-only', 'HEAD', '--', 'checkpoint'], signal)
  return listed === '' ? undefined : git(folder, ['show', 'HEAD:checkpoint'], signal)
}

function git(folder: string, args: readonly string[], signal: AbortSignal): Promise<string> {
  const settings = [
    'commit.gpgsign=false',
    'core.hooksPath=/dev/null',
    'core.autocrlf=false',
    'protocol.ext.allow=never',
  ]
  const identity = { NAME: 'Parapet', EMAIL: 'parapet@localhost' }
  const env = {
    PATH: process.env['PATH'],
    HOME: process.env['HOME'],
    SSH_AUTH_SOCK: process.env['SSH_AUTH_SOCK'],
    GIT_TERMINAL_PROMPT: '0',
    GIT_CEILING_DIRECTORIES: join(folder, '..'),
    ...Object.fromEntries(
      Object.entries(identity).flatMap(([key, value]) => [
        [`GIT_AUTHOR_${key}`, value],
        [`GIT_COMMITTER_${key}`, value],
      ]),
    ),
  }
  const all = [...settings.flatMap((setting) => ['-c', setting]), ...args]
  return new Promise((resolve, reject) => {
    execFile('git', all, { cwd: folder, env, signal, maxBuffer: MOST_OUTPUT }, (error, stdout) => {
      if (error === null) resolve(stdout)
      else
        reject(
          new Failure('upstream_unreachable', `git ${args[0] ?? ''} failed in ${folder}`, {
            hint: error.code === 'ENOENT' ? 'install git' : 'look at the repository and its remote; it is tried again',
            cause: error,
          }),
        )
    })
  })
}
