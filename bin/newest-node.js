// Finds the newest Node at hand: the one that runs now, or the one that the project brought along.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export function newestNode(root) {
  const brought = join(root, 'node_modules', `node-${process.platform}-${process.arch}`)
  const binary = join(brought, 'bin', 'node')
  if (!existsSync(binary)) return process.execPath
  const { version } = JSON.parse(readFileSync(join(brought, 'package.json'), 'utf8'))
  return isOlder(process.versions.node, version) ? binary : process.execPath
}

export function isOlder(version, than) {
  const [a, b] = [version, than].map((text) => text.split('.').map(Number))
  const i = a.findIndex((part, at) => part !== b[at])
  return i >= 0 && a[i] < b[i]
}
