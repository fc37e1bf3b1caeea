// What documents and files may say.
import { posix } from 'node:path'
import { defineRule } from './rule.ts'
import type { Tree } from './tree.ts'

const DOCUMENT = /^([A-Z]+\.md|docs\/.*\.md)$/
const PATH = /^\.?[\w@-][\w.@-]*(\/[\w.@-]+)+\/?$/
const FILE = /\.(ts|tsx|mjs|js|md|py|json|yaml|css)$/
/** Made by the build or at run time, so not in the tree. */
const MADE = /^(dist|node_modules|parapet-data|\.cache)\b/
const OURS = /^(src|console|test|bench|docs|scripts|bin|\.ci)\//

const namedPathsExist = defineRule({
  title: 'every path that a document names exists',
  check: (tree) =>
    tree.sources
      .filter(({ path }) => DOCUMENT.test(path))
      .flatMap(({ path, text }) => {
        const links = linksOf(text).filter((link) => !tree.has(posix.join(posix.dirname(path), link)))
        const names = codeOf(text).filter((word) => namesPath(word, tree) && !exists(word, tree))
        return [links, names].flat().map((word) => `${path}: names ${word}`)
      }),
  broken: [
    { 'README.md': 'See `src/lib/gone.ts`.' },
    { 'docs/adr/0001-a.md': 'The log is in `prove/gone.ts`.', 'src/prove/log.ts': '' },
    { 'AGENTS.md': '[the plan](docs/plan.md)' },
    { 'docs/guide/a.md': '[up](../gone.md#here)' },
  ],
})

function linksOf(text: string): string[] {
  return [...text.matchAll(/\]\((?<to>[^)\s#:]+)(#[^)\s]*)?\)/g)].map(({ groups }) => groups?.['to'] ?? '')
}

function codeOf(text: string): string[] {
  const prose = text.replaceAll(/^```[\s\S]*?^```/gm, '')
  return [...prose.matchAll(/`(?<code>[^`\n]+)`/g)].map(({ groups }) => groups?.['code'] ?? '')
}

function namesPath(word: string, tree: Tree): boolean {
  if (!PATH.test(word) || MADE.test(word) || word.includes('NNNN')) return false
  return OURS.test(word) || (FILE.test(word) && tree.isFolder(`src/${word.split('/')[0] ?? ''}`))
}

function exists(word: string, tree: Tree): boolean {
  const path = word.replace(/\/$/, '')
  return tree.has(path) || tree.has(`src/${path}`)
}

const MACHINE = new RegExp(String.raw`(?<![\w./:-])/(?:work|workspaces?|builds|tmp/\w+_jobs)/[\w.-]`)

const noMachinePaths = defineRule({
  title: 'no file names a folder of the machine it was written on',
  check: ({ sources }) =>
    sources.flatMap(({ path, text }) => {
      const line = text.split('\n').findIndex((one) => MACHINE.test(one) || one.includes(`${process.cwd()}/`))
      return line < 0 ? [] : [`${path}:${line + 1}: names a machine's folder`]
    }),
  broken: [
    { 'docs/a.md': `cd ${['', 'work', 'parapet'].join('/')}` },
    { 'src/lib/a.ts': `const a = '${process.cwd()}/dist'` },
  ],
})

const PUBLIC_REGISTRY = 'https://registry.npmjs.org/'

const noPrivateRegistry = defineRule({
  title: 'packages come from the public registry, whatever mirror wrote the lock file',
  check: ({ sources }) =>
    sources.flatMap(({ path, text }) => {
      if (path === '.npmrc') return /^[^#]*registry\s*=/m.test(text) ? [`${path}: names a registry`] : []
      if (path !== 'package-lock.json') return []
      return [...text.matchAll(/"resolved": "(?<url>[^"]+)"/g)]
        .map(({ groups }) => groups?.['url'] ?? '')
        .filter((url) => !url.startsWith(PUBLIC_REGISTRY))
        .map((url) => `${path}: takes a package from ${new URL(url).host}`)
        .slice(0, 5)
    }),
  broken: [
    { 'package-lock.json': '{ "resolved": "http://mirror.example/zod.tgz" }' },
    { '.npmrc': 'registry=http://mirror.example/' },
  ],
})

export const wordRules = [namedPathsExist, noMachinePaths, noPrivateRegistry]
