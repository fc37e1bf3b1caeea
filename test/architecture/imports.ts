// Who may import whom.
import { defineRule } from './rule.ts'
import type { Source, Tree } from './tree.ts'

const VERBS = [
  'discover',
  'register',
  'derive',
  'govern',
  'enforce',
  'record',
  'attack',
  'prove',
  'respond',
  'privacy',
  'admit',
]
const FLOORS = [['lib'], ['model'], ['catalog'], ['detect'], VERBS, ['store'], ['app'], ['server'], ['cli']]

const isProduct = ({ path, isTest }: Source) => path.startsWith('src/') && !isTest
const room = (path: string) => (path.startsWith('src/') ? (path.split('/')[1] ?? '') : '')
const floor = (path: string) => FLOORS.findIndex((rooms) => rooms.includes(room(path)))

const direction = defineRule({
  title: 'src imports downwards only, and one verb never another',
  check: ({ sources }) =>
    sources.filter(isProduct).flatMap(({ path, imports }) => {
      if (floor(path) < 0) return [`${path}: "${room(path)}" is no room of the house`]
      return imports.flatMap(({ target }) => {
        if (target === undefined || room(target) === room(path) || target === 'package.json') return []
        if (floor(target) < 0) return [`${path}: imports ${target}, which is outside the house`]
        return floor(target) < floor(path) ? [] : [`${path}: may not import ${target}`]
      })
    }),
  broken: [
    { 'src/lib/a.ts': `import { b } from '../model/b.ts'`, 'src/model/b.ts': 'export const b = 1' },
    { 'src/prove/a.ts': `import type { B } from '../admit/b.ts'`, 'src/admit/b.ts': 'export type B = 1' },
    { 'src/model/a.ts': `export * from '../server/b.ts'`, 'src/server/b.ts': '' },
    { 'src/store/a.ts': `const b = await import('../app/b.ts')`, 'src/app/b.ts': '' },
    { 'src/store/a.ts': `export type B = import('../app/b.ts').B`, 'src/app/b.ts': '' },
    { 'src/lib/a.ts': `import { b } from '../../test/b.ts'`, 'test/b.ts': 'export const b = 1' },
    { 'src/utils/a.ts': 'export const a = 1' },
  ],
})

const noCycles = defineRule({
  title: 'no file imports itself by way of others, types included; what is fetched late does not count',
  check: (tree) => cycles(tree),
  broken: [
    { 'src/lib/a.ts': `import { b } from './b.ts'`, 'src/lib/b.ts': `import { a } from './a.ts'` },
    {
      'console/a.tsx': `import { b } from './b.ts'`,
      'console/b.ts': `export * from './c.ts'`,
      'console/c.ts': `import type { A } from './a.tsx'`,
    },
  ],
})

function cycles({ sources }: Tree): string[] {
  const byPath = new Map(sources.map((source) => [source.path, source]))
  const done = new Set<string>()
  const found: string[] = []
  const visit = (path: string, trail: readonly string[]) => {
    const at = trail.indexOf(path)
    if (at >= 0) found.push(`${path}: ${[...trail.slice(at), path].join(' → ')}`)
    if (at >= 0 || done.has(path)) return
    for (const { target, late } of byPath.get(path)?.imports ?? []) if (target && !late) visit(target, [...trail, path])
    done.add(path)
  }
  for (const { path } of sources) visit(path, [])
  return found
}

const everyImportExists = defineRule({
  title: 'every relative import names a file of the tree by its whole name',
  check: (tree) =>
    tree.sources.flatMap(({ path, imports }) =>
      imports
        .filter(({ from, target }) => target && !from.includes('?') && (!tree.has(target) || !/\.\w+$/.test(from)))
        .map(({ from }) => `${path}: imports ${from}`),
    ),
  broken: [
    { 'src/lib/a.ts': `import { b } from './gone.ts'` },
    { 'src/lib/a.ts': `import { b } from './b'`, 'src/lib/b.ts': 'export const b = 1' },
  ],
})

const consoleTypesOnly = defineRule({
  title: 'the console takes nothing but types from src',
  check: ({ sources }) =>
    sources
      .filter(({ path, isTest }) => path.startsWith('console/') && !isTest)
      .flatMap(({ path, imports }) =>
        imports
          .filter(({ target, typeOnly }) => target?.startsWith('src/') && !typeOnly)
          .map(({ target }) => `${path}: imports ${target} with its code`),
      ),
  broken: [
    { 'console/a.ts': `import { roles } from '../src/model/role.ts'`, 'src/model/role.ts': 'export const roles = []' },
    { 'console/a.ts': `import { type A, b } from '../src/model/b.ts'`, 'src/model/b.ts': '' },
    { 'console/a.ts': `import '../src/model/b.ts'`, 'src/model/b.ts': '' },
  ],
})

const VERIFIER = /^src\/prove\/(verify\.ts$|verify\/)/

const verifierStandsAlone = defineRule({
  title: 'prove/verify.ts and the parts in prove/verify/ need nothing but Node and each other',
  check: ({ sources }) =>
    sources
      .filter(({ path, isTest }) => VERIFIER.test(path) && !isTest)
      .flatMap(({ path, imports }) =>
        imports
          .filter(({ from, target }) => !from.startsWith('node:') && !VERIFIER.test(target ?? ''))
          .map(({ from }) => `${path}: imports ${from}`),
      ),
  broken: [
    { 'src/prove/verify.ts': `import { z } from 'zod'` },
    { 'src/prove/verify.ts': `import type { A } from './tree.ts'`, 'src/prove/tree.ts': '' },
    { 'src/prove/verify/a.ts': `import { a } from '../leaf.ts'`, 'src/prove/leaf.ts': '' },
  ],
})

export const importRules = [direction, noCycles, everyImportExists, consoleTypesOnly, verifierStandsAlone]
