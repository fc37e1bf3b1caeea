// Palo Alto's URL log (THREAT, subtype url), as CSV with or without a syslog heading before it. Its traffic log names no
// host, only addresses, which count where DNS told what they stand for.
import { csvCells } from '../cells.ts'
import { countOf, defineTrafficReader, placeOf, saidOf, timeOf } from '../flow.ts'

const ENTRY = /(?:^|[\s:>])(\d*,\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d,[^,]*,(?:[A-Z]+),[^,]*,.*)$/
/** Of what the console exports. */
const HEADING = /^"?Domain"?,"?Receive Time"?,/i
const [TYPE, SUBTYPE, GENERATED, SOURCE, DESTINATION, USER, ACTION] = [3, 4, 6, 7, 8, 12, 30]
const URL_AT = 31
const [SENT, RECEIVED] = [32, 33]

export const paloAlto = defineTrafficReader({
  id: 'palo-alto',
  title: 'Palo Alto URL and traffic log',
  recognises: (lines) => lines.some((line) => ENTRY.test(line)),
  open: () => (line) => {
    const entry = ENTRY.exec(line)?.[1]
    if (entry === undefined) return HEADING.test(line) ? 'passed' : 'unread'
    const cells = csvCells(entry)
    const isUrl = cells[TYPE] === 'THREAT' && cells[SUBTYPE] === 'url'
    const isTraffic = cells[TYPE] === 'TRAFFIC' && cells[SUBTYPE] === 'end'
    if (!isUrl && !isTraffic) return 'passed'
    const place = isUrl ? placeOf(cells[URL_AT]) : { host: cells[DESTINATION] ?? '', path: undefined }
    if (place === undefined) return 'passed'
    return {
      flow: {
        at: timeOf(cells[GENERATED]),
        source: cells[SOURCE] ?? '',
        user: saidOf(cells[USER]),
        department: undefined,
        ...place,
        sent: isTraffic ? countOf(cells[SENT]) : undefined,
        received: isTraffic ? countOf(cells[RECEIVED]) : undefined,
        blocked: /block|deny|drop|reset/.test(cells[ACTION] ?? ''),
        seen: isUrl ? 'http' : 'address',
      },
    }
  },
})
