// From words to an exit code. Loads only what the verb needs: the verbs that are written by hand start without reading
// a single route.
import { Failure } from '../lib/failure.ts'
import { suggest } from '../lib/suggest.ts'
import { localVerbs } from './commands/index.ts'
import { EXIT, explain, explainJson } from './fail.ts'
import type { Io } from './io.ts'
import { overview } from './overview.ts'
import { runVerb } from './program.ts'
import { safeJson } from './show/text.ts'
import type { Verb } from './verb.ts'
import { VERSION } from './version.ts'

export async function runCli(words: readonly string[], io: Io): Promise<number> {
  try {
    return await run(words, io)
  } catch (error) {
    io.err(words.includes('--json') ? `${safeJson(explainJson(error))}\n` : explain(error, io))
    return EXIT.failed
  }
}

async function run(words: readonly string[], io: Io): Promise<number> {
  const [first] = words
  if (first === '--version' || first === '-V') {
    io.out(`${VERSION}\n`)
    return EXIT.good
  }
  if (first === undefined || first === '--help' || first === '-h' || first === 'help') {
    io.out(overview(await everyVerb(), isLocal, io))
    return first === undefined ? EXIT.failed : EXIT.good
  }
  // With its own verbs beneath it, as `discover` has `discover model`.
  const own = isLocal(first) ? localVerbs.filter(({ name }) => name.split(' ')[0] === first) : []
  const verbs = own.length > 0 ? own : await everyVerb()
  checkWords(words, verbs)
  return runVerb(verbs, words, io)
}

async function everyVerb(): Promise<Verb[]> {
  const [{ routes }, { verbOf }, { openTransport }] = await Promise.all([
    import('../server/routes/index.ts'),
    import('./remote/verbs.ts'),
    import('./remote/open.ts'),
  ])
  return [...localVerbs, ...routes.map((route) => verbOf(route, openTransport)).filter(({ name }) => !isLocal(name))]
}

function isLocal(verb: string): boolean {
  return localVerbs.some(({ name }) => name === verb)
}

/** Says which word is not known, before flags confuse the matter. */
function checkWords(words: readonly string[], verbs: readonly Verb[]) {
  const end = words.findIndex((word) => word.startsWith('-'))
  const spoken = end < 0 ? words : words.slice(0, end)
  let known = verbs
  for (const [i, word] of spoken.entries()) {
    const here = known.find(({ name }) => name.split(' ').length === i)
    const next = known.filter(({ name }) => name.split(' ')[i] === word)
    if (here && (here.arguments.length > 0 || known.length === 1)) return
    if (next.length === 0) throw unknownWord(spoken.slice(0, i), word, known)
    known = next
  }
}

function unknownWord(before: readonly string[], word: string, known: readonly Verb[]): Failure {
  const choices = [...new Set(known.flatMap(({ name }) => name.split(' ')[before.length] ?? []))]
  const near = suggest(word, choices)
  const list = before.length > 0 ? `after "${before.join(' ')}" comes one of ${choices.join(', ')}` : ''
  return new Failure('input_invalid', `there is no verb "${[...before, word].join(' ')}"`, {
    hint: near ? `did you mean "${[...before, near].join(' ')}"?` : list || '`parapet --help` lists them all',
  })
}
