// The guards of one inspection that read texts. What the policy says of each is looked up once and not for every text, and
// a text that comes whole is read by all of them without anything made for it but their watches.
import { Failure } from '../lib/failure.ts'
import type { Hit, Verdict } from '../model/verdict.ts'
import { SeamWatch, type Stretch } from './adjoining.ts'
import { afterCuts } from './after-cuts.ts'
import { type CallGuards, whyOf } from './begin.ts'
import type { GuardTime } from './guard-time.ts'
import type { Cut, Readings, TextKind, Watch, Watched } from './guard.ts'
import { type Lane, laneOf, type LaneWatch } from './lane.ts'
import { saneWatch, saneWatched, saneYesOrNo } from './sane.ts'
import type { OpenVerdict, Place, Verdicts } from './verdicts.ts'
import type { QuotedKey } from './upstream/quoted-key.ts'
import { inLargePieces, readWhole } from './whole.ts'

const everybody = (): boolean => true
const SILENT: Watched = { safe: Number.POSITIVE_INFINITY, findings: [], cuts: [] }

/** Under the name of the control that this is, whether or not its guard is at work. */
const QUOTED = {
  guard: 'sensitive-output-handling',
  hit: {
    detector: 'upstream-key',
    kind: 'upstream-key',
    severity: 'critical',
    confidence: 1,
    note: 'The key of the upstream, in its own answer',
  },
} as const

interface Reader {
  id: string
  reads: Readings['reads']
  open: NonNullable<Readings['open']>
  joins: boolean
  time: GuardTime
  /** Its cuts are made. */
  isEnforced: boolean
  /** What it could still find is held back. */
  holdsBack: boolean
  /** Undefined until it reads something. */
  verdict: OpenVerdict | undefined
  /** Of the text that is read at the moment. */
  watch: Watch | undefined
}

export interface ReadingRules {
  /** In milliseconds; only differences count. */
  now: () => number
  verdicts: Verdicts
  /** What no text of an answer may say, whatever the policy is. */
  key?: QuotedKey | undefined
  /** Hits of the guard may wait for a person, so nothing that it could still find may go out before. */
  isOverseen(guard: string): boolean
  note(
    verdict: OpenVerdict,
    findings: readonly Omit<Hit, 'origin' | 'place'>[],
    remedy: Verdict['remedy'],
    about: Place,
  ): void
}

export class TextReaders {
  readonly #readers: Reader[] = []
  readonly #rules: ReadingRules
  /** When the clock was last looked at. */
  #at = 0

  constructor(guards: CallGuards, rules: ReadingRules) {
    this.#rules = rules
    for (const { id, reads, open, joins = false, isEnforced, time } of guards) {
      if (open === undefined) continue
      const holdsBack = isEnforced || rules.isOverseen(id)
      const [verdict, watch] = [undefined, undefined]
      this.#readers.push({ id, reads, open, joins, time, isEnforced, holdsBack, verdict, watch })
    }
  }

  /** For a text that arrives in pieces. */
  open(kind: TextKind, fixed: boolean): Lane {
    this.#openAll(kind)
    return this.#lane(kind, fixed)
  }

  /** Some of them look over the seams of texts. */
  get join(): boolean {
    return this.#readers.some(({ joins }) => joins)
  }

  /** For what lies over the seams of texts that stand side by side; undefined where nobody looks there. */
  openJoined(kind: TextKind, fixed: boolean, stretch: Stretch): Lane | undefined {
    if (!this.join) return undefined
    this.#openAll(kind, (reader) => reader.joins)
    for (const reader of this.#readers) {
      const { watch } = reader
      if (watch !== undefined) reader.watch = new SeamWatch(watch, () => saneWatch(reader.open(kind)), stretch)
    }
    return this.#lane(kind, fixed)
  }

  /** How a text reads after the cuts; undefined where it stays as it is. */
  whole(kind: TextKind, text: string, fixed: boolean): string | undefined {
    if (this.#openAll(kind)) {
      const lane = this.#lane(kind, fixed)
      lane.whole(text)
      return lane.isCut && !fixed ? lane.take(lane.length) : undefined
    }
    let cuts: Cut[] | undefined
    for (const reader of this.#readers) {
      const { watch } = reader
      if (watch === undefined) continue
      reader.watch = undefined
      const seen = this.#ask(reader, watch, 'whole', text, kind, fixed)
      if (reader.isEnforced && seen.cuts.length > 0) cuts = cuts === undefined ? [...seen.cuts] : cuts.concat(seen.cuts)
    }
    const { key } = this.#rules
    if (key !== undefined) {
      const seen = this.#quoted(readWhole(key.open(), text), kind, fixed)
      if (seen.cuts.length > 0) cuts = cuts === undefined ? [...seen.cuts] : cuts.concat(seen.cuts)
    }
    return cuts === undefined || fixed ? undefined : afterCuts(text, cuts)
  }

