// Where two texts differ, word by word: the longest common run of words, bounded so that no text takes long to compare.
export interface Change {
  before: string
  after: string
  changed: boolean
}

const MOST_WORDS = 800

export function changesOf(before: string, after: string): Change[] {
  const [a, b] = [wordsOf(before), wordsOf(after)]
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start++
  let end = 0
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++
  const middle = between(a.slice(start, a.length - end), b.slice(start, b.length - end))
  return [...same(a.slice(0, start)), ...middle, ...same(a.slice(a.length - end))]
}

function same(words: readonly string[]): Change[] {
  const text = words.join('')
  return text === '' ? [] : [{ before: text, after: text, changed: false }]
}

const wordsOf = (text: string) => text.match(/\s+|[^\s]+/g) ?? []

function between(a: readonly string[], b: readonly string[]): Change[] {
  if (a.length === 0 && b.length === 0) return []
  if (a.length > MOST_WORDS || b.length > MOST_WORDS) return [{ before: a.join(''), after: b.join(''), changed: true }]
  const width = b.length + 1
  // The length of the longest common run from each pair of places on.
  const common = new Uint16Array((a.length + 1) * width)
  const at = (i: number, j: number) => common[i * width + j] ?? 0
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      common[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
  const changes: Change[] = []
  const add = (before: string, after: string, changed: boolean) => {
    const last = changes.at(-1)
    if (last?.changed === changed) {
      last.before += before
      last.after += after
    } else changes.push({ before, after, changed })
  }
  let [i, j] = [0, 0]
  while (i < a.length || j < b.length) {
    const [left, right] = [a[i], b[j]]
    if (left !== undefined && left === right) {
      add(left, left, false)
      i++
      j++
    } else if (right === undefined || (left !== undefined && at(i + 1, j) >= at(i, j + 1))) {
      add(left ?? '', '', true)
      i++
    } else {
      add('', right, true)
      j++
    }
  }
  return changes
}
