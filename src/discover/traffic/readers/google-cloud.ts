// Google Cloud's logs of flows in a network and of its DNS, a JSON object a line, as a sink or the console exports them.
import { jsonObject, lowerKeys } from '../cells.ts'
import { countOf, defineTrafficReader, hostOf, saidOf, timeOf, type Line } from '../flow.ts'

const inner = (object: Readonly<Record<string, unknown>>, name: string): Readonly<Record<string, unknown>> => {
  const held = object[name]
  return typeof held === 'object' && held !== null ? (held as Record<string, unknown>) : {}
}

const payloadOf = (line: string) => {
  const object = jsonObject(line)
  return (
    object && { object, payload: inner(object, object['jsonPayload'] === undefined ? 'json_payload' : 'jsonPayload') }
  )
}

export const googleCloud = defineTrafficReader({
  id: 'google-cloud',
  title: 'Google Cloud VPC flow and DNS log',
  recognises: (lines) =>
    lines.some((line) => {
      const { payload = {} } = payloadOf(line) ?? {}
      return 'connection' in payload || ('queryName' in payload && 'sourceIP' in payload)
    }),
  open: () => (line) => {
    const { object, payload } = payloadOf(line) ?? {}
    if (object === undefined || payload === undefined) return 'unread'
    const at = timeOf(lowerKeys(object)['timestamp'])
    return asked(payload, at) ?? flowed(payload, at)
  },
})

const nobody = { user: undefined, department: undefined, path: undefined, received: undefined }

function asked(payload: Readonly<Record<string, unknown>>, at: number | undefined): Line | undefined {
  const { queryname, sourceip = '', rdata = '', responsecode } = lowerKeys(payload)
  if (queryname === undefined) return undefined
  const host = hostOf(queryname)
  if (host === undefined || responsecode === 'NXDOMAIN') return 'passed'
  const addresses = [...rdata.matchAll(/\bIN\s+A{1,4}\s+([\da-f.:]+)/gi)].flatMap(([, address]) => address ?? [])
  return {
    flow: { ...nobody, at, source: sourceip, host, sent: undefined, blocked: responsecode === 'REFUSED', seen: 'dns' },
    resolved: addresses.map((address) => ({ address, host })),
  }
}

/** Both ends may report what was sent; the one that sent it counts. */
function flowed(payload: Readonly<Record<string, unknown>>, at: number | undefined): Line {
  const { src_ip: source, dest_ip: host } = lowerKeys(inner(payload, 'connection'))
  if (source === undefined || host === undefined) return 'passed'
  const { bytes_sent: sent, start_time: start, reporter } = lowerKeys(payload)
  if (reporter === 'DEST' && 'src_instance' in payload) return 'passed'
  return {
    flow: {
      ...nobody,
      at: timeOf(start) ?? at,
      source: saidOf(source) ?? '',
      host,
      sent: countOf(sent),
      blocked: false,
      seen: 'address',
    },
  }
}
