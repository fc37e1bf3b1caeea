// The gateway's policy: each version it had, the draft of the next, and the sealed keys of providers.
import type { PolicyDraftStore, PolicyVersionStore, UpstreamKeyStore } from '../../enforce/policies/enforce-store.ts'
import { Failure } from '../../lib/failure.ts'
import type { JsonObject } from '../../lib/canonical-json.ts'
import type { Actor } from '../../model/actor.ts'
import type { PolicySource, PolicyVersion, UpstreamKey } from '../../model/policy-version.ts'
import type { Runner } from '../runner.ts'
import type { Schema } from '../schema.ts'
import { cursorNumber, rowsToRead, toPage } from './page.ts'

const DRAFT = 'draft'
const HEAD = ['number', 'at', 'source', 'author_kind', 'author_id', 'note', 'hash', 'configured'] as const

export function policyVersions(runner: Runner): PolicyVersionStore {
  const { build } = runner
  return {
    async append({ author, body, ...version }) {
      const row = { ...version, author_kind: author.kind, author_id: author.id, body: JSON.stringify(body) }
      const query = build
        .insertInto('policy_version')
        .values(row)
        .onConflict((on) => on.doNothing())
      if ((await runner.run(query)) === 0)
        throw new Failure('conflict', `somebody else made version ${version.number} of the policy at the same moment`, {
          hint: 'look at it, then try again',
        })
    },
    async latest() {
      const row = await runner.first(build.selectFrom('policy_version').selectAll().orderBy('number', 'desc').limit(1))
      return row && { ...toHead(row), body: jsonOf(row.body) }
    },
    async byNumber(number) {
      const row = await runner.first(build.selectFrom('policy_version').selectAll().where('number', '=', number))
      return row && { ...toHead(row), body: jsonOf(row.body) }
    },
    async list(query) {
      const read = rowsToRead(query)
      const before = cursorNumber(query) ?? Number.MAX_SAFE_INTEGER
      const rows = await runner.all(
        build
          .selectFrom('policy_version')
          .select(HEAD)
          .where('number', '<', before)
          .orderBy('number', 'desc')
          .limit(read),
      )
      return toPage(rows, read, ({ number }) => String(number), toHead)
    },
  }
}

export function policyDraft(runner: Runner): PolicyDraftStore {
  const { build } = runner
  const remove = async () => (await runner.run(build.deleteFrom('policy_draft').where('id', '=', DRAFT))) > 0
  return {
    async get() {
      const row = await runner.first(build.selectFrom('policy_draft').selectAll().where('id', '=', DRAFT))
      return row && { base: row.base, at: row.at, author: authorOf(row), hash: row.hash, body: jsonOf(row.body) }
    },
    async put({ base, at, author, hash, body }) {
      await remove()
      const row = {
        id: DRAFT,
        base,
        at,
        author_kind: author.kind,
        author_id: author.id,
        hash,
        body: JSON.stringify(body),
      }
      await runner.run(build.insertInto('policy_draft').values(row))
    },
    remove,
  }
}

export function upstreamKeys(runner: Runner): UpstreamKeyStore {
  const { build } = runner
  const remove = async (upstream: string) =>
    (await runner.run(build.deleteFrom('upstream_key').where('upstream', '=', upstream))) > 0
  return {
    async put({ upstream, origin, sealed, sealedBy, tail = null, fingerprint = null, setAt, setBy }) {
      await remove(upstream)
      const row = { upstream, origin, sealed, sealed_by: sealedBy, tail, fingerprint, set_at: setAt, set_by: setBy }
      await runner.run(build.insertInto('upstream_key').values(row))
    },
    async byUpstream(upstream) {
      const query = build.selectFrom('upstream_key').selectAll().where('upstream', '=', upstream)
      const row = await runner.first(runner.locks ? query.forUpdate() : query)
      return row && toKey(row)
    },
    async all() {
      return (await runner.all(build.selectFrom('upstream_key').selectAll().orderBy('upstream'))).map(toKey)
    },
    remove,
  }
}

type Head = Pick<Schema['policy_version'], (typeof HEAD)[number]>

function toHead(row: Head): Omit<PolicyVersion, 'body'> {
  const { number, at, source, note, hash, configured } = row
  return { number, at, source: source as PolicySource, author: authorOf(row), note, hash, configured }
}

function authorOf(row: { author_kind: string; author_id: string }): PolicyVersion['author'] {
  return { kind: row.author_kind as Actor['kind'], id: row.author_id }
}

function toKey(row: Schema['upstream_key']): UpstreamKey {
  const { upstream, origin, sealed } = row
  return {
    upstream,
    origin,
    sealed,
    sealedBy: row.sealed_by,
    tail: row.tail ?? undefined,
    fingerprint: row.fingerprint ?? undefined,
    setAt: row.set_at,
    setBy: row.set_by,
  }
}

const jsonOf = (text: string) => JSON.parse(text) as JsonObject
