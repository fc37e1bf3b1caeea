// How random a text looks. Shannon entropy alone calls any long sentence random, so shape is asked as well.

/** Bits per character. 0 for the empty text. */
export function entropy(text: string): number {
  if (text.length === 0) return 0
  const counts = new Map<number, number>()
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    counts.set(code, (counts.get(code) ?? 0) + 1)
  }
  let bits = 0
  for (const count of counts.values()) {
    const share = count / text.length
    bits -= share * Math.log2(share)
  }
  return bits
}

/** The share of the text taken by its longest run of one character. */
export function longestRun(text: string): number {
  let longest = 0
  for (let i = 0, run = 0; i < text.length; i++) {
    run = i > 0 && text.charCodeAt(i) === text.charCodeAt(i - 1) ? run + 1 : 1
    if (run > longest) longest = run
  }
  return text.length === 0 ? 0 : longest / text.length
}

/** The share of characters that merely count on from the one before: abcdef, 12345, ABC, 987. */
export function counting(text: string): number {
  if (text.length < 2) return 0
  let steps = 0
  let lastStep = 0
  for (let i = 1; i < text.length; i++) {
    const step = text.charCodeAt(i) - text.charCodeAt(i - 1)
    const wraps = (text[i] === '0' && text[i - 1] === '9') || (text[i] === 'a' && text[i - 1] === 'z')
    if ((step === 1 || step === -1) && (lastStep === 0 || step === lastStep || lastStep === 9)) steps++
    else if (wraps) steps++
    lastStep = step === 1 || step === -1 ? step : wraps ? 1 : 0
  }
  return steps / (text.length - 1)
}
