// Palo Alto's URL and traffic logs as its cloud forwards them: a JSON object a line, its members in either spelling, a word
// either plain or held in `value`.
import { jsonObject, lowerKeys } from '../cells.ts'
import { countOf, defineTrafficReader, hostOf, placeOf, saidOf, timeOf, type Line } from '../flow.ts'

type Fields = Readonly<Record<string, string>>

function fieldsOf(line: string): Fields | undefined {
  const object = jsonObject(line)
  if (object === undefined) return undefined
  const plain = Object.entries(object).map(([name, value]): [string, unknown] => {
    const held = typeof value === 'object' && value !== null && 'value' in value ? value.value : value
    return [name.replaceAll('_', ''), held]
  })
  return lowerKeys(Object.fromEntries(plain))
}

const sourceOf = (fields: Fields) => fields['sourceaddress'] ?? fields['sourceip']
const isCortex = (fields: Fields | undefined): boolean =>
  fields !== undefined &&
  'logtype' in fields &&
  ('subtype' in fields || 'logsubtype' in fields) &&
  sourceOf(fields) !== undefined

export const cortex = defineTrafficReader({
  id: 'cortex',
  title: 'Palo Alto URL and traffic log as JSON',
  recognises: (lines) => lines.some((line) => isCortex(fieldsOf(line))),
  open: () => read,
})

function read(line: string): Line {
  const fields = fieldsOf(line)
  if (fields === undefined) return 'unread'
  const isTraffic = /^traffic$/i.test(fields['logtype'] ?? '')
  // A session is told when it begins and again when it ends; bytes are those of the end.
  if (isTraffic && !/^end$/i.test(fields['subtype'] ?? fields['logsubtype'] ?? '')) return 'passed'
  const place = placeOf(fields['url'] ?? fields['uri'] ?? '')
  const host = place?.host ?? hostOf(fields['urldomain'])
  const address = fields['destinationaddress'] ?? fields['destinationip'] ?? fields['destip']
  if (host === undefined && (!isTraffic || address === undefined)) return 'passed'
  return {
    flow: {
      at: timeOf(fields['timegenerated'] ?? fields['timereceived'] ?? fields['logtime']),
      source: sourceOf(fields) ?? '',
      user: saidOf(fields['sourceuser']),
      department: undefined,
      host: host ?? address ?? '',
      path: place?.path,
      sent: countOf(fields['bytessent']),
      received: countOf(fields['bytesreceived']),
      blocked: /block|deny|drop|reset/i.test(fields['action'] ?? ''),
      seen: host === undefined ? 'address' : 'http',
    },
  }
}
