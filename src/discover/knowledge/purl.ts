// Package URLs, as BOMs and databases of vulnerabilities name a package: each ecosystem folds names in its own way.
import type { Ecosystem } from './packages.ts'

const TYPES: Readonly<Record<Ecosystem, string>> = {
  pypi: 'pypi',
  npm: 'npm',
  golang: 'golang',
  maven: 'maven',
  nuget: 'nuget',
  cargo: 'cargo',
  gem: 'gem',
  composer: 'composer',
  'github-actions': 'githubactions',
}

const FOLDED: Readonly<Partial<Record<Ecosystem, (name: string) => string>>> = {
  pypi: (name) => name.toLowerCase().replaceAll(/[-_.]+/g, '-'),
  golang: (name) => name.toLowerCase(),
  composer: (name) => name.toLowerCase(),
  maven: (name) => name.replace(':', '/'),
}

export function purlOf(ecosystem: Ecosystem, name: string, version?: string): string {
  const path = (FOLDED[ecosystem]?.(name) ?? name)
    .split('/')
    .map((part) => encodeURIComponent(part))
    .join('/')
  return `pkg:${TYPES[ecosystem]}/${path}${version === undefined ? '' : `@${encodeURIComponent(version)}`}`
}

/** One version, where a manifest says one: elsewhere it is a range, and only a lock file knows. */
export function exactVersion(ecosystem: Ecosystem, said: string | undefined): string | undefined {
  const [, pypi] = ecosystem === 'pypi' ? (/^===?\s*([^\s,*]+)$/.exec(said?.trim() ?? '') ?? []) : []
  if (pypi !== undefined) return pypi
  if (/^(?:pypi|cargo|gem|composer)$/.test(ecosystem)) return undefined
  return /^v?\d+\.\d+[\w.+-]*$/.test(said ?? '') && !/[x*]$/.test(said ?? '') ? said : undefined
}
