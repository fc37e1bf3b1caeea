import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Asset } from '../model/asset.ts'
import { findingsOf, listFindings } from './findings.ts'
import { openRegister } from './testing.ts'

const AT = '2026-05-01T00:00:00.000Z'

const asset = (more: Partial<Asset> = {}): Asset => ({
  id: 'bot',
  kind: 'system',
  name: 'Bot',
  owners: { business: 'a', data: 'b', risk: 'c' },
  sanctioned: true,
  tags: [],
  links: [],
  source: 'declared',
  firstSeen: AT,
  lastSeen: AT,
  revision: 1,
  recordedAt: AT,
  ...more,
})

const around = { conflicts: [], gone: new Set<string>(), seenBefore: AT }

test('each gap is named with what to do about it, and what is whole has none', () => {
  const cases: [Partial<Asset>, string[]][] = [
    [{}, []],
    [{ owners: { data: 'b' } }, ['no-owners: it has no business or risk owner; name owners.business, owners.risk']],
    [{ sanctioned: false }, ['unsanctioned: it runs without anybody having agreed to it; sanction it, or stop it and retire it here']],
    [{ source: 'observed' }, ['not-confirmed: it was observed, and nobody has declared it; declare it in a file or with `parapet asset put bot`, or retire it']],
    [
      { source: 'discovered', lastSeen: '2026-03-01T00:00:00.000Z' },
      [
        'not-confirmed: it was discovered, and nobody has declared it; declare it in a file or with `parapet asset put bot`, or retire it',
        'not-seen: it was last seen on 2026-03-01, more than 30 days ago; retire it if it is gone, or run the scanner that found it',
      ],
    ],
    [{ lastSeen: '2020-01-01T00:00:00.000Z' }, []],
    [
      { links: [{ kind: 'uses', to: 'gone' }, { kind: 'uses', to: 'here' }] },
      ['dangling: it is linked to what left the register: uses gone; take the links out, or state what they lead to again'],
    ],
  ] // prettier-ignore
  for (const [more, expected] of cases) {
    const found = findingsOf(asset(more), { ...around, gone: new Set(['gone']) })
    assert.deepEqual(found.map(({ problem, message, remedy }) => `${problem}: ${message}; ${remedy}`), expected) // prettier-ignore
  }
})

test('findings are read in pages that miss nothing and repeat nothing', async (t) => {
  const register = await openRegister(t)
  const many = Array.from({ length: 25 }, (_, i) =>
    asset({ id: `bot-${String(i).padStart(2, '0')}`, sanctioned: i % 5 !== 0, source: i % 3 === 0 ? 'observed' : 'declared', lastSeen: '2026-01-01T00:00:00.000Z' }),
  ) // prettier-ignore
  await register.store.change((tx) => tx.register.save(many))
  const seen: string[] = []
  let cursor: string | undefined
  do {
    const page = await listFindings(register, { limit: 4, cursor })
    seen.push(...page.items.map((item) => `${item.asset.id} ${item.findings.length}`))
    cursor = page.next
  } while (cursor !== undefined)
  const expected = many.flatMap(({ id, sanctioned, source }) => {
    const count = Number(!sanctioned) + (source === 'observed' ? 2 : 0)
    return count > 0 ? [`${id} ${count}`] : []
  })
  assert.deepEqual(seen, expected)
  const lost = await listFindings(register, { limit: 50, problem: 'not-seen' })
  assert.ok(lost.items.every(({ findings }) => findings.length === 1 && findings[0]?.problem === 'not-seen'))
})