  /** Whether some of them leave another text to those that follow. */
  #openAll(kind: TextKind, asks: (reader: Reader) => boolean = everybody): boolean {
    let hasFirst = false
    this.#at = this.#rules.now()
    for (const reader of this.#readers) {
      reader.watch = asks(reader) ? this.#openOne(reader, kind) : undefined
      if (reader.watch?.isFirst === true) hasFirst = true
    }
    return hasFirst
  }

  /** What cannot even say whether it reads a text has failed at it. */
  #openOne(reader: Reader, kind: TextKind): Watch | undefined {
    const { verdicts } = this.#rules
    try {
      if (reader.reads !== undefined && !saneYesOrNo(reader.reads(kind))) return undefined
      const verdict = (reader.verdict ??= verdicts.of(reader.id))
      if (verdict.outcome === 'failed') return undefined
      const watch = saneWatch(reader.open(kind))
      this.#keepTime(reader)
      return watch
    } catch (error) {
      verdicts.fail((reader.verdict ??= verdicts.of(reader.id)), whyOf(error))
      return undefined
    }
  }

  #lane(kind: TextKind, fixed: boolean): Lane {
    const watches: LaneWatch[] = []
    for (const reader of this.#readers) {
      const { watch } = reader
      reader.watch = undefined
      if (watch !== undefined) watches.push(this.#laneWatch(reader, watch, kind, fixed))
    }
    const { key } = this.#rules
    if (key !== undefined && kind.isJoined !== true) watches.push(this.#keyWatch(key.open(), kind, fixed))
    return laneOf(watches)
  }

  #laneWatch(reader: Reader, watch: Watch, kind: TextKind, fixed: boolean): LaneWatch {
    const read = reader.holdsBack ? watch : inLargePieces(watch)
    const ask = (how: How, text: string): Watched => {
      this.#at = this.#rules.now()
      const seen = this.#ask(reader, read, how, text, kind, fixed)
      return reader.isEnforced || seen.cuts.length === 0 ? seen : { ...seen, cuts: [] }
    }
    return {
      enforced: reader.holdsBack,
      isFirst: read.isFirst === true,
      push: (text) => ask('push', text),
      end: () => ask('end', ''),
      whole: (text) => ask('whole', text),
    }
  }

  #keyWatch(watch: Watch, kind: TextKind, fixed: boolean): LaneWatch {
    return {
      enforced: true,
      isFirst: false,
      push: (text) => this.#quoted(watch.push(text), kind, fixed),
      end: () => this.#quoted(watch.end(), kind, fixed),
      whole: (text) => this.#quoted(readWhole(watch, text), kind, fixed),
    }
  }

  /** What cannot be cut cannot go out at all. */
  #quoted(seen: Watched, kind: TextKind, fixed: boolean): Watched {
    if (seen.cuts.length === 0) return seen
    if (fixed) throw new Failure('upstream_invalid', 'the upstream answered with the key that it was sent')
    const { verdicts, note } = this.#rules
    const verdict = verdicts.of(QUOTED.guard)
    verdicts.change(verdict, seen.cuts.length)
    note(verdict, [QUOTED.hit], 'rewrite', kind)
    return seen
  }

  #ask(reader: Reader, watch: Watch, how: How, text: string, kind: TextKind, fixed: boolean): Watched {
    const { verdicts, note } = this.#rules
    const verdict = (reader.verdict ??= verdicts.of(reader.id))
    if (verdict.outcome === 'failed') return SILENT
    let seen: Watched
    reader.time.read(text.length)
    try {
      seen = saneWatched(how === 'whole' ? readWhole(watch, text) : how === 'push' ? watch.push(text) : watch.end())
      this.#keepTime(reader)
    } catch (error) {
      verdicts.fail(verdict, whyOf(error))
      return SILENT
    }
    const { findings, cuts, notes } = seen
    if (!fixed) verdicts.change(verdict, cuts.length)
    if (findings.length > 0) note(verdict, findings, cuts.length > 0 && !fixed ? 'rewrite' : 'block', kind)
    if (notes !== undefined) note(verdict, notes, 'note', kind)
    return seen
  }

  #keepTime({ time }: Reader): void {
    const started = this.#at
    this.#at = this.#rules.now()
    time.add(this.#at - started)
  }
}

type How = 'push' | 'end' | 'whole'
