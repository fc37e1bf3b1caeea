// What waits because of scans: grave findings, and things of which nobody has said yet what they are. They wait together, by
// their source: each has a list of its own where they are looked at one by one.
import type { App } from '../app.ts'
import type { Waiting, WaitingSource } from './waiting.ts'

const AT_ONCE = 100
const GRAVE = ['critical', 'high'] as const

export const graveFindings = bySource('scan-findings-open', async ({ store }, source, now) => {
  const counts: string[] = []
  for (const severity of GRAVE) {
    const count = await store.read.scanFindings.count({ source, state: 'open', severity, now })
    if (count > 0) counts.push(`${count} ${severity}`)
  }
  return counts.length === 0 ? undefined : `${counts.join(' and ')} findings`
})

export const thingsWaiting = bySource('things-discovered', async ({ store }, source, now) => {
  const count = await store.read.discoveries.count({ source, state: 'new', gone: false, now })
  return count === 0 ? undefined : `${count} ${count === 1 ? 'thing' : 'things'} that nobody has looked at`
})

function bySource(
  kind: Waiting['kind'],
  said: (app: App, source: string, now: string) => Promise<string | undefined>,
): WaitingSource {
  return async function* ({ app, now, view }, after) {
    let cursor: string | undefined = after === '' ? undefined : after
    do {
      const page = await app.store.read.scanSources.list({ limit: AT_ONCE, cursor })
      for (const { id, name, system } of page.items) {
        const words = await said(app, id, now)
        if (words === undefined) continue
        const known = system !== undefined && view.isSystem(system) ? view.standing(system).system : undefined
        const owner = known?.owners.business ?? known?.owners.risk
        yield {
          kind,
          key: id,
          title: `${name}: ${words}`,
          system: known?.id,
          owner,
          about: { kind: 'scan-source', id },
        }
      }
      cursor = page.next
    } while (cursor !== undefined)
  }
}
