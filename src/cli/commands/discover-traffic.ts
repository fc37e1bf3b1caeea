// `parapet discover traffic FILE…`: which AI the logs of proxies, firewalls and name servers show in use, beside what is
// declared and allowed. Reads a file line by line, however long it is.
import { readFile } from 'node:fs/promises'
import type { ShadowProvider } from '../../discover/traffic/shadow.ts'
import { counted } from '../../lib/counted.ts'
import { Failure } from '../../lib/failure.ts'
import { suggest } from '../../lib/suggest.ts'
import { EXIT } from '../fail.ts'
import { fit, oneLine, pad, paint, safeJson } from '../show/text.ts'
import { defineVerb, JSON_FLAG, textFlag } from '../verb.ts'
import { submit, SUBMIT_FLAGS } from './submit.ts'

export const discoverTraffic = defineVerb({
  name: 'discover traffic',
  about: 'Says which AI providers logs show in use, by whom, and which of them nobody declared or allowed',
  arguments: [
    { name: 'file', about: 'logs of Squid, Zscaler, Palo Alto, Cloudflare, VPC flow, CoreDNS or Zeek', many: true },
  ],
  flags: () => [
    { name: 'declared', value: 'file', about: 'what `parapet discover --json` said of the sources' },
    { name: 'sanctioned', value: 'providers', about: 'those that are allowed, joined by commas' },
    JSON_FLAG,
    ...SUBMIT_FLAGS,
  ],
  async run(call) {
    const [{ createObserver }, { isShadow, shadowAi }, { HOSTS, providerOfHost }, { linesOf }] = await Promise.all([
      import('../../discover/traffic/observe.ts'),
      import('../../discover/traffic/shadow.ts'),
      import('../../discover/knowledge/hosts.ts'),
      import('../../discover/traffic/log-lines.ts'),
    ])
    const known = new Set(HOSTS.map(({ provider }) => provider))
    const sanctioned = listIn(textFlag(call, 'sanctioned'), known)
    const providers = await declaredIn(textFlag(call, 'declared'))
    const observer = createObserver((host, path) => providerOfHost(host, path)?.provider)
    for (const file of call.args) await observer.read(file, linesOf(file))
    const observed = observer.result()
    const found = shadowAi(observed, { providers, sanctioned })
    const shadows = found.filter(isShadow)
    const { logs, dropped } = observed
    const { io, flags } = call
    if (flags['json']) {
      io.out(`${safeJson({ providers: found, shadow: shadows.map(({ provider }) => provider), logs, dropped }, 2)}\n`)
    } else {
      const ink = paint(io.colour)
      for (const one of found)
        io.out(`${fit(lineOf(one, isShadow(one) ? ink.red('shadow') : one.standing), io.width)}\n`)
      io.out(`${counted(found.length, 'provider')}, ${shadows.length} of them neither declared nor allowed\n`)
    }
    for (const { file, format, unread, lines } of logs) {
      if (format === undefined) io.err(`${oneLine(file)}: no format that is known\n`)
      else if (unread > 0) io.err(`${oneLine(file)}: ${unread} of ${lines} lines could not be read as ${format}\n`)
    }
    if (flags['submit'] === true) await submit(call, call.args[0] ?? 'traffic', { traffic: observed })
    if (dropped > 0) io.err(`${dropped} more were too many to be kept apart\n`)
    if (logs.some(({ format }) => format === undefined)) return EXIT.failed
    return shadows.length > 0 ? EXIT.findings : EXIT.good
  },
})

function lineOf({ provider, users, hosts, calls, sent }: ShadowProvider, standing: string): string {
  const bytes = sent === undefined ? '' : `, ${sent} bytes sent`
  const what =
    calls === 0
      ? 'not seen'
      : `${counted(users, 'user')}, ${counted(calls, 'call')}${bytes}: ${hosts.slice(0, 3).join(', ')}`
  return `${pad(standing, 10)}${pad(provider, 24)}${oneLine(what)}`
}

function listIn(text: string | undefined, known: ReadonlySet<string>): string[] | undefined {
  if (text === undefined) return undefined
  const names = text.split(',').flatMap((name) => name.trim() || [])
  for (const name of names) {
    if (known.has(name)) continue
    const near = suggest(name, known)
    throw new Failure('input_invalid', `--sanctioned: no provider ${name.slice(0, 100)} is known`, {
      hint: near ? `did you mean "${near}"?` : 'take the names that `parapet discover traffic` prints',
    })
  }
  return names
}

async function declaredIn(file: string | undefined): Promise<string[]> {
  if (file === undefined) return []
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new Failure('input_invalid', `${file} cannot be read`, { cause })
  })
  let said: unknown
  try {
    said = JSON.parse(text)
  } catch (cause) {
    throw new Failure('input_invalid', `${file} is no JSON`, { cause, hint: 'make it with parapet discover --json' })
  }
  const items: unknown = typeof said === 'object' && said !== null && 'providers' in said ? said.providers : undefined
  if (!Array.isArray(items)) {
    throw new Failure('input_invalid', `${file} says nothing of providers`, {
      hint: 'make it with parapet discover --json',
    })
  }
  return items.flatMap((item: unknown) =>
    typeof item === 'object' && item !== null && 'name' in item && typeof item.name === 'string' ? [item.name] : [],
  )
}
