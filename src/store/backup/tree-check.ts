// Recomputes the Merkle tree of the entries that pass by, and compares what else the archive says of it.
import { Failure } from '../../lib/failure.ts'
import { grow, leafHash, rootOf } from '../../prove/merkle.ts'
import type { Value } from '../runner.ts'
import type { Manifest } from './archive.ts'

export class TreeCheck {
  readonly #frontier: Uint8Array[] = []
  /** Roots of full subtrees by `level/index`; one for 255 entries, so this stays small. */
  readonly #nodes = new Map<string, string>()
  #size = 0
  #state: { size: Value; frontier: string } | undefined
  #matched = 0

  row(table: string, columns: readonly string[], values: readonly Value[]): void {
    const cell = (name: string) => values[columns.indexOf(name)] ?? null
    if (table === 'log_entry') this.#entry(cell('idx'), cell('leaf'), cell('leaf_hash'))
    if (table === 'log_node') this.#node(`${cell('level')}/${cell('idx')}`, cell('hash'))
    if (table === 'log_state') this.#state = { size: cell('size'), frontier: hex(cell('frontier')) }
  }

  end(log: Manifest['log']): void {
    const frontier = hex(Buffer.concat(this.#frontier))
    if (this.#size !== log.size || this.#state?.size !== log.size || this.#state.frontier !== frontier)
      throw broken('its entries do not make the tree that its state says')
    if (this.#matched !== this.#nodes.size) throw broken('nodes of the tree are missing')
    if (hex(rootOf(this.#frontier)) !== log.root) throw broken('its root is not the one in the manifest')
  }

  #entry(index: Value, leaf: Value, hash: Value): void {
    if (index !== this.#size || typeof leaf !== 'string') throw broken(`entry ${this.#size} is missing`)
    const computed = leafHash(leaf)
    if (hex(computed) !== hex(hash)) throw broken(`entry ${this.#size} is not what its hash says`)
    grow(this.#frontier, this.#size, computed, (height, at, root) => {
      if (height % 8 === 0) this.#nodes.set(`${height / 8}/${at}`, hex(root))
    })
    this.#size++
  }

  #node(key: string, hash: Value): void {
    if (this.#nodes.get(key) !== hex(hash)) throw broken(`node ${key} of the tree is wrong`)
    this.#matched++
  }
}

const hex = (value: Value): string => (value instanceof Uint8Array ? Buffer.from(value).toString('hex') : '')

const broken = (why: string): Failure =>
  new Failure('log_damaged', `the log in the backup is damaged: ${why}`, {
    hint: 'use another backup; nothing was changed',
  })
