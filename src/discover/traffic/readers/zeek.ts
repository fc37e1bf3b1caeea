// Zeek's dns, http, ssl and conn logs, as tab-separated values under a heading or as JSON. Bytes stand in conn.log only;
// there the host is an address, which a handshake with it gives a name.
import { jsonObject, lowerKeys } from '../cells.ts'
import { countOf, defineTrafficReader, type Flow, hostOf, saidOf, timeOf, UNSAID, type Line } from '../flow.ts'

const UNSET = '-'
const JSON_MARKS = ['id.orig_h', 'id_orig_h']

/** Written as itself or as its number. */
function separator(text: string): string {
  const [, code] = /^\\x([0-9a-f]{2})$/i.exec(text) ?? []
  return code === undefined ? text : String.fromCharCode(Number.parseInt(code, 16))
}

export const zeek = defineTrafficReader({
  id: 'zeek',
  title: 'Zeek dns, http, ssl and conn logs',
  recognises: (lines) =>
    lines.some((line) => line.startsWith('#separator') || line.startsWith('#fields\t')) ||
    lines.some((line) => isZeek(jsonObject(line))),
  open() {
    let names: string[] = []
    let between = '\t'
    return (line) => {
      if (line.startsWith('#separator ')) between = separator(line.slice('#separator '.length))
      if (line.startsWith('#fields')) names = line.split(between).slice(1)
      if (line.startsWith('#')) return 'passed'
      const json = jsonObject(line)
      if (json !== undefined) return read(listsAsText(json))
      const cells = line.split(between)
      if (names.length === 0 || cells.length < names.length) return 'unread'
      return read(Object.fromEntries(names.map((name, i) => [name, cells[i] ?? UNSET])))
    }
  },
})

function isZeek(object: Readonly<Record<string, unknown>> | undefined): boolean {
  if (object === undefined) return false
  const { id } = object
  return JSON_MARKS.some((mark) => mark in object) || (typeof id === 'object' && id !== null && 'orig_h' in id)
}

function listsAsText(object: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  const { answers, id, ...rest } = object
  const plain = Object.entries(lowerKeys(rest)).map(([name, value]) => [name.replace(/^id_/, 'id.'), value])
  const nested = typeof id === 'object' && id !== null ? Object.entries(lowerKeys(id)) : []
  return {
    ...Object.fromEntries(nested.map(([name, value]) => [`id.${name}`, value])),
    ...(Object.fromEntries(plain) as Record<string, string>),
    ...(Array.isArray(answers) && { answers: answers.join(',') }),
  }
}

function read(fields: Readonly<Record<string, string>>): Line {
  const field = (name: string) => (fields[name] === UNSET ? undefined : fields[name])
  const source = field('id.orig_h')
  if (source === undefined) return 'unread'
  const shared = {
    ...UNSAID,
    at: timeOf(field('ts')),
    source,
    user: saidOf(field('username')),
    blocked: false,
  }
  const asked = hostOf(field('query'))
  if (asked !== undefined) {
    const addresses = (field('answers') ?? '').split(',').filter((one) => /^[\d.]+$|^[\da-f]*:[\da-f:.]+$/i.test(one))
    return {
      flow: { ...shared, host: asked, seen: 'dns' },
      resolved: addresses.map((address) => ({ address, host: asked })),
    }
  }
  const flow = namedFlow(field, shared) ?? addressFlow(field, shared)
  if (flow === undefined) return 'passed'
  const address = field('id.resp_h')
  const isHandshake = flow.seen === 'sni' && address !== undefined
  return isHandshake ? { flow, resolved: [{ address, host: flow.host }] } : { flow }
}

type Field = (name: string) => string | undefined
type Shared = Omit<Flow, 'host' | 'seen'>

function namedFlow(field: Field, shared: Shared): Flow | undefined {
  const web = hostOf(field('host'))
  if (web !== undefined) {
    const [path] = (field('uri') ?? '').split('?')
    return {
      ...shared,
      host: web,
      path: path === '' ? undefined : path,
      sent: countOf(field('request_body_len')),
      received: countOf(field('response_body_len')),
      seen: 'http',
    }
  }
  const named = hostOf(field('server_name'))
  return named === undefined ? undefined : { ...shared, host: named, seen: 'sni' }
}

function addressFlow(field: Field, shared: Shared): Flow | undefined {
  const address = field('id.resp_h')
  if (address === undefined || field('orig_bytes') === undefined) return undefined
  return {
    ...shared,
    host: address,
    sent: countOf(field('orig_bytes')),
    received: countOf(field('resp_bytes')),
    seen: 'address',
  }
}
