// Checks a report as Parapet writes it. Trusts nothing in it: a report that vouches for itself proves nothing.
import { type Fields, bytesFrom, count, fields, hashes, hex, list, string, toBase64 } from './bytes.ts'
import { checkEntry, checkSameSize } from './entry.ts'
import { type Checkpoint, type VerifierKey, parseVerifierKey, signedCheckpoint, someKeys } from './note.ts'
import { NotValid } from './not-valid.ts'
import { type Member, checkMembers, toMembers } from './members.ts'
import { type Trust, type Verdict, inSteps } from './steps.ts'
import { isExtension, sha256 } from './tree.ts'

const utf8 = new TextEncoder()

/** Checks a report as `POST /api/log/report` writes it. Stops at the first step that fails. */
export async function verifyReport(text: string, trust: Trust): Promise<Verdict> {
  return inSteps(async (step) => {
    const report = await step(
      'format',
      async () => readReport(text),
      (read) => `a report of log ${read.origin}`,
    )
    const keys = await step(
      'key',
      () => trustedKeys(report.keys, trust),
      (read) => `${read.length === 1 ? 'the key' : `one of ${read.length} keys`} is the one you trust`,
    )
    const signer = keys.at(-1)
    const tree = await step(
      'checkpoint',
      () => signedCheckpoint(report.checkpoint, report.origin, signer ? [signer] : []),
      (read) => `the tree of ${read.size} entries is signed`,
    )
    await step(
      'handover',
      () => checkHandovers(report, keys, tree),
      () => (keys.length === 1 ? 'the key never changed' : `${keys.length - 1} changes of key, each signed by both`),
    )
    const leaves = await step(
      'entries',
      () => checkEntries(report, tree),
      (read) => `${read.length} entries are in the tree`,
    )
    await step(
      'personal',
      () => checkOpened(report, leaves),
      (count) => `${count} personal fields match their commitments`,
    )
    await step(
      'attachments',
      () => checkAttachments(report, leaves, trust),
      (said) => said,
    )
    const { members } = report
    if (members.length > 0)
      await step(
        'members',
        () => checkMembers(members, new Map(report.entries.map(({ index }, i) => [index, leaves[i] ?? {}]))),
        (count) => `${count} ${count === 1 ? 'call is' : 'calls are'} word for word what was sealed`,
      )
    const { document } = trust
    if (document)
      await step(
        'document',
        () => findDocument(document, report, leaves),
        (read) => `it is word for word the ${read.name} that entry ${read.index} recorded at ${read.at}`,
      )
    await step(
      'history',
      () => checkOlder(report, keys, tree, trust),
      (count) => `it extends ${count} older checkpoints`,
    )
  })
}

interface ReadReport {
  origin: string
  keys: string[]
  checkpoint: string
  handovers: { checkpoint: string; index: number; leaf: string; path: Uint8Array[]; consistency: Uint8Array[] }[]
  entries: { index: number; leaf: string; path: Uint8Array[]; opened: Fields }[]
  attachments: { sha256: string; content?: Uint8Array | undefined }[]
  older: { checkpoint: string; consistency: Uint8Array[] }[]
  members: Member[]
}

function readReport(text: string): ReadReport {
  const report = fields(JSON.parse(text))
  if (report['format'] !== 'parapet-report/1') throw new NotValid('wrong-format', 'not a parapet-report/1')
  return {
    origin: string(report['origin']),
    keys: list(report['keys']).map(string),
    checkpoint: string(report['checkpoint']),
    handovers: list(report['handovers']).map((value) => toHandover(fields(value))),
    entries: list(report['entries']).map((value) => toEntry(fields(value))),
    attachments: list(report['attachments']).map((value) => toAttachment(fields(value))),
    older: list(report['older']).map((value) => toOlder(fields(value))),
    members: toMembers(report['members']),
  }
}

const toEntry = (part: Fields) => ({
  index: count(part['index']),
  leaf: string(part['leaf']),
  path: hashes(part['path']),
  opened: fields(part['opened'] ?? {}),
})

const toOlder = (part: Fields) => ({
  checkpoint: string(part['checkpoint']),
  consistency: hashes(part['consistency']),
})

const toHandover = (part: Fields) => ({ ...toEntry(part), ...toOlder(part) })

const toAttachment = (part: Fields) => ({
  sha256: string(part['sha256']),
  content: part['content'] === undefined ? undefined : bytesFrom(part['content']),
})

async function trustedKeys(chain: readonly string[], trust: Trust): Promise<VerifierKey[]> {
  const trusted = someKeys(await Promise.all(trust.keys.map(parseVerifierKey)))
  const keys = await Promise.all(chain.map(parseVerifierKey))
  if (!keys.some((key) => key.type === 1 && trusted.some(({ text }) => text === key.text)))
    throw new NotValid('wrong-key', 'none of the keys of this report is one that you trust')
  return keys
}

