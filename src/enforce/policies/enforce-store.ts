// What the gateway's policy needs of a store: its versions, the draft of the next, and the keys of providers.
import type { NewEntry } from '../../model/entry.ts'
import type { Page, PageQuery } from '../../model/page.ts'
import type { PolicyDraft, PolicyVersion, UpstreamKey } from '../../model/policy-version.ts'

export interface PolicyVersionStore {
  /** Refuses with `conflict` when the number is taken. */
  append(version: PolicyVersion): Promise<void>
  latest(): Promise<PolicyVersion | undefined>
  byNumber(number: number): Promise<PolicyVersion | undefined>
  /** Newest first, without their bodies. */
  list(query: PageQuery): Promise<Page<Omit<PolicyVersion, 'body'>>>
}

export interface PolicyDraftStore {
  get(): Promise<PolicyDraft | undefined>
  put(draft: PolicyDraft): Promise<void>
  remove(): Promise<boolean>
}

export interface UpstreamKeyStore {
  put(key: UpstreamKey): Promise<void>
  byUpstream(upstream: string): Promise<UpstreamKey | undefined>
  /** There are as many as there are upstreams, which a policy bounds. */
  all(): Promise<UpstreamKey[]>
  remove(upstream: string): Promise<boolean>
}

export interface EnforceStores {
  policyVersions: PolicyVersionStore
  policyDraft: PolicyDraftStore
  upstreamKeys: UpstreamKeyStore
}

export interface EnforceChange extends EnforceStores {
  record(entry: NewEntry): void
}

/** The part of the store that the gateway's policy sees. */
export interface EnforceStore {
  readonly read: EnforceStores
  change<T>(work: (tx: EnforceChange) => Promise<T>): Promise<T>
}
