// Calls that wait for a person, and what became of them.
import type { ApprovalStore } from '../../enforce/oversight/approval-store.ts'
import { type Approval, APPROVAL_STATES, APPROVER_ROLES, type Given } from '../../model/approval.ts'
import { STAGES } from '../../model/verdict.ts'
import type { Runner } from '../runner.ts'
import type { Schema } from '../schema.ts'
import { jsonStrings, oneOf } from './json.ts'
import { cursorText, rowsToRead, toPage } from './page.ts'

const NEVER = '~'

export function approvals(runner: Runner): ApprovalStore {
  const { build } = runner
  return {
    async insert(approval) {
      await runner.run(build.insertInto('approval').values(toRow(approval)))
    },
    async byId(id) {
      const query = build.selectFrom('approval').selectAll().where('id', '=', id)
      const row = await runner.first(runner.locks ? query.forUpdate() : query)
      return row && toApproval(row)
    },
    async save(approval) {
      const { state, given, ended_at, ended_by, reason, sealed } = toRow(approval)
      const changed = { state, given, ended_at, ended_by, reason, sealed }
      await runner.run(build.updateTable('approval').set(changed).where('id', '=', approval.id))
    },
    async list(query) {
      const read = rowsToRead(query)
      const before = cursorText(query) ?? NEVER
      let rows = build.selectFrom('approval').selectAll().where('id', '<', before).orderBy('id', 'desc').limit(read)
      if (query.state !== undefined) rows = rows.where('state', '=', query.state)
      return toPage(await runner.all(rows), read, ({ id }) => id, toApproval)
    },
    async ended(since, limit) {
      const rows = build.selectFrom('approval').selectAll().where('ended_at', '>=', since).orderBy('ended_at', 'desc')
      return (await runner.all(rows.limit(limit))).map(toApproval)
    },
    async renew(ids, aliveUntil) {
      const query = build.updateTable('approval').set({ alive_until: aliveUntil }).where('state', '=', 'waiting')
      if (ids.length > 0) await runner.run(query.where('id', 'in', [...ids]))
    },
    async orphans(before, limit) {
      const query = build.selectFrom('approval').select('id').where('state', '=', 'waiting')
      return (await runner.all(query.where('alive_until', '<', before).orderBy('id').limit(limit))).map(({ id }) => id)
    },
    async empty(before, limit) {
      const old = build
        .selectFrom('approval')
        .select('id')
        .where('ended_at', '<', before)
        .where('sealed', 'is not', null)
      return runner.run(build.updateTable('approval').set({ sealed: null }).where('id', 'in', old.limit(limit)))
    },
    async sweep(before, limit) {
      const old = build.selectFrom('approval').select('id').where('ended_at', '<', before).limit(limit)
      return runner.run(build.deleteFrom('approval').where('id', 'in', old))
    },
  }
}

function toRow(approval: Approval): Schema['approval'] {
  const { id, route, model, stage, policy, why, mark, state } = approval
  return {
    id,
    route,
    model,
    stage,
    policy,
    why,
    mark,
    state,
    call_id: approval.callId,
    key_id: approval.keyId,
    asset: approval.asset ?? null,
    needs: JSON.stringify(approval.needs),
    wait_seconds: approval.waitSeconds,
    askers: JSON.stringify(approval.askers),
    sealed: approval.sealed ?? null,
    kept: Number(approval.isKept),
    given: JSON.stringify(approval.given),
    asked_at: approval.askedAt,
    expires_at: approval.expiresAt,
    ended_at: approval.endedAt ?? null,
    ended_by: approval.endedBy ?? null,
    reason: approval.reason ?? null,
    alive_until: approval.aliveUntil,
  }
}

function toApproval(row: Schema['approval']): Approval {
  const { id, route, model, policy, why, mark } = row
  return {
    id,
    route,
    model,
    policy,
    why,
    mark,
    stage: oneOf(STAGES, row.stage),
    state: oneOf(APPROVAL_STATES, row.state),
    callId: row.call_id,
    keyId: row.key_id,
    asset: row.asset ?? undefined,
    needs: jsonStrings(row.needs).map((role) => oneOf(APPROVER_ROLES, role)),
    waitSeconds: row.wait_seconds,
    askers: jsonStrings(row.askers),
    sealed: row.sealed ?? undefined,
    isKept: row.kept === 1,
    given: (JSON.parse(row.given) as Given[]).map(({ by, role, at }) => ({
      by,
      at,
      role: oneOf(APPROVER_ROLES, role),
    })),
    askedAt: row.asked_at,
    expiresAt: row.expires_at,
    endedAt: row.ended_at ?? undefined,
    endedBy: row.ended_by ?? undefined,
    reason: row.reason ?? undefined,
    aliveUntil: row.alive_until,
  }
}
