// What the people of the made-up company have decided, each through the verb and with the rights of his role: risks
// borne, measures chosen, suppliers asked, reviews held, training done.
import { newId } from '../../lib/id.ts'
import { approveAcceptance, proposeAcceptance } from '../../govern/acceptances.ts'
import { answerAssurance, askSupplier, reviewAnswers } from '../../govern/assurances.ts'
import { attest } from '../../govern/attestation.ts'
import { DAY_MS, type Govern } from '../../govern/govern.ts'
import { holdReview } from '../../govern/reviews.ts'
import { select } from '../../govern/selection.ts'
import { treat } from '../../govern/treatment.ts'
import type { Account } from '../../model/account.ts'
import type { Actor } from '../../model/actor.ts'
import type { Role } from '../../model/role.ts'
import type { Store } from '../../store/store.ts'
import type { Posture, View } from '../posture.ts'

interface People {
  engineer: Actor
  riskOwner: Actor
}

export interface DecisionsHome {
  store: Store
  govern: Govern
  posture: Posture
}

export async function decisions({ store, govern, posture }: DecisionsHome): Promise<void> {
  const people: People = {
    engineer: await person(store, govern, 'Ines Kaya', 'ines@meridian.example', 'engineer'),
    riskOwner: await person(store, govern, 'Omar Lindqvist', 'risk@meridian.example', 'risk-owner'),
  }
  await acceptances(govern, await posture.view(), people)
  await choices(govern, people)
  await suppliers(govern, people)
  await reviews(govern, people)
  await training(govern, people)
}

/** Somebody who cannot sign in: a name for what was decided. */
async function person(store: Store, govern: Govern, name: string, email: string, role: Role): Promise<Actor> {
  const now = govern.now()
  const id = newId('acct', now)
  const account: Account = {
    id,
    email,
    name,
    role,
    passwordHash: undefined,
    disabled: false,
    createdAt: now.toISOString(),
  }
  await store.change(async (tx) => {
    await tx.accounts.insert(account)
    tx.record({
      kind: 'account.created',
      actor: { kind: 'system', id: 'parapet' },
      subject: { kind: 'account', id },
      data: { after: { role } },
      personal: { email, name },
    })
  })
  return { kind: 'account', id, role, accountId: id }
}

const inDays = ({ now }: Govern, days: number) => new Date(now().getTime() + days * DAY_MS).toISOString()

async function acceptances(govern: Govern, view: View, { engineer, riskOwner }: People): Promise<void> {
  const wanted = [
    {
      system: 'tariff-rules',
      above: false,
      days: 300,
      reason: 'The rules are published in our terms anyway.',
      approve: true,
    },
    {
      system: 'campaign-images',
      above: true,
      days: 60,
      reason: 'Every picture is looked at by two people.',
      approve: true,
    },
    {
      system: 'call-summary',
      above: true,
      days: 20,
      reason: 'Calls are summarised for our own people only, until access is fixed.',
      approve: true,
    },
    {
      system: 'procurement-agent',
      above: true,
      days: 30,
      reason: 'Orders stay under 500 until the agent is fenced in.',
      approve: false,
    },
  ]
  for (const { system, above, days, reason, approve } of wanted) {
    const { risks, aboveAppetite } = view.system(system).analysis
    const risk = risks.find(({ threat }) => aboveAppetite.includes(threat) === above)
    if (risk === undefined) continue
    const { id } = await proposeAcceptance(govern, engineer, {
      system,
      threat: risk.threat,
      reason,
      conditions: above ? ['reviewed each month'] : [],
      until: inDays(govern, days),
    })
    if (approve) await approveAcceptance(govern, riskOwner, id)
  }
}

async function choices(govern: Govern, { engineer, riskOwner }: People): Promise<void> {
  for (const measure of ['oversight.approval-gate', 'least-model-privilege.deny-by-default', 'agent-sandboxing.egress'])
    await select(govern, engineer, {
      system: 'procurement-agent',
      measure,
      choice: 'chosen',
      reason: 'Planned for release 1.0.',
    })
  await select(govern, riskOwner, {
    system: 'tariff-rules',
    measure: 'model-access-control.session',
    choice: 'not-needed',
    reason: 'It runs in a batch without sessions.',
    until: inDays(govern, 180),
  })
  await treat(govern, riskOwner, {
    system: 'claims-assistant',
    threat: 'disclosure-in-output',
    treatment: 'mitigate',
    reason: 'Access rights of the source are carried over to retrieval by January.',
  })
}

async function suppliers(govern: Govern, { engineer, riskOwner }: People): Promise<void> {
  const chatly = await askSupplier(govern, engineer, {
    system: 'customer-chat',
    supplier: 'Chatly',
    controls: ['sensitive-output-handling', 'rate-limit'],
    until: inDays(govern, 30),
  })
  const { value } = chatly.assurance
  await answerAssurance(govern, {
    secret: chatly.secret,
    name: 'Chatly trust desk',
    answers: value.questions.slice(0, 4).map(({ measure }, i) => ({
      measure,
      says: i === 2 ? ('partly' as const) : ('yes' as const),
      ground: 'report' as const,
      text: i === 2 ? 'Planned for the next quarter.' : 'Covered by our yearly audit.',
      reference: 'Audit report 2026, section 4',
    })),
  })
  await reviewAnswers(
    govern,
    riskOwner,
    chatly.assurance.id,
    value.questions
      .slice(0, 4)
      .map(({ measure }, i) =>
        i === 3 ? { measure, believed: false, why: 'Section 4 does not mention it.' } : { measure, believed: true },
      ),
  )
  await askSupplier(govern, engineer, {
    system: 'developer-copilot',
    supplier: 'Codewright',
    until: inDays(govern, 14),
  })
}

async function reviews(govern: Govern, { engineer, riskOwner }: People): Promise<void> {
  await holdReview(govern, riskOwner, {
    system: 'payment-fraud-score',
    outcome: 'fit-with-conditions',
    summary: 'Sound; the tests for unwanted bias are to be run again for release 8.',
    findings: [
      { what: 'Run the bias tests on release 8.1.', owner: 'payments@meridian.example', due: inDays(govern, 21) },
    ],
  })
  await holdReview(govern, engineer, {
    system: 'call-summary',
    outcome: 'fit',
    summary: 'Nothing new since the launch.',
    findings: [],
  })
}

async function training(govern: Govern, { engineer, riskOwner }: People): Promise<void> {
  for (const actor of [engineer, riskOwner])
    await attest(govern, actor, {
      what: 'training',
      title: 'Secure use of AI',
      version: '2026',
      until: inDays(govern, 300),
    })
  await attest(govern, engineer, { what: 'policy', title: 'AI policy', version: '3', until: inDays(govern, 200) })
}
