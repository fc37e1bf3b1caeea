import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { symbolsOf } from './symbols.ts'

test('each control of the catalogue has a symbol of its own, of two letters where that is possible', () => {
  const pack = new URL('../../../src/catalog/packs/ai-exchange/2026-11/controls.json', import.meta.url)
  const { controls }: { controls: { id: string }[] } = JSON.parse(readFileSync(pack, 'utf8'))
  const symbols = symbolsOf(controls.map(({ id }) => id))
  assert.equal(new Set(symbols.values()).size, symbols.size)
  assert.equal(symbols.get('rate-limit'), 'Rl')
  for (const symbol of symbols.values()) assert.match(symbol, /^[A-Z][a-z]{1,2}$/)
})

test('many alike names still get different symbols', () => {
  const ids = Array.from('abcdefgh', (letter) => `same-${letter}name`)
  assert.equal(new Set(symbolsOf(ids).values()).size, ids.length)
})
