// Who reads what strangers write, sees what is private and can send something out, can be made to give it away.
import type { DiscoveredItem } from '../../model/discovered.ts'
import { defineRule } from './define.ts'
import { toolsOfAgents } from './tools-of-agent.ts'

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

/** A person is in the way, as long as the agent asks. */
const ASKS_PEOPLE = /\bhuman|\bapprov|\bconfirm\w* with|\bask (?:the )?user/i

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
  *check(evidence) {
    for (const [agent, { place, tools }] of toolsOfAgents(evidence)) {
      const reader = tools.find(reads)
      const seer = tools.find((tool) => sees(tool) && tool !== reader) ?? tools.find(sees)
      const sender = tools.find(sends)
      if (!reader || !seer || !sender || (reader === seer && reader === sender)) continue
      const asked = tools.some((tool) => ASKS_PEOPLE.test(words(tool)))
      yield {
        file: place.file,
        line: place.line,
        subject: `${agent.name}: ${[reader, seer, sender].map(({ name }) => name).join(', ')}`,
        ...(asked && { severity: 'high' as const }),
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
      {
        'tools.py':
          'from langchain_core.tools import tool\n@tool\ndef fetch_url(url: str):\n    """Fetch a web page."""\n    return requests.get(url)\n@tool\ndef query_customers(sql: str):\n    """Query the customer database."""\n    return db.execute(sql)\n@tool\ndef send_email(to: str, text: str):\n    """Send an email."""\n    return smtp.sendmail(to, text)\nTOOLS = [fetch_url, query_customers, send_email]\n',
        'agent.py':
          'from langgraph.prebuilt import create_react_agent\nfrom tools import TOOLS\ndesk_agent = create_react_agent(llm, TOOLS)\n',
        'requirements.txt': 'langgraph\nlangchain-core\n',
      },
      {
        'agent.ts':
          'import { Agent, tool } from "@openai/agents"\nconst readInbox = tool({ name: "read_inbox", description: "Read the emails in the inbox", parameters: z.object({}), execute: async () => gmail.list() })\nconst findCustomer = tool({ name: "find_customer", description: "Look up a customer record in the database", parameters: z.object({}), execute: async () => db.query("x") })\nconst sendMail = tool({ name: "send_mail", description: "Send an email", parameters: z.object({}), execute: async () => gmail.send() })\nexport const desk = new Agent({ name: "desk", tools: [readInbox, findCustomer, sendMail] })\n',
        'package.json': '{"dependencies": {"@openai/agents": "0.1.0"}}',
      },
    ],
    miss: [
      {
        'a.py':
          'from agents import Agent, function_tool\n@function_tool\ndef fetch_url(url: str):\n    """Fetch a web page."""\n    return requests.get(url)\n@function_tool\ndef read_customer_record(id: str):\n    """Read a customer record."""\n    return db.find_one(id)\n@function_tool\ndef send_email(to: str, text: str):\n    """Send an email."""\n    return smtp.sendmail(to, text)\nscout = Agent(name="scout", tools=[fetch_url])\nclerk = Agent(name="clerk", tools=[read_customer_record, send_email])\n',
        'requirements.txt': 'openai-agents\n',
      },
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
