// JavaScript that a browser must fetch before the first screen stands: the entry, what it imports, and the screen.
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { defineBench, limited } from '../bench.ts'

const OUT = 'dist/console'
const LIMIT_KB = 250
const FIRST_SCREENS = ['screens/session/sign-in.tsx', 'screens/session/welcome.tsx', 'screens/home/home.tsx']

type Manifest = Record<string, { file: string; imports?: string[]; isEntry?: boolean }>

export const bench = defineBench({
  title: 'JavaScript of the first screen',
  async run() {
    const manifest = JSON.parse(readFileSync(`${OUT}/.vite/manifest.json`, 'utf8')) as Manifest
    const entries = Object.keys(manifest).filter((key) => manifest[key]?.isEntry)
    return FIRST_SCREENS.map((screen) => {
      if (!manifest[screen]) throw new Error(`the console has no ${screen}`)
      const files = new Set<string>()
      for (const key of [...entries, screen]) collect(manifest, key, files)
      const bytes = [...files, 'theme.js'].reduce((sum, file) => sum + compressed(file), 0)
      const name = screen.replace(/^.*\/|\.tsx$/g, '')
      return limited(`JavaScript before the screen ${name}, gzip`, bytes / 1000, LIMIT_KB, 'kB')
    })
  },
})

function collect(manifest: Manifest, key: string, files: Set<string>) {
  const chunk = manifest[key]
  if (!chunk || files.has(chunk.file)) return
  files.add(chunk.file)
  for (const imported of chunk.imports ?? []) collect(manifest, imported, files)
}

const compressed = (file: string) => gzipSync(readFileSync(`${OUT}/${file}`), { level: 9 }).length
