// Logs of tests, observed with a little knowledge of hosts.
import { createObserver, type Observed } from './observe.ts'

/** A small stand-in for the knowledge of hosts: whole names, and a path where a host is shared. */
const serviceOf = (host: string, path: string | undefined): string | undefined => {
  if (host === 'api.openai.com' || host === 'chatgpt.com') return 'openai'
  if (host === 'api.anthropic.com') return 'anthropic'
  if (host === 'shared.example' && path?.startsWith('/ai/')) return 'example'
  return undefined
}

export async function observe(...files: string[][]): Promise<Observed> {
  const observer = createObserver(serviceOf)
  for (const [i, lines] of files.entries()) await observer.read(`log-${i}`, each(lines))
  return observer.result()
}

async function* each(lines: readonly string[]) {
  yield* lines
}

export const zeekHead = (fields: string) => ['#separator \\x09', `#fields\t${fields.replaceAll(' ', '\t')}`]
export const tabs = (text: string) => text.replaceAll(' | ', '\t')
