// Where a module could stand that a file imports, by the customs of each language.
import type { Unit } from '../syntax/expr.ts'

/** Folders that an import of Go may mean: below the module that a manifest names, then by the end alone, the longest first. */
export function goFolders(module: string, called: ReadonlyMap<string, string>): string[] {
  const all = module.split('/')
  const below = [...called].flatMap(([folder, name]) => {
    const at = all.lastIndexOf(name)
    const path = at < 1 ? [] : all.slice(at + 1).filter((part, nth) => nth > 0 || !/^v\d+$/.test(part))
    return at < 1 ? [] : [folder + path.map((part) => `${part}/`).join('')]
  })
  const parts = all.slice(-4)
  return [...below, ...parts.slice(0, -1).map((_, at) => `${parts.slice(at).join('/')}/`)]
}

/** Folders that a namespace of .NET may mean: customs are that it begins with the project and goes on with its folders. */
export function sharpFolders(module: string): string[] {
  const all = module.split('.').slice(-MOST_WORDS)
  return all.map((_, at) => `${all.slice(at).join('/')}/`)
}
const MOST_WORDS = 6

const SCRIPTS = ['.ts', '.tsx', '.js', '.jsx', '.mts', '.mjs', '/index.ts', '/index.tsx', '/index.js']

/** Paths at which a module could stand, seen from the file that imports it. */
export function candidates(unit: Unit, module: string): string[] {
  const folders = unit.file.split('/').slice(0, -1)
  if (unit.language === 'python') {
    const dots = /^\.*/.exec(module)?.[0].length ?? 0
    const path = module
      .slice(dots)
      .split('.')
      .filter((part) => part !== '')
    const bases =
      dots > 0
        ? [folders.slice(0, folders.length - dots + 1)]
        : folders.map((_, at) => folders.slice(0, folders.length - at)).concat([[], ['src']])
    return bases.flatMap((base) => {
      const full = base.concat(path).join('/')
      const above = base.concat(path.slice(0, -1)).join('/')
      const files = [`${full}.py`, `${full}/__init__.py`]
      return path.length > 1 ? files.concat(`${above}.py`) : files
    })
  }
  if (unit.language === 'typescript' || unit.language === 'tsx') {
    const bases: string[][] = []
    let path = module
    if (module.startsWith('.')) bases.push(folders)
    else if (/^[@~#]\//.test(module)) {
      // An alias of the project's own root, wherever that is above the file.
      path = module.slice(2)
      for (let at = folders.length; at >= 0; at--) bases.push(folders.slice(0, at), [...folders.slice(0, at), 'src'])
    } else return []
    return bases.flatMap((base) => {
      const parts = base.slice()
      for (const part of path.split('/')) {
        if (part === '..') parts.pop()
        else if (part !== '.' && part !== '') parts.push(part)
      }
      const full = parts.join('/')
      const bare = full.replace(/\.[cm]?jsx?$/, '')
      return [full].concat(SCRIPTS.map((end) => bare + end))
    })
  }
  if (unit.language === 'rust') return crate(folders, unit.file, module)
  if (unit.language === 'java' || unit.language === 'kotlin') return packaged(folders, module)
  return unit.language === 'php' ? autoloaded(folders, module) : []
}

/** `crate::config::MODEL` and `super::config`: the last word may be a name of the module before it. */
function crate(folders: readonly string[], file: string, module: string): string[] {
  const [first = '', ...path] = module.split('.')
  const own = /(?:^|\/)(?:mod|lib|main)\.rs$/.test(file)
    ? folders
    : [...folders, file.slice(file.lastIndexOf('/') + 1, -3)]
  const base =
    first === 'crate'
      ? folders.slice(0, folders.lastIndexOf('src') + 1)
      : first === 'self'
        ? own
        : first === 'super'
          ? own.slice(0, -1)
          : folders
  // A module that stands beside the file: `mod common; use common::names`.
  if (base === folders && first !== 'crate' && first !== 'self') path.unshift(first)
  return [path, path.slice(0, -1)].flatMap((words) => {
    const full = base.concat(words).join('/')
    return words.length === 0 ? [] : [`${full}.rs`, `${full}/mod.rs`]
  })
}

/** Packages of the JVM lie in folders of their names; the last word may be a member of the class before it. */
function packaged(folders: readonly string[], module: string): string[] {
  const path = module.split('.')
  const at = folders.indexOf(path[0] ?? '')
  if (at < 0) return []
  return [path, path.slice(0, -1)].flatMap((words) => {
    const full = folders.slice(0, at).concat(words).join('/')
    return [`${full}.java`, `${full}.kt`]
  })
}

/** Classes of PHP lie in folders of their names, below one that stands for the first words. */
function autoloaded(folders: readonly string[], module: string): string[] {
  const path = module.split('.')
  return [1, 2].flatMap((cut) =>
    path.length <= cut
      ? []
      : folders.map(
          (_, at) =>
            `${folders
              .slice(0, at + 1)
              .concat(path.slice(cut))
              .join('/')}.php`,
        ),
  )
}
