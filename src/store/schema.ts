// The tables as Kysely sees them: one schema for both engines. Booleans are 0 or 1, times are ISO 8601 text in UTC and
// JSON is text, because what both engines store alike needs no conversion that could go wrong in one of them.

export interface Schema {
  account: {
    id: string
    email: string
    /** The address without case and compatibility forms: what must be unique. */
    email_key: string
    name: string
    role: string
    password_hash: string | null
    disabled: number
    created_at: string
  }
  passkey: {
    id: string
    account_id: string
    name: string
    public_key: Uint8Array
    counter: number
    transports: string
    created_at: string
    last_used_at: string | null
  }
  session: { id: string; account_id: string; created_at: string; expires_at: string; last_seen_at: string }
  api_token: {
    id: string
    name: string
    secret_hash: string
    role: string
    scopes: string
    created_by: string
    created_at: string
    expires_at: string
    revoked_at: string | null
    last_used_at: string | null
  }
  gateway_key: {
    id: string
    name: string
    secret_hash: string
    models: string
    routes: string
    asset: string | null
    created_by: string
    created_at: string
    expires_at: string | null
    revoked_at: string | null
    last_used_at: string | null
    limits: string
    agent: string | null
  }
  budget: {
    id: string
    name: string
    unit: string
    units: number
    period: string
    key_id: string | null
    asset_id: string | null
    model: string | null
    created_by: string
    created_at: string
    closed_at: string | null
  }
  approval: {
    id: string
    call_id: string
    key_id: string
    asset: string | null
    route: string
    model: string
    stage: string
    policy: string
    /** JSON, as are askers and given. */
    needs: string
    wait_seconds: number
    why: string
    askers: string
    mark: string
    sealed: string | null
    kept: number
    state: string
    given: string
    asked_at: string
    expires_at: string
    ended_at: string | null
    ended_by: string | null
    reason: string | null
    alive_until: string
  }
  input_series: {
    id: string
    sealed: string
    at: string
  }
  /** Times in milliseconds, because they are compared and counted with. */
  lease: {
    pool: string
    holder: string
    spent: number
    held: number
    lost: number
    updated_at: number
    silent_at: number
  }
  flow: { pool: string; full_at: number }
  policy_version: {
    number: number
    at: string
    source: string
    author_kind: string
    author_id: string
    note: string
    hash: string
    configured: string
    body: string
  }
  policy_draft: {
    id: string
    base: number
    at: string
    author_kind: string
    author_id: string
    hash: string
    body: string
  }
  upstream_key: {
    upstream: string
    origin: string
    sealed: string
    sealed_by: string
    tail: string | null
    fingerprint: string | null
    set_at: string
    set_by: string
  }
  one_time_link: {
    id: string
    purpose: string
    account_id: string | null
    role: string
    expires_at: string
    used_at: string | null
  }
  job: {
    id: string
    kind: string
    input: string
    state: string
    progress: string
    attempts: number
    most_attempts: number
    result: string | null
    error: string | null
    created_by: string
    created_at: string
    run_at: string
    worker: string | null
    lease_until: string | null
    ended_at: string | null
    cancel_requested: number
  }
  decision: {
    id: string
    noun: string
    system: string | null
    subject: string
    state: string
    until: string | null
    revision: number
    recorded_at: string
    body: string
  }
  decision_revision: Schema['decision'] & { entry: number }
  assurance_link: { id: string; assurance: string; expires_at: string }
  /** What lists filter by; the whole asset is its revision of this number. */
  asset: {
    id: string
    revision: number
    kind: string
    /** Id and name in lower case. */
    search: string
    /** In lower case, each between separators. */
    owners: string
    unowned: number
    source: string
    declared_by: string | null
    environment: string | null
    exposure: string | null
    data_class: string | null
    /** Each between separators. */
    tags: string
    sanctioned: number
    retired: number
    last_seen: string
  }
  asset_revision: { asset_id: string; revision: number; recorded_at: string; body: string }
  asset_link: { from_id: string; kind: string; to_id: string }
  /** Facts that sources disagree about. */
  asset_contested: { asset_id: string; key: string }
  fact: {
    asset_id: string
    key: string
    source: string
    collector: string
    entry: number
    id: string
    /** JSON; `null` takes back. */
    value: string
    observed_at: string
    recorded_at: string
    confidence: string
  }
  attachment: { sha256: string; size: number; content: Uint8Array | null }
  evidence: {
    id: string
    measure: string
    asset: string
    kind: string
    supports: number
    population: string | null
    failing: string
    observed_from: string
    observed_to: string
    collected_at: string
    received_at: string
    collector: string
    release: string | null
    valid_until: string | null
    note: string | null
    sha256: string | null
    entry: number
  }
  exchange: {
    id: string
    key_id: string | null
    asset: string | null
    route: string | null
    model: string | null
    outcome: string
    status: number
    segment: string
    position: number
    leaf: string
    agent: string | null
  }
  /** Words that exceptional calls are found by, as in `code:blocked`. */
  exchange_mark: { mark: string; id: string }
  exchange_segment: {
    id: string
    opened_at: string
    touched_at: string
    calls: number
    lost: number
    root: Uint8Array | null
    entry: number | null
  }
  /** Hashes of the leaves of a batch, one behind the other. */
  exchange_batch: { segment: string; first: number; hashes: Uint8Array }
  exchange_usage: {
    day: string
    asset: string
    agent: string
    key_id: string
    route: string
    model: string
    calls: number
    blocked: number
    failed: number
    input_tokens: number
    output_tokens: number
    cost_nanos: number
  }
  exchange_sighting: {
    kind: string
    subject: string
    first_seen: string
    last_seen: string
    count: number
    last_call: string
    key_id: string | null
    asset: string | null
    client: string | null
  }
  exchange_content: { id: string; kept: string; sealed: string }
  scan_source: {
    id: string
    name: string
    kind: string
    system: string | null
    next_at: string | null
    closed_at: string | null
    body: string
  }
  scan: { id: string; source: string; state: string; body: string }
  discovery: {
    id: string
    source: string
    kind: string
    search: string
    system: string | null
    asset: string | null
    state: string
    until: string | null
    gone_since: string | null
    body: string
  }
  /** `place`: the gravest first, then by where it is; the order of lists. */
  scan_finding: {
    id: string
    source: string
    system: string | null
    rule: string
    severity: string
    state: string
    until: string | null
    gone_since: string | null
    place: string
    body: string
  }
  /** Each pair of kinds that occurs in the log. Filters on either look here first and so always know their index range. */
  log_shape: { id: number; kind: string; subject_kind: string }
  log_entry: {
    idx: number
    leaf_hash: Uint8Array
    at: string
    shape: number
    kind: string
    actor_kind: string
    actor_id: string
    subject_kind: string
    subject_id: string
    leaf: string
  }
  log_personal: { idx: number; field: string; salt: Uint8Array; value: Uint8Array }
  log_node: { level: number; idx: number; hash: Uint8Array }
  log_checkpoint: { size: number; root: Uint8Array; at: string; note: string }
  log_state: { id: number; size: number; frontier: Uint8Array; last_at: string; clock_notice_at: string }
  health: { id: number; at: string; pad: Uint8Array }
}
