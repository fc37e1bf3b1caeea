// Cloudflare Gateway's logs of DNS, HTTP and network sessions, a JSON object a line.
import { jsonObject, lowerKeys } from '../cells.ts'
import { countOf, defineTrafficReader, hostOf, placeOf, saidOf, timeOf, type Line } from '../flow.ts'

const MARKS = [
  ['queryname', 'resolverdecision'],
  ['queryname', 'datetime'],
  ['httphost', 'datetime'],
  ['sni', 'datetime'],
  ['sni', 'sessionid'],
  ['originip', 'sessionid'],
  ['destinationip', 'datetime'],
] as const

export const cloudflare = defineTrafficReader({
  id: 'cloudflare',
  title: 'Cloudflare Gateway log',
  recognises: (lines) =>
    lines.some((line) => {
      const object = jsonObject(line)
      const fields = object === undefined ? {} : lowerKeys(object)
      return MARKS.some((names) => names.every((name) => name in fields))
    }),
  open: () => read,
})

function read(line: string): Line {
  const object = jsonObject(line)
  if (object === undefined) return 'unread'
  const fields = lowerKeys(object)
  const place = placeOf(fields['url'])
  const asked = hostOf(fields['queryname'])
  const host = asked ?? hostOf(fields['httphost']) ?? place?.host
  const named = host ?? hostOf(fields['sni']) ?? hostOf(fields['resolvedfqdn'])
  // Where nobody said a name, the address may be one that DNS told of.
  const met = named ?? saidOf(fields['originip'] ?? fields['destinationip'])
  if (met === undefined) return 'passed'
  const flow = {
    at: timeOf(fields['datetime'] ?? fields['sessionstarttime']),
    source: fields['srcip'] ?? fields['sourceip'] ?? fields['clientip'] ?? '',
    user: saidOf(fields['email'] ?? fields['useremail']),
    department: undefined,
    host: met,
    path: place?.path,
    sent: countOf(fields['bytessent'] ?? fields['clienttlsbytes']),
    received: countOf(fields['bytesreceived']),
    blocked: /block|deny/i.test(`${fields['action'] ?? ''} ${fields['resolverdecision'] ?? ''}`),
    seen:
      asked !== undefined
        ? ('dns' as const)
        : host !== undefined
          ? ('http' as const)
          : named !== undefined
            ? ('sni' as const)
            : ('address' as const),
  }
  const addresses = asked === undefined ? [] : addressesIn(object)
  return { flow, resolved: addresses.map((address) => ({ address, host: met })) }
}

function addressesIn(object: Readonly<Record<string, unknown>>): string[] {
  const answers = object['ResolvedIPs'] ?? object['RData'] ?? object['ResourceRecords']
  if (!Array.isArray(answers)) return []
  return answers.flatMap((one: unknown) => {
    const text = typeof one === 'string' ? one : JSON.stringify(one)
    return text.match(/\b(?:\d{1,3}\.){3}\d{1,3}\b/)?.[0] ?? []
  })
}
