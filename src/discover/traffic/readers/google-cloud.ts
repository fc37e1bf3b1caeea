// Google Cloud's logs of flows in a network and of its DNS, a JSON object a line, as a sink or the console exports them.
import { jsonObject, lowerKeys } from '../cells.ts'
import { countOf, defineTrafficReader, questionOf, saidOf, timeOf, UNSAID, type Line } from '../flow.ts'

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

function asked(payload: Readonly<Record<string, unknown>>, at: number | undefined): Line | undefined {
  const { queryname, sourceip = '', rdata = '', responsecode } = lowerKeys(payload)
  if (queryname === undefined) return undefined
  const addresses = [...rdata.matchAll(/\bIN\s+A{1,4}\s+([\da-f.:]+)/gi)].flatMap(([, address]) => address ?? [])
  return questionOf({ at, source: sourceip, name: queryname, code: responsecode, addresses })
}

/** Both ends may report what was sent; the one that sent it counts. */
function flowed(payload: Readonly<Record<string, unknown>>, at: number | undefined): Line {
  const { src_ip: source, dest_ip: host } = lowerKeys(inner(payload, 'connection'))
  if (source === undefined || host === undefined) return 'passed'
  const { bytes_sent: sent, start_time: start, reporter } = lowerKeys(payload)
  if (reporter === 'DEST' && 'src_instance' in payload) return 'passed'
  return {
    flow: {
      ...UNSAID,
      at: timeOf(start) ?? at,
      source: saidOf(source) ?? '',
      host,
      sent: countOf(sent),
      blocked: false,
      seen: 'address',
    },
  }
}
