// Some credentials announce themselves in their middle: letters at random, then `JQQJ99` or `AZDO`. Whatever word a stream
// breaks off in may be the beginning of one, and would wait for the next word. The words that answers begin with most
// need not: such a word is not counted as part of a credential that it would happen to begin. Of random letters one in
// some ten thousand does, and what is left of it is random enough.

const WORDS: ReadonlySet<string> = new Set(
  (
    'And But For How One The Yes You Again Also Another Answer Apart Based Because Before Below Besides Both ' +
    'Certain Could Does Each Either Even Every Exactly Finally First Follow Given Glad Good Great Happy Have Hello Here ' +
    'However Indeed Instead Into Just Last Like Looking Many Maybe More Most Much Next None Note Okay Once Only Other ' +
    'Overall Perfect Perhaps Please Right Same Several Should Similar Simply Since Some Sorry Still Such Sure Than Thank Thanks ' +
    'That Their Then There These They This Those Though Three Through Today Unless Until Using Very Want Well Were What When ' +
    'Where Whether Which While With Within Without Would Your about after also been before being both could does each even ' +
    'every first from good great have here into just like many more most much need next only other over same should some such ' +
    'than that their them then there these they this those through until used using very want well were what when where which ' +
    'while will with within without would your Hallo Gerne Hier Bonjour Voici Merci Hola Claro Ciao Ecco'
  ).split(' '),
)
const [SHORTEST, LONGEST] = [3, 7]
/** By their first two letters: a bit for each length that such a word has. Of most words in a text none. */
const LENGTHS = new Uint8Array(128 * 128)
for (const word of WORDS) {
  const slot = slotOf(word, 0)
  LENGTHS[slot] = (LENGTHS[slot] ?? 0) | (1 << word.length)
}

function slotOf(text: string, at: number): number {
  return ((text.charCodeAt(at) & 127) << 7) | (text.charCodeAt(at + 1) & 127)
}

/** How long the longest of these words is that begins here, whatever follows it; 0 where none does. */
export function openingWord(text: string, at: number): number {
  const lengths = LENGTHS[slotOf(text, at)] ?? 0
  if (lengths === 0) return 0
  for (let length = LONGEST; length >= SHORTEST; length--)
    if ((lengths & (1 << length)) !== 0 && WORDS.has(text.slice(at, at + length))) return length
  return 0
}

const IN_LEAD = new Uint8Array(65_536)
for (const [first, last] of ['09', 'AZ', 'az', '__', '~~', '..', '++', '/:', '--'])
  IN_LEAD.fill(1, first?.charCodeAt(0), (last?.charCodeAt(0) ?? 0) + 1)

/** Where the run of characters begins, up to `at`, that may stand in a credential before its literal; at most `most` back. */
export function startOfRun(text: string, at: number, most: number): number {
  let start = at
  while (start > 0 && at - start < most && IN_LEAD[text.charCodeAt(start - 1)] === 1) start--
  return start
}

/** From where on a credential counts that stands there or later: behind the opening word of its run. */
export function behindOpening(text: string, at: number): number {
  const run = startOfRun(text, at, LONGEST)
  return at - run === LONGEST ? at : Math.max(at, run + openingWord(text, run))
}
