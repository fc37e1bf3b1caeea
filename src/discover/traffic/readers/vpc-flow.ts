// Flow logs of a cloud network: addresses, ports and bytes, no names. With a heading the fields may stand in any order.
import { countOf, defineTrafficReader, timeOf, UNSAID } from '../flow.ts'

const USUAL =
  'version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status'.split(
    ' ',
  )
/** Before each line, where it was taken out of CloudWatch. */
const STAMP = /^\d{4}-\d\d-\d\dT\S+ (?=\d+ \S+ eni-)/
const LINE =
  /^\d+ \S+ eni-\S+ [\da-f.:-]+ [\da-f.:-]+ (\d+|-) (\d+|-) (\d+|-) (\d+|-) (\d+|-) \d+ \d+ (ACCEPT|REJECT|-) \S+/
const isHeading = (line = '') => /\bsrcaddr\b/.test(line) && /\bdstaddr\b/.test(line)

export const vpcFlow = defineTrafficReader({
  id: 'vpc-flow',
  title: 'VPC flow log',
  recognises: (lines) => isHeading(lines[0]) || lines.some((line) => LINE.test(line.replace(STAMP, ''))),
  open(lines) {
    const names = isHeading(lines[0]) ? (lines[0] ?? '').trim().split(/[\s,]+/) : USUAL
    return (line) => {
      if (isHeading(line)) return 'passed'
      const cells = line
        .replace(STAMP, '')
        .trim()
        .split(/[\s,]+/)
      if (cells.length < names.length) return 'unread'
      const field = (name: string) => cells[names.indexOf(name)]
      // Where another machine passes traffic on, the packet says who it is from; else it may say nothing.
      const said = (...fields: string[]) => fields.map(field).find((word) => word !== undefined && word !== '-')
      const [source, host] = [said('pkt-srcaddr', 'srcaddr'), said('pkt-dstaddr', 'dstaddr')]
      if (source === undefined || host === undefined) return 'passed'
      return {
        flow: {
          ...UNSAID,
          at: timeOf(field('start')),
          source,
          host,
          sent: countOf(field('bytes')),
          blocked: field('action') === 'REJECT',
          seen: 'address',
        },
      }
    }
  },
})
