// Amazon's Route 53 Resolver query log, a JSON object a line: who in a network asked for which name, and what it stands for.
import { jsonObject, lowerKeys } from '../cells.ts'
import { defineTrafficReader, hostOf, saidOf, timeOf, type Line } from '../flow.ts'

const isRoute53 = (line: string): boolean => {
  const object = jsonObject(line)
  return object !== undefined && 'query_name' in object && 'srcaddr' in object
}

export const route53 = defineTrafficReader({
  id: 'route53',
  title: 'Route 53 Resolver query log',
  recognises: (lines) => lines.some(isRoute53),
  open: () => read,
})

function read(line: string): Line {
  const object = jsonObject(line)
  if (object === undefined) return 'unread'
  const fields = lowerKeys(object)
  const host = hostOf(fields['query_name'])
  if (host === undefined || fields['rcode'] === 'NXDOMAIN') return 'passed'
  const { answers, srcids } = object
  const { instance } = lowerKeys(typeof srcids === 'object' && srcids !== null ? srcids : {})
  const addresses = Array.isArray(answers) ? answers.flatMap(addressOf) : []
  return {
    flow: {
      at: timeOf(fields['query_timestamp']),
      source: saidOf(fields['srcaddr']) ?? instance ?? '',
      user: undefined,
      department: undefined,
      host,
      path: undefined,
      sent: undefined,
      received: undefined,
      blocked: /block/i.test(fields['firewall_rule_action'] ?? '') || fields['rcode'] === 'REFUSED',
      seen: 'dns',
    },
    resolved: addresses.map((address) => ({ address, host })),
  }
}

function addressOf(answer: unknown): string[] {
  const { rdata = '', type = '' } = lowerKeys(typeof answer === 'object' && answer !== null ? answer : {})
  return /^A{1,4}$/.test(type) ? [rdata] : []
}
