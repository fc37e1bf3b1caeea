// Who reads what strangers write, sees what is private and can send something out, can be made to give it away.
import type { DiscoveredItem } from '../../model/discovered.ts'
import { defineRule } from './define.ts'

const effectOf = ({ attributes }: DiscoveredItem) => String(attributes['effect'])
/** What strangers write comes in by these; what only sends or pays brings nothing in. */
const reads = (tool: DiscoveredItem) =>
  !/^(?:egress|money|write)$/.test(effectOf(tool)) &&
  (effectOf(tool) === 'network-read' ||
    /\b(?:browse|crawl|scrape|web ?(?:page|site)?|url|internet|e-?mails?|inbox|issues?|tickets?|comments?|reviews?|news)\b/i.test(
      words(tool),
    ))
const sees = (tool: DiscoveredItem) =>
  /\b(?:file|database|sql|query|customer|account|user|order|record|document|memory|secret|repo|drive|calendar|contact|crm|invoice|patient|inbox|email)/i.test(
    words(tool),
  ) && /^(?:read|write|exec)$/.test(effectOf(tool))
const sends = (tool: DiscoveredItem) => /^(?:egress|exec|money)$/.test(effectOf(tool))

const words = ({ name, attributes }: DiscoveredItem) =>
  `${name.replaceAll(/([a-z])([A-Z])|_/g, '$1 $2')} ${String(attributes['description'] ?? '').slice(0, 120)}`

export const lethalTrifecta = defineRule({
  id: 'lethal-trifecta',
  title: 'One agent reads untrusted content, sees private data and can send it out',
  severity: 'critical',
  confidence: 0.6,
  threats: ['lethal-trifecta', 'indirect-prompt-injection'],
  controls: ['least-model-privilege', 'oversight'],
  remedy: 'take one of the three away, or let a person confirm each message that leaves',
  *check({ collector }) {
    const tools = new Map(collector.of('tools').map((tool) => [tool.id, tool]))
    for (const agent of collector.of('agents')) {
      const own = collector
        .links()
        .flatMap(({ from, to, kind }) => (from === agent.id && kind === 'uses-tool' ? (tools.get(to) ?? []) : []))
      const reader = own.find(reads)
      const seer = own.find((tool) => sees(tool) && tool !== reader) ?? own.find(sees)
      const sender = own.find(sends)
      const [place] = agent.evidence
      if (reader && seer && sender && place && (reader !== seer || reader !== sender))
        yield {
          file: place.file,
          line: place.line,
          subject: `${agent.name}: ${[reader, seer, sender].map(({ name }) => name).join(', ')}`,
        }
    }
  },
  examples: {
    hit: [
      {
        'a.py':
          'from agents import Agent, function_tool\n@function_tool\ndef fetch_url(url: str):\n    """Fetch a web page."""\n    return requests.get(url)\n@function_tool\ndef read_customer_record(id: str):\n    """Read a customer record."""\n    return db.find_one(id)\n@function_tool\ndef send_email(to: str, text: str):\n    """Send an email."""\n    return smtp.sendmail(to, text)\nhelper = Agent(name="helper", tools=[fetch_url, read_customer_record, send_email])\n',
        'requirements.txt': 'openai-agents\n',
      },
    ],
    miss: [
      {
        'a.py':
          'from agents import Agent, function_tool\n@function_tool\ndef get_customer_profile(id: str):\n    """Fetch a customer profile."""\n    return id\n@function_tool\ndef get_invoice_status(id: str):\n    """Look up an invoice."""\n    return id\n@function_tool\ndef send_email(to: str):\n    """Send an email."""\n    return to\nhelper = Agent(name="helper", tools=[get_customer_profile, get_invoice_status, send_email])\n',
        'requirements.txt': 'openai-agents\n',
      },
      {
        'a.py':
          'from agents import Agent, function_tool\n@function_tool\ndef fetch_url(url: str):\n    """Fetch a web page."""\n    return requests.get(url)\n@function_tool\ndef add(a: int, b: int):\n    """Add."""\n    return a + b\nhelper = Agent(name="helper", tools=[fetch_url, add])\n',
        'requirements.txt': 'openai-agents\n',
      },
    ],
  },
})
