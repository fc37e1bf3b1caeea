// The commit that a folder stands at, read from the files of git: no program is started, and a hook in a hostile
// repository never runs.
import { statSync } from 'node:fs'
import { dirname, isAbsolute, join, resolve } from 'node:path'
import { smallFile } from './small-file.ts'

export interface Version {
  commit?: string
  remote?: string
}

const MOST_BYTES = 16 * 1024 * 1024
const HASH = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/

export function versionOf(folder: string): Version {
  const git = gitFolder(resolve(folder))
  if (git === undefined) return {}
  const common = linked(git)
  const commit = commitOf(git, common)
  const remote = remoteOf(small(join(common, 'config')) ?? '')
  return { ...(commit === undefined ? {} : { commit }), ...(remote === undefined ? {} : { remote }) }
}

function gitFolder(folder: string): string | undefined {
  const path = join(folder, '.git')
  try {
    if (statSync(path).isDirectory()) return path
    const [, target] = /^gitdir: (.+)$/m.exec(small(path) ?? '') ?? []
    return target === undefined ? undefined : isAbsolute(target) ? target : resolve(folder, target)
  } catch {
    const above = dirname(folder)
    return above === folder ? undefined : gitFolder(above)
  }
}

/** A second work tree keeps its references with the first. */
function linked(git: string): string {
  const target = small(join(git, 'commondir'))?.trim()
  return target === undefined ? git : resolve(git, target)
}

function commitOf(git: string, common: string): string | undefined {
  const head = small(join(git, 'HEAD'))?.trim() ?? ''
  if (HASH.test(head)) return head
  const [, name] = /^ref: (refs\/[\w./-]+)$/.exec(head) ?? []
  if (name === undefined || name.includes('..')) return undefined
  const loose = (small(join(git, name)) ?? small(join(common, name)))?.trim()
  if (loose !== undefined && HASH.test(loose)) return loose
  const packed = small(join(common, 'packed-refs'))
    ?.split('\n')
    .find((line) => line.endsWith(` ${name}`))
  const hash = packed?.slice(0, packed.indexOf(' ')) ?? ''
  return HASH.test(hash) ? hash : undefined
}

function remoteOf(config: string): string | undefined {
  const [, url] = /\[remote "origin"\][^[]*?\burl\s*=\s*"?([^\s"]+)/.exec(config) ?? []
  return url?.includes('://') === true ? withoutSecrets(url) : url
}

/** User, password and query may hold a token. What is no address once they are gone held more than they. */
function withoutSecrets(url: string): string | undefined {
  const bare = url.replace(/^([\w+.-]+:\/\/)[^/?#]*@/, '$1').replace(/[?#].*$/, '')
  return URL.canParse(bare) ? bare : undefined
}

const small = (path: string) => smallFile(path, { most: MOST_BYTES, links: true })
