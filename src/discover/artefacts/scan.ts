// Scans one artefact: what is it, what is inside, what would loading it do. Nothing is executed and nothing written; the
// readers below see bytes only. Invariant: a piece that no reader could finish has a finding that says so.
import type { ArtefactFinding, ArtefactMember, ArtefactReport, ArtefactVerdict } from '../../model/artefact.ts'
import { ARTEFACT_VERDICTS } from '../../model/artefact.ts'
import { zip } from './containers/zip.ts'
import { hasZipBehind } from './containers/zip-directory.ts'
import { type Format, identify } from './identify.ts'
import { ARTEFACT_LIMITS, type ArtefactLimits } from './limits.ts'
import { READERS } from './readers.ts'
import type { ByteSource } from './source.ts'
import { type Found, Limit, type Piece, type Shared } from './piece.ts'
import { TECHNIQUES } from './techniques.ts'

export interface ArtefactInput {
  /** As its user would name it; only the last part is looked at. */
  name: string
  source: ByteSource
  /** Other files of the same folder, for formats that spread over several. */
  beside?: (name: string) => ByteSource | undefined
}

export async function scanArtefact(
  { name, source, beside }: ArtefactInput,
  limits: ArtefactLimits = ARTEFACT_LIMITS,
): Promise<ArtefactReport> {
  const run = new Run(limits)
  const format = run.scan(name, source, '', 0, beside ?? (() => undefined))
  return run.report(format)
}

const SHOWN = 240
/** Whose last member may be a zip. */
const ARCHIVES: ReadonlySet<Format> = new Set([
  'zip',
  'tar',
  '7z',
  'rar',
  'program',
  'llamafile',
  'safetensors',
  'gguf',
])

class Run implements Shared {
  readonly limits: ArtefactLimits
  readonly #findings = new Map<string, ArtefactFinding>()
  readonly #members: ArtefactMember[] = []
  #membersLeftOut = 0
  #findingsLeftOut = 0
  #verdict: ArtefactVerdict = 'benign'
  #expanded = 0
  #opcodes = 0

  constructor(limits: ArtefactLimits) {
    this.limits = limits
  }

  scan(name: string, source: ByteSource, place: string, depth: number, beside: Piece['beside']): string {
    const piece: Piece = { name, source, place, depth, beside, shared: this }
    if (depth > this.limits.depth) {
      this.found(piece, 'not-read', { why: `archives nest deeper than ${this.limits.depth}` })
      return 'unknown'
    }
    const format = identify(piece)
    try {
      READERS[format](piece)
      if (depth === 0 && !ARCHIVES.has(format) && hasZipBehind(source)) {
        this.found(piece, 'polyglot', { why: `it is a ${format} file and a zip` })
        zip(piece, true)
      }
    } catch (error) {
      // A bound that was met, a header that lies, or a defect of ours: for the reader of the report all three mean the
      // same, that the rest was not looked at.
      this.found(piece, 'not-read', {
        why: error instanceof Limit ? error.message : `not a valid ${format} file: ${brief(error)}`,
      })
    }
    return format
  }

  found(piece: Piece, technique: keyof typeof TECHNIQUES, { why, effect, offset, opcode, place }: Found): void {
    const row = TECHNIQUES[technique]
    const where = place === undefined ? piece.place : piece.place ? `${piece.place}!${place}` : place
    const finding: ArtefactFinding = {
      technique,
      verdict: row.verdict,
      severity: row.severity,
      effect: effect ?? row.effect,
      why: shorten(why),
      remedy: row.remedy,
      place: shorten(where),
      ...(offset === undefined ? {} : { offset }),
      ...(opcode === undefined ? {} : { opcode }),
    }
    if (rank(row.verdict) > rank(this.#verdict)) this.#verdict = row.verdict
    const key = `${technique}\0${where}\0${finding.why}`
    if (this.#findings.has(key)) return
    if (this.#findings.size < this.limits.findings) this.#findings.set(key, finding)
    else this.#findingsLeftOut++
  }

  /** Whether one more member may be looked at. */
  member(piece: Piece, member: ArtefactMember): boolean {
    const place = piece.place ? `${piece.place}!${member.name}` : member.name
    if (this.#members.length < this.limits.members) {
      this.#members.push({ ...member, name: shorten(place) })
      return true
    }
    this.#membersLeftOut++
    this.found(piece, 'not-read', { why: `more than ${this.limits.members} members` })
    return false
  }

  expand(bytes: number): void {
    this.#expanded += bytes
    if (this.#expanded > this.limits.expandedBytes)
      throw new Limit(`its members expand to more than ${this.limits.expandedBytes} bytes`)
  }

  opcodes(count: number): void {
    this.#opcodes += count
    if (this.#opcodes > this.limits.opcodes) throw new Limit(`more than ${this.limits.opcodes} opcodes`)
  }

  report(format: string): ArtefactReport {
    const findings = [...this.#findings.values()].toSorted((a, b) => rank(b.verdict) - rank(a.verdict))
    return {
      format,
      verdict: this.#verdict,
      findings,
      members: this.#members,
      leftOut: { members: this.#membersLeftOut, findings: this.#findingsLeftOut },
    }
  }
}

const rank = (verdict: ArtefactVerdict) => ARTEFACT_VERDICTS.indexOf(verdict)
const shorten = (text: string) => (text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text)
const brief = (error: unknown) => (error instanceof Error ? error.message : String(error)).slice(0, 120)
