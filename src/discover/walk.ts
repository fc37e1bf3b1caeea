// Every file below a folder, in a fixed order. Links are not followed: what they point to inside is met on its own, what
// they point to outside was not asked for. So no loop is possible.
import { readdirSync, realpathSync, statSync, type Dirent } from 'node:fs'
import { join, sep } from 'node:path'
import type { NotScanned } from '../model/discovered.ts'
import { isNamedLikeModel } from './artefacts/named-like-models.ts'
import { readerOf } from './classify.ts'

export interface WalkLimits {
  files: number
  depth: number
}

/** Made by tools, or other people's: what counts of it stands in a manifest. */
const SKIPPED =
  /^(?:node_modules|bower_components|\.git|\.hg|\.svn|\.venv|venv|\.tox|\.nox|__pycache__|site-packages|\.mypy_cache|\.pytest_cache|\.ruff_cache|\.next|\.nuxt|\.svelte-kit|\.turbo|\.terraform|\.gradle|\.idea|\.cache|\.yarn|jspm_packages|Pods|\.dart_tool)$/
/** The same, where a manifest stands beside it. */
const BUILT = /^(?:dist|build|out|target|vendor|bin|obj|coverage)$/
const BUILDS =
  /^(?:package\.json|pyproject\.toml|setup\.py|pom\.xml|build\.gradle(?:\.kts)?|Cargo\.toml|go\.mod|composer\.json|Gemfile|.*\.csproj)$/

/** Whether a folder of that name may be passed over. */
export const isLeftOut = (name: string): boolean => SKIPPED.test(name) || BUILT.test(name)

/** Gives names relative to the root, which must be a folder and no link. */
export function* walk(
  root: string,
  limits: WalkLimits,
  skip: (missed: NotScanned) => void,
  beat: () => void = () => undefined,
): Generator<string> {
  let count = 0
  const stack: { path: string; file: string; depth: number }[] = [{ path: root, file: '', depth: 0 }]
  for (let folder = stack.pop(); folder; folder = stack.pop()) {
    const { path, file, depth } = folder
    beat()
    const entries = list(path, () =>
      skip({ file: file === '' ? '.' : file, reason: 'unreadable', detail: 'the folder cannot be listed' }),
    )
    const made = entries.some(({ name }) => BUILDS.test(name))
    const below: typeof stack = []
    for (const entry of entries) {
      const inner = file === '' ? entry.name : `${file}/${entry.name}`
      if (entry.isSymbolicLink()) {
        const target = join(path, entry.name)
        const isSkipped = SKIPPED.test(entry.name) || (made && BUILT.test(entry.name))
        if ((isLookedFor(inner) || (!isSkipped && isFolder(target))) && outside(target, root))
          skip({ file: inner, reason: 'link_outside', detail: 'the link leads out of the folder' })
      } else if (entry.isDirectory()) {
        if (SKIPPED.test(entry.name) || (made && BUILT.test(entry.name))) continue
        if (depth >= limits.depth)
          skip({ file: inner, reason: 'too_deep', detail: `more than ${limits.depth} folders deep` })
        else below.push({ path: join(path, entry.name), file: inner, depth: depth + 1 })
      } else if (entry.isFile()) {
        count += 1
        if (count > limits.files) {
          skip({
            file: inner,
            reason: 'too_many_files',
            detail: `more than ${limits.files} files; this and all after it`,
          })
          return
        }
        yield inner
      } else if (isLookedFor(inner)) skip({ file: inner, reason: 'unreadable', detail: 'it is no regular file' })
    }
    stack.push(...below.toReversed())
  }
}

const isLookedFor = (file: string): boolean => readerOf(file) !== undefined || isNamedLikeModel(file)

function list(path: string, fail: () => void): Dirent[] {
  try {
    return readdirSync(path, { withFileTypes: true }).toSorted((a, b) => (a.name < b.name ? -1 : 1))
  } catch {
    fail()
    return []
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch {
    return false // it leads nowhere, or round in a circle
  }
}

function outside(path: string, root: string): boolean {
  try {
    const target = realpathSync(path)
    return target !== root && !target.startsWith(root + sep)
  } catch {
    return true
  }
}
