// A rule of the house: what must hold, how it is checked, and small trees that break it. The breaking samples are its
// sabotaged twins: a rule that accepts one of them checks nothing.
import type { Tree } from './tree.ts'

export interface Rule {
  /** A sentence. */
  title: string
  /** What breaks it, each as `path: what`. */
  check(tree: Tree): string[]
  /** Each a tree, path to text, to which the rule must object. */
  broken: readonly Readonly<Record<string, string>>[]
}

export const defineRule = (rule: Rule): Rule => rule
