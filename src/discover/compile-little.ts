// How the engine runs a scan. It is made for pages that stay: what is used a little more often is compiled again, and better.
// A scan of a repository is over before that pays.
// Invariant: only numbers that the engine compares with, and steps that it may leave out. It reads other flags, those of
// its memory and of the tiers of patterns among them, when it starts, and breaks down where they change later.
import { setFlagsFromString } from 'node:v8'

/**
 * What compiles the grammars once more. The lexer of a grammar is one function; compiling it takes longer than a hundred
 * files do with what is there at once.
 */
const LATE = ['wasm-dynamic-tiering', 'wasm-tier-up']

export const SPARING_FLAGS: readonly string[] = [
  '--invocation-count-for-maglev=2000',
  // A pattern is asked hundreds of times in the time that it takes to compile it. One that reads a long text is compiled at once.
  '--regexp-tier-up-ticks=200',
  // Most patterns are asked a few times, and smoothing their bytecode takes longer than to run it as it is.
  '--no-regexp-peephole-optimization',
  // All of a file at once, since what is kept of it between runs is what was compiled when it was loaded: else each run
  // compiles anew what it calls.
  '--no-lazy',
  // The best code costs a small scan a tenth of its time, and to a large one it gives back no more than it took.
  '--no-turbofan',
  ...LATE.map((flag) => `--no-${flag}`),
  // What a thread took to compile a lexer it never gives back, some ten megabytes; several at once each take as much.
  '--wasm-num-compilation-tasks=1',
]

/** For the whole process, from now on. Code that is kept between runs is kept for these flags, so they come before it. */
export function compileLittle(): void {
  for (const flag of SPARING_FLAGS) setFlagsFromString(flag)
}

/** Where there is much to read; said before the first grammar is loaded. */
export function compileWell(): void {
  for (const flag of LATE) setFlagsFromString(`--${flag}`)
}
