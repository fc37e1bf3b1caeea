// What CoreDNS's `log` plugin writes of each question, also behind the time that a container runtime puts before it.
import { defineTrafficReader, questionOf, timeOf } from '../flow.ts'

const LINE = /\[INFO\] (\[?[\da-f.:]+\]?):\d+ - \d+ "([A-Z0-9]+) IN (\S+) \w+ \d+ \w+ \d+" ([A-Z]+)/

/** What the server says of itself, and of questions that it could not answer. */
const OTHER = /\[(?:INFO|WARNING|ERROR|DEBUG|NOTICE|PANIC)\]|^\S*:\d+$|CoreDNS-\d|^\w+\/\w+, go\d/

export const coredns = defineTrafficReader({
  id: 'coredns',
  title: 'CoreDNS query log',
  recognises: (lines) => lines.some((line) => LINE.test(line)),
  open: () => (line) => {
    const [, source = '', , name, code] = LINE.exec(line) ?? []
    if (name === undefined) return OTHER.test(line) ? 'passed' : 'unread'
    const at = timeOf(/^\d{4}-\d\d-\d\dT[\d:.]+Z/.exec(line)?.[0])
    return questionOf({ at, source: source.replace(/^\[|\]$/g, ''), name, code })
  },
})