async function checkHandovers(report: ReadReport, keys: readonly VerifierKey[], tree: Checkpoint): Promise<void> {
  if (report.handovers.length !== keys.length - 1)
    throw new NotValid(
      'bad-handover',
      `${keys.length} keys need ${keys.length - 1} handovers, not ${report.handovers.length}`,
    )
  for (const [i, handover] of report.handovers.entries()) {
    const [from, to] = keys.slice(i, i + 2)
    if (!from || !to) throw new NotValid('bad-handover', 'a handover lacks a key')
    const signed = await signedCheckpoint(handover.checkpoint, report.origin, [from])
    await signedCheckpoint(handover.checkpoint, report.origin, [to])
    const leaf = await checkEntry({ ...handover, tree: signed })
    const data = fields(leaf['data'])
    if (leaf['kind'] !== 'log.key-rotated' || data['from'] !== from.text || data['to'] !== to.text)
      throw new NotValid('bad-handover', `entry ${handover.index} does not hand over to ${to.name}+${to.id}`)
    if (!(await isExtension(signed, tree, handover.consistency)))
      throw new NotValid('bad-handover', `the tree does not extend the handover at ${signed.size} entries`)
  }
}

async function checkEntries(report: ReadReport, tree: Checkpoint): Promise<Fields[]> {
  const leaves: Fields[] = []
  for (const entry of report.entries) leaves.push(await checkEntry({ ...entry, tree }))
  return leaves
}

async function checkOpened(report: ReadReport, leaves: readonly Fields[]): Promise<number> {
  let opened = 0
  for (const [i, entry] of report.entries.entries()) {
    const commitments = fields(leaves[i]?.['personal'] ?? {})
    for (const [field, value] of Object.entries(entry.opened)) {
      const text = string(fields(value)['value'])
      const hash = await sha256(bytesFrom(fields(value)['salt']), utf8.encode(text))
      if (!text.isWellFormed() || commitments[field] !== toBase64(hash))
        throw new NotValid('bad-commitment', `field ${field} of entry ${entry.index} was changed`, entry.index)
      opened++
    }
  }
  return opened
}

async function checkAttachments(report: ReadReport, leaves: readonly Fields[], trust: Trust): Promise<string> {
  const inside = new Map(report.attachments.map(({ sha256, content }) => [sha256, content]))
  let [held, absent] = [0, 0]
  for (const [i, leaf] of leaves.entries()) {
    for (const attachment of list(leaf['attachments'] ?? []).map(fields)) {
      const named = string(attachment['sha256'])
      const content = inside.get(named) ?? (await trust.beside?.(named))
      const index = report.entries[i]?.index
      if (content && (hex(await sha256(content)) !== named || content.length !== attachment['bytes']))
        throw new NotValid(
          'attachment-changed',
          `attachment ${string(attachment['name'])} of entry ${index} was changed`,
          index,
        )
      if (content) held++
      else absent++
    }
  }
  return `${held} attachments match${absent > 0 ? `; ${absent} are not here and were not checked` : ''}`
}

/** Invariant: only an entry that says a report was made vouches for a document; any other file may be attached by anyone. */
async function findDocument(
  document: Uint8Array,
  report: ReadReport,
  leaves: readonly Fields[],
): Promise<{ name: string; index: number | undefined; at: string }> {
  const hash = hex(await sha256(document))
  for (const [i, leaf] of leaves.entries()) {
    if (leaf['kind'] !== 'report.made') continue
    const named = list(leaf['attachments'] ?? [])
      .map(fields)
      .find(({ sha256 }) => sha256 === hash)
    if (named) return { name: string(named['name']), index: report.entries[i]?.index, at: string(leaf['at']) }
  }
  throw new NotValid('document-changed', 'no entry recorded this document: it was changed after it was made')
}

async function checkOlder(
  report: ReadReport,
  keys: readonly VerifierKey[],
  tree: Checkpoint,
  trust: Trust,
): Promise<number> {
  const proofs = new Map<number, Uint8Array[]>()
  for (const { checkpoint, consistency } of report.older) {
    const older = await signedCheckpoint(checkpoint, report.origin, keys)
    if (!(await isExtension(older, tree, consistency))) throw notExtending(older)
    proofs.set(older.size, consistency)
  }
  for (const kept of trust.checkpoints ?? []) {
    const older = await signedCheckpoint(kept, report.origin, keys)
    if (older.size >= tree.size) await checkSameSize(kept, keys, tree)
    else {
      const path = proofs.get(older.size)
      if (!path)
        throw new NotValid(
          'no-consistency-proof',
          `the report does not prove that it extends the checkpoint of ${older.size} entries: ask for one with extendsSize ${older.size}`,
        )
      if (!(await isExtension(older, tree, path))) throw notExtending(older)
    }
  }
  return report.older.length + (trust.checkpoints?.length ?? 0)
}

const notExtending = (older: Checkpoint) =>
  new NotValid('not-an-extension', `the log was rewritten: it does not extend the checkpoint of ${older.size} entries`)
