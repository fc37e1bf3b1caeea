// `dist/detect.d.ts`: the types of `parapet/detect` in one file, as its code is. The compiler writes a declaration for each
// source; those that the entry reaches are put together, which works because no two of them declare the same name.
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'

const ENTRY = 'src/detect/main.ts'
const WORK = '.cache/detect-types'

export async function bundleDeclarations(to = 'dist/detect.d.ts'): Promise<string> {
  compile()
  const main = join(WORK, relative('src', ENTRY)).replace(/\.ts$/, '.d.ts')
  const parts = reachable(main).filter((path) => path !== main)
  const names = parts.flatMap((path) => namesIn(readFileSync(path, 'utf8')))
  const twice = names.find((name, i) => names.indexOf(name) !== i)
  if (twice !== undefined) throw new Error(`two files behind ${ENTRY} declare ${twice}`)
  const bodies = parts.map((path) => bare(readFileSync(path, 'utf8')))
  const text = `// The types of parapet/detect.\n\n${bodies.join('\n')}\n${exportsOf(readFileSync(main, 'utf8'))}\n`
  mkdirSync(dirname(to), { recursive: true })
  writeFileSync(to, text)
  return `${parts.length} files, ${Math.ceil(text.length / 1000)} kB`
}

function compile(): void {
  rmSync(WORK, { recursive: true, force: true })
  mkdirSync(WORK, { recursive: true })
  const options = {
    noEmit: false,
    declaration: true,
    emitDeclarationOnly: true,
    incremental: false,
    tsBuildInfoFile: null,
    rootDir: resolve('src'),
    outDir: resolve(WORK),
  }
  const project = { extends: resolve('tsconfig.json'), files: [resolve(ENTRY)], include: [], compilerOptions: options }
  writeFileSync(join(WORK, 'tsconfig.json'), JSON.stringify(project))
  execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', join(WORK, 'tsconfig.json')])
}

const FROM = /^(?:import|export) (?:type )?\{[^}]*\} from '(?<from>[^']+)';\n/gm

/** What is imported comes before who imports it. */
function reachable(path: string, seen = new Set<string>()): string[] {
  const before: string[] = []
  seen.add(path)
  for (const { groups } of readFileSync(path, 'utf8').matchAll(FROM)) {
    const from = groups?.['from'] ?? ''
    if (!from.startsWith('.')) throw new Error(`${path} takes types from ${from}: they cannot go into one file`)
    const target = join(dirname(path), from.replace(/\.ts$/, '.d.ts'))
    if (!seen.has(target)) before.push(...reachable(target, seen))
  }
  return [...before, path]
}

function bare(text: string): string {
  return text
    .replaceAll(FROM, '')
    .replaceAll(/^export \{\};\n/gm, '')
    .replaceAll(/^export /gm, '')
    .replaceAll(/^(?=(?:const|function|class) )/gm, 'declare ')
}

function namesIn(text: string): string[] {
  const declared = /^(?:export )?(?:declare )?(?:abstract )?(?:const|function|class|interface|type) (?<name>\w+)/gm
  return Array.from(text.matchAll(declared), ({ groups }) => groups?.['name'] ?? '')
}

function exportsOf(text: string): string {
  const lists = [...text.matchAll(/^export (?<type>type )?\{(?<names>[^}]*)\}/gm)]
  const names = lists.flatMap(({ groups }) =>
    (groups?.['names'] ?? '').split(',').map((name) => `${groups?.['type'] ?? ''}${name.trim()}`),
  )
  return `export { ${names.toSorted().join(', ')} }`
}
