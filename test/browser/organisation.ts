// A small organisation for the browser tests, stated through the API by whoever is signed in: a system with a graph, one
// without owners, one that nobody confirmed, a name full of markup, and sources that disagree.
import type { Page } from 'playwright-core'

const OWNERS = { business: 'support@example.org', data: 'data@example.org', risk: 'ada@example.org' }
const links = (...all: string[]) =>
  all.map((link) => {
    const [kind, to] = link.split(' ')
    return { kind, to }
  })

const ASSETS: readonly (readonly [id: string, body: object])[] = [
  ['open-lab', { kind: 'provider', name: 'Open Lab' }],
  ['small-model', { kind: 'model', name: 'Small model', version: '2026-09', links: links('servedBy open-lab') }],
  ['handbook', { kind: 'knowledge-base', name: 'Support handbook', dataClass: 'internal' }],
  ['mailer', { kind: 'tool', name: 'Send e-mail' }],
  ['refund-agent', { kind: 'agent', name: 'Refund agent', links: links('calls small-model', 'calls mailer') }],
  [
    'support-assistant',
    {
      kind: 'system',
      name: 'Support assistant',
      description: 'Answers customers and grants small refunds.',
      version: '4.2.0',
      environment: 'production',
      exposure: 'public',
      dataClass: 'confidential',
      deploymentModel: 'provider-hosted-api',
      owners: OWNERS,
      tags: ['customer-facing'],
      links: links('calls small-model', 'retrievesFrom handbook', 'uses refund-agent'),
    },
  ],
  ['hostile-name', { kind: 'system', name: '<img src=x onerror=alert(1)> =1+1', exposure: 'team' }],
  ['meeting-notes', { kind: 'system', name: 'Meeting notes', source: 'observed', sanctioned: false }],
]

const FACTS: readonly (readonly [key: string, value: unknown, source: string, by: string])[] = [
  ['model-kind', 'llm', 'declared', 'parapet.yaml'],
  ['attacker-can-supply-input', true, 'declared', 'parapet.yaml'],
  ['personal-data', false, 'declared', 'parapet.yaml'],
  ['personal-data', true, 'observed', 'gateway'],
]

const PROOFS: readonly object[] = [
  {
    measure: 'rate-limit.per-actor',
    kind: 'decision',
    supports: true,
    population: { of: 'route', names: ['chat', 'search'], covered: ['chat'] },
  },
  { measure: 'rate-limit.total', kind: 'decision', supports: true, collectedAt: '2025-03-01T00:00:00Z' },
  { measure: 'rate-limit.calibrate', kind: 'attack-result', supports: false, note: '12 of 200 probes got through' },
]

export async function foundOrganisation(page: Page): Promise<void> {
  for (const [id, body] of ASSETS) await call(page, 'PUT', `/api/assets/${id}`, body)
  for (const [key, value, source, by] of FACTS)
    await call(page, 'POST', '/api/assets/support-assistant/facts', { key, value, source, by })
  for (const proof of PROOFS)
    await call(page, 'POST', '/api/evidence', { asset: 'support-assistant', collector: 'gateway', ...proof })
}

/** A change through the API, as the person whose browser it is. */
export async function call(page: Page, method: string, path: string, body: object): Promise<void> {
  const status = await page.evaluate(
    async ({ method, path, body }) => {
      const session: { csrf?: string } = await (await fetch('/api/session')).json()
      const headers = { 'content-type': 'application/json', 'x-parapet-csrf': session.csrf ?? '' }
      const reply = await fetch(path, { method, headers, body: JSON.stringify(body) })
      return reply.ok ? '' : `${path}: ${await reply.text()}`
    },
    { method, path, body },
  )
  if (status) throw new Error(status)
}
