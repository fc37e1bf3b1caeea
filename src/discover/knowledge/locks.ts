// How lock files of all ecosystems write a package. Most have a line with its name and one with its version below it, the
// rest have both in one line; that is all that is needed to read them.
import type { Ecosystem } from './packages.ts'

interface LockFormat {
  file: RegExp
  ecosystem: Ecosystem
  /** A line that begins a package; the version may stand in it. */
  name: RegExp
  /** The version, in a line of its own. */
  version?: RegExp
  /** A line of the package that says that only tests and tools need it. */
  development?: RegExp
  /** A line of the package that says that the project itself asked for it. */
  direct?: RegExp
}

const LOCKS: readonly LockFormat[] = [
  {
    file: /^(?:package-lock|npm-shrinkwrap)\.json$/,
    ecosystem: 'npm',
    name: /^\s*"(?:[^"]*node_modules\/)?(?<name>@[\w.-]+\/[\w.-]+|[\w.-]+)": \{/,
    version: /^\s*"version": "(?<version>\d[^"]*)"/,
    development: /^\s*"dev": true/,
  },
  {
    file: /^pnpm-lock\.yaml$/,
    ecosystem: 'npm',
    name: /^ {2}['"]?\/?(?<name>@[\w.-]+\/[\w.-]+|[\w.-]+)[@/](?<version>\d[^\s'"(:_]*)/,
    development: /^ {4}dev: true/,
  },
  {
    file: /^yarn\.lock$/,
    ecosystem: 'npm',
    name: /^"?(?<name>@[\w.-]+\/[\w.-]+|[\w.-]+)@/,
    version: /^ {2}version:? "?(?<version>\d[^\s"]*)"?/,
  },
  {
    file: /^bun\.lock$/,
    ecosystem: 'npm',
    name: /^\s*"[^"]+": \["(?<name>@[\w.-]+\/[\w.-]+|[\w.-]+)@(?<version>\d[^"]*)"/,
  },
  {
    file: /^(?:poetry|uv|pdm|pylock[\w.-]*)\.(?:lock|toml)$/,
    ecosystem: 'pypi',
    name: /^name = "(?<name>[\w.-]+)"/,
    version: /^version = "(?<version>[^"]+)"/,
    development: /^(?:category = "dev"|groups = \["(?:dev|test|tests|lint|docs)"\])/,
  },
  {
    file: /^Pipfile\.lock$/,
    ecosystem: 'pypi',
    name: /^\s*"(?<name>[\w.-]+)": \{/,
    version: /^\s*"version": "==(?<version>[^"]+)"/,
    direct: /^\s*"index":/,
  },
  {
    file: /^Cargo\.lock$/,
    ecosystem: 'cargo',
    name: /^name = "(?<name>[\w-]+)"/,
    version: /^version = "(?<version>[^"]+)"/,
  },
  {
    file: /^go\.sum$/,
    ecosystem: 'golang',
    name: /^(?<name>[\w./-]+) (?<version>v[^\s/]+) h1:/,
  },
  {
    file: /^Gemfile\.lock$/,
    ecosystem: 'gem',
    name: /^ {4}(?<name>[\w-]+) \((?<version>\d[^)]*)\)/,
  },
  {
    file: /^composer\.lock$/,
    ecosystem: 'composer',
    name: /^\s*"name": "(?<name>[\w.-]+\/[\w.-]+)"/,
    version: /^\s*"version": "(?<version>v?\d[^"]*)"/,
  },
  {
    file: /^(?:gradle|buildscript-gradle)\.lockfile$/,
    ecosystem: 'maven',
    name: /^(?<name>[\w.-]+:[\w.-]+):(?<version>[^=\s]+)=/,
  },
  {
    file: /^packages\.lock\.json$/,
    ecosystem: 'nuget',
    name: /^\s*"(?<name>[A-Za-z][\w.-]*)": \{/,
    version: /^\s*"resolved": "(?<version>\d[^"]*)"/,
    direct: /^\s*"type": "Direct"/,
  },
]

/** The format of a file, by its name. */
export function lockFormatOf(file: string): LockFormat | undefined {
  const base = file.slice(file.lastIndexOf('/') + 1)
  return LOCKS.find((format) => format.file.test(base))
}
