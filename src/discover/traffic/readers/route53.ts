// Amazon's Route 53 Resolver query log, a JSON object a line: who in a network asked for which name, and what it stands for.
import { jsonObject, lowerKeys } from '../cells.ts'
import { defineTrafficReader, questionOf, saidOf, timeOf, type Line } from '../flow.ts'

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
  const { answers, srcids } = object
  const { instance } = lowerKeys(typeof srcids === 'object' && srcids !== null ? srcids : {})
  return questionOf({
    at: timeOf(fields['query_timestamp']),
    source: saidOf(fields['srcaddr']) ?? instance ?? '',
    name: fields['query_name'],
    code: fields['rcode'],
    isBlocked: /block/i.test(fields['firewall_rule_action'] ?? ''),
    addresses: Array.isArray(answers) ? answers.flatMap(addressOf) : [],
  })
}

function addressOf(answer: unknown): string[] {
  const { rdata = '', type = '' } = lowerKeys(typeof answer === 'object' && answer !== null ? answer : {})
  return /^A{1,4}$/.test(type) ? [rdata] : []
}
