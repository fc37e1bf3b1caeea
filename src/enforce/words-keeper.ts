// Gathers the words of one call while they go by. What is too long to keep is left out as a whole: half a body is none,
// and could not be searched for secrets either.
import type { Words } from '../model/words.ts'
import type { Delta } from './wire/delta.ts'

const MOST = 1024 * 1024

interface Choice {
  text: string
  reasoning: string
  calls: Map<number, { name: string; arguments: string }>
}

export class WordsKeeper {
  readonly #kept: Words['kept']
  readonly #choices = new Map<number, Choice>()
  #request = ''
  #answer = ''
  #length = 0
  #isCut = false

  constructor(kept: Words['kept']) {
    this.#kept = kept
  }

  asked(text: string): void {
    this.#request = this.#whole(text)
  }

  answered(body: string | Uint8Array): void {
    this.#answer = this.#whole(typeof body === 'string' ? body : Buffer.from(body).toString('utf8'))
  }

  /** A piece of a stream, as the guards let it through. */
  heard(delta: Delta): void {
    if (delta.kind === 'call') {
      this.#choice(delta.choice).calls.set(delta.block, { name: delta.name, arguments: '' })
      return
    }
    if (delta.kind !== 'text' && delta.kind !== 'arguments') return
    this.#length += delta.text.length
    if (this.#length > MOST) {
      this.#choices.clear()
      this.#isCut = true
      return
    }
    const choice = this.#choice(delta.choice)
    if (delta.kind === 'text') choice[delta.channel === 'reasoning' ? 'reasoning' : 'text'] += delta.text
    else {
      const call = choice.calls.get(delta.block)
      if (call) call.arguments += delta.text
    }
  }

  words(): Words {
    const answer = this.#choices.size === 0 ? this.#answer : JSON.stringify({ choices: this.#heard() })
    return { kept: this.#kept, request: this.#request, answer, isCut: this.#isCut }
  }

  #heard() {
    return [...this.#choices].map(([index, { text, reasoning, calls }]) => {
      return { index, text, reasoning: reasoning === '' ? undefined : reasoning, calls: [...calls.values()] }
    })
  }

  #choice(index: number): Choice {
    const known = this.#choices.get(index)
    if (known) return known
    const made: Choice = { text: '', reasoning: '', calls: new Map() }
    this.#choices.set(index, made)
    return made
  }

  #whole(text: string): string {
    if (text.length <= MOST) return text
    this.#isCut = true
    return ''
  }
}
