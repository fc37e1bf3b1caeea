// The tokenizer of BERT and its kin: words and marks, then the longest pieces of them that the vocabulary holds. It
// remembers where each piece stands in the text, so that a verdict can point at a place.
import { Failure } from '../../lib/failure.ts'

export interface Pieces {
  ids: number[]
  /** Where each piece begins and ends in the text. */
  starts: number[]
  ends: number[]
}

const LONGEST_WORD = 100
/** Words, marks and characters of scripts without spaces, each by itself. */
const WORD = /[\p{Script=Han}]|[^\s\p{P}\p{S}\p{Script=Han}\p{Cc}]+|[\p{P}\p{S}]/gu

export class WordPiece {
  readonly #ids: ReadonlyMap<string, number>
  readonly #folds: boolean
  readonly begin: number
  readonly end: number
  readonly #unknown: number

  /** `vocabulary`: one piece a line, as in a `vocab.txt`. One without capitals folds the text as well. */
  constructor(vocabulary: string, name: string) {
    this.#ids = new Map(vocabulary.split(/\r?\n/).map((piece, id) => [piece, id]))
    const idOf = (piece: string): number => {
      const id = this.#ids.get(piece)
      if (id !== undefined) return id
      throw new Failure('config_invalid', `${name} is no vocabulary of a BERT model: it does not hold ${piece}`, {
        hint: 'give the vocab.txt of the model, one piece a line; vocabularies of SentencePiece do not work',
      })
    }
    this.begin = idOf('[CLS]')
    this.end = idOf('[SEP]')
    this.#unknown = idOf('[UNK]')
    this.#folds = ![...this.#ids.keys()].some((piece) => /^[A-Z][a-z]+$/.test(piece))
  }

  pieces(text: string): Pieces {
    const pieces: Pieces = { ids: [], starts: [], ends: [] }
    for (const { index, 0: word } of text.matchAll(WORD)) this.#split(word, index, pieces)
    return pieces
  }

  #split(word: string, at: number, { ids, starts, ends }: Pieces): void {
    const folded = this.#folds
      ? word
          .toLowerCase()
          .normalize('NFD')
          .replaceAll(/\p{Mn}/gu, '')
      : word
    const found = this.#pieces(folded) ?? [[this.#unknown, 0, word.length] as const]
    // Folding may change the length; a place inside a word then stays within the word.
    const within = (offset: number) => at + Math.min(offset, word.length)
    for (const [id, from, to] of found) {
      ids.push(id)
      starts.push(within(from))
      ends.push(within(to))
    }
  }

  /** From left to right the longest piece that is known; undefined where there is none. */
  #pieces(word: string): (readonly [id: number, from: number, to: number])[] | undefined {
    if (word.length > LONGEST_WORD) return undefined
    const found: (readonly [number, number, number])[] = []
    for (let from = 0; from < word.length;) {
      const piece = this.#longest(word, from)
      if (!piece) return undefined
      found.push(piece)
      from = piece[2]
    }
    return found
  }

  #longest(word: string, from: number): readonly [id: number, from: number, to: number] | undefined {
    const before = from > 0 ? '##' : ''
    for (let to = word.length; to > from; to--) {
      const id = this.#ids.get(before + word.slice(from, to))
      if (id !== undefined) return [id, from, to]
    }
    return undefined
  }
}
