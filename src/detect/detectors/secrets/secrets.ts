// Credentials in a text. It reads the text itself rather than windows: a dozen hits a line in source code make windows
// that cover everything several times over, while a hit that knows its literal tries one or two patterns at one place.
import { once } from '../../../lib/once.ts'
import { buildAutomaton } from '../../automaton.ts'
import { defineDetector } from '../../define.ts'
import { GatedReading, type Sight } from '../gated-reading.ts'
import { ANY, DIGIT, FURTHER_LETTER, noticing, OTHER } from '../notice.ts'
import { GATES, MOST_AFTER, MOST_BACK } from './gates.ts'
import { secretsAt } from './look.ts'
import { openingWord, startOfRun } from './opening-words.ts'
import { sample, seeded } from './sample.ts'

const LITERALS = GATES.map(({ literal }) => literal)
const AUTOMATON = buildAutomaton(LITERALS)
/** What a pattern may look back over: the options of a curl command. */
const LOOK_BACK = 320

/** What no letter or digit is. */
const AFTER_WORD = FURTHER_LETTER | OTHER
/** What must stand before a literal: asked first, since it settles most hits of the short ones. */
const NEIGHBOURS = {
  before: Uint8Array.from(GATES, ({ startsWord, literal }) =>
    startsWord ? AFTER_WORD : literal === '|' || literal === '%' ? DIGIT : ANY,
  ),
  behind: new Uint8Array(GATES.length).fill(ANY),
  begins: Uint8Array.from(GATES, ({ begins }) => (begins === 'anywhere' ? ANY : begins === 'word' ? AFTER_WORD : 0)),
}
const openNotice = noticing(AUTOMATON, LITERALS, NEIGHBOURS)

/** Made when asked for: a file that holds something like a credential trips other people's scanners. */
const hits = once((): string[] => {
  const random = seeded(7)
  const made = (pattern: string): string => sample(pattern, random)
  return [
    made('AKIA[A-Z2-7]{16}'),
    `export GH=${made('ghp_[0-9A-Za-z]{36}')}`,
    `{"apiKey": "${made('[0-9a-f]{4}[A-Z]{3}[0-9]{3}[0-9A-Za-z]{22}')}"}`,
    `postgres://app:${made('[a-z]{3}[0-9]{4}[A-Z]{3}')}@db.internal/orders`,
    `twitch_secret: ${made('[a-z]{9}[0-9]{4}[a-z0-9]{17}')}`,
    `${made('-----BEGIN RSA PRIVATE KEY-----\n')}${made('[0-9A-Za-z+/]{64}\n[0-9A-Za-z+/]{64}\n')}-----END RSA PRIVATE KEY-----`,
    `const password = '${made('[a-z]{5}[0-9]{3}!')}'`,
  ]
})

export const secrets = defineDetector({
  id: 'secrets',
  control: 'sensitive-output-handling',
  family: 'secret',
  title: 'Credentials: tokens, keys, passwords, connection strings',
  severity: 'high',
  most: 10_000,
  reach: { before: MOST_BACK + AUTOMATON.longest, after: MOST_AFTER },
  open: () => new GatedReading(sight()),
  examples: {
    get hit() {
      return hits()
    },
    miss: [
      'const apiKey = process.env.API_KEY',
      'password: "<your password>"',
      'api_key: ${{ secrets.API_KEY }}',
      'commit 4f2e9d1c0b8a7766554433221100ffeeddccbbaa',
      'id: 0b4c1d2e-1f2a-4b3c-8d4e-5f6a7b8c9d0e',
      'token: "xxxxxxxxxxxxxxxxxxxxxxxxxxxx"',
      'the keys of the house, the token of a friend, a secret garden',
      'if (token.kind === SyntaxKind.Identifier) return parseIdentifier(token)',
    ],
  },
})

function sight(): Sight {
  return {
    notice: openNotice(),
    longest: AUTOMATON.longest,
    lead: MOST_BACK,
    keep: LOOK_BACK,
    after: (what) => GATES[what]?.after ?? 0,
    judge(text, at, what, found) {
      const gate = GATES[what]
      if (gate) secretsAt(text, at, gate, found)
    },
    leadOf: startOfLead,
  }
}

function startOfLead(text: string, at: number): number {
  const run = startOfRun(text, at, MOST_BACK)
  return run === at || at - run === MOST_BACK ? run : Math.min(at, run + openingWord(text, run))
}
