// What waits because of decisions: proposals to approve, acceptances that end or ended, findings and answers of suppliers.
import { acceptanceNoun, counts } from '../../govern/acceptance.ts'
import type { StandingAcceptance } from '../../govern/acceptances.ts'
import { assuranceNoun } from '../../govern/assurance.ts'
import { personOf } from '../../govern/govern.ts'
import { all } from '../../govern/noun.ts'
import { reviewNoun } from '../../govern/review.ts'
import { acceptanceIn } from '../posture/risk-states.ts'
import type { Asking, Waiting, WaitingSource } from './waiting.ts'

/** The proposer of a risk above the appetite cannot decide on it, so it does not wait for him. */
export const toDecide: WaitingSource = async function* ({ app, actor, view }, after) {
  for (const { id, system = '', subject, value } of await all(acceptanceNoun, app.store.read.decisions, {
    states: ['proposed'],
  })) {
    if (id <= after || !view.isSystem(system)) continue
    if (value.aboveAppetite && value.proposedBy === personOf(actor)) continue
    yield {
      kind: 'acceptance-to-decide',
      key: id,
      title: `Accept ${nameOf(app, subject)} on ${system}?`,
      since: value.proposedAt,
      due: value.until,
      system,
      owner: view.standing(system).system.owners.risk,
      about: { kind: 'acceptance', id },
    }
  }
}

export const expiring: WaitingSource = async function* (asking, after) {
  for (const { id, system = '', subject, value, standing } of await standings(asking, ['active'])) {
    if (id <= after || standing.state !== 'expiring') continue
    yield {
      kind: 'acceptance-expiring',
      key: id,
      title: `The acceptance of ${nameOf(asking.app, subject)} on ${system} ends on ${standing.until.slice(0, 10)}`,
      due: standing.until,
      since: value.proposedAt,
      system,
      owner: asking.view.standing(system).system.owners.risk,
      about: { kind: 'acceptance', id },
    }
  }
}

/** Only where nothing came after it: the risk still stands, and nobody decided anew. */
export const ended: WaitingSource = async function* (asking, after) {
  const every = await standings(asking, ['proposed', 'active', 'expired', 'voided'])
  const ofRisk = Map.groupBy(every, ({ system, subject }) => `${system}/${subject}`)
  for (const { id, system = '', subject, standing } of every) {
    if (id <= after || (standing.state !== 'expired' && standing.state !== 'voided')) continue
    const others = ofRisk.get(`${system}/${subject}`) ?? []
    if (others.some((one) => one.id > id || counts(one.standing) || one.standing.state === 'proposed')) continue
    if (!asking.view.standing(system).severities.has(subject)) continue
    const why =
      standing.state === 'expired' ? 'expired' : `is void: ${standing.differences[0]?.what ?? 'the risk'} changed`
    yield {
      kind: 'acceptance-ended',
      key: id,
      title: `${nameOf(asking.app, subject)} on ${system} is open again: its acceptance ${why}`,
      since: standing.endedAt,
      system,
      owner: asking.view.standing(system).system.owners.risk,
      about: { kind: 'acceptance', id },
    }
  }
}

export const findingsOverdue: WaitingSource = async function* ({ app, view, now }, after) {
  for (const { id, system = '', value } of await all(reviewNoun, app.store.read.decisions, { states: ['open'] })) {
    if (!view.isSystem(system)) continue
    for (const [n, finding] of value.findings.entries()) {
      const key = `${id}:${String(n).padStart(3, '0')}`
      if (key <= after || finding.state !== 'open' || finding.due > now) continue
      yield {
        kind: 'finding-overdue',
        key,
        title: `A finding on ${system} is not settled: ${finding.what}`,
        since: value.at,
        due: finding.due,
        system,
        owner: finding.owner,
        about: { kind: 'review', id },
      }
    }
  }
}

export const answersToReview: WaitingSource = async function* ({ app, view }, after) {
  for (const { id, system = '', value } of await all(assuranceNoun, app.store.read.decisions, {
    states: ['answered'],
  })) {
    if (id <= after || value.state !== 'answered' || !view.isSystem(system)) continue
    yield {
      kind: 'assurance-to-review',
      key: id,
      title: `${value.supplier} answered about ${system}: say what is believed`,
      since: value.answeredAt,
      system,
      owner: view.standing(system).system.owners.risk,
      about: { kind: 'assurance', id },
    }
  }
}

export const unanswered: WaitingSource = async function* ({ app, view, now }, after) {
  for (const { id, system = '', value } of await all(assuranceNoun, app.store.read.decisions, { states: ['asked'] })) {
    if (id <= after || !view.isSystem(system)) continue
    const late = value.until <= now ? 'did not answer' : 'has not answered yet'
    yield {
      kind: 'assurance-unanswered',
      key: id,
      title: `${value.supplier} ${late} about ${system}`,
      since: value.askedAt,
      due: value.until,
      system,
      owner: view.standing(system).system.owners.risk,
      about: { kind: 'assurance', id },
    }
  }
}

async function standings({ app, view }: Asking, states: readonly string[]): Promise<StandingAcceptance[]> {
  const kept = await all(acceptanceNoun, app.store.read.decisions, { states })
  const here = kept.filter(({ system = '' }) => view.isSystem(system))
  return here.map((one) => Object.assign({}, one, { standing: acceptanceIn(view, one) }))
}

function nameOf({ catalog }: Asking['app'], threat: string): Waiting['title'] {
  return catalog.threatsById.get(threat)?.name ?? threat
}
