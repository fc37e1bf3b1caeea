import assert from 'node:assert/strict'
import { test } from 'node:test'
import { askForBuiltins } from './ask-for-builtins.ts'

const NODE_PATH = 'process.getBuiltinModule("node:path")'

for (const [title, code, asked] of [
  [
    'what is named is asked for by name, and keeps the name that it was given',
    'import{join,sep as slash}from"node:path";join(slash);',
    `const{join:join,sep:slash}=${NODE_PATH};join(slash);`,
  ],
  ['a whole module is itself', 'import path from"node:path";path.sep;', `const path=${NODE_PATH};path.sep;`],
  ['and so is one taken as a namespace', 'import*as path from"node:path";', `const path=${NODE_PATH};`],
  [
    'what is not of Node is imported as before, and what only looks like an import is left alone',
    'import{a}from"./a.mjs";import{sep}from"node:path";`import{b}from"node:fs"`;',
    `const{sep:sep}=${NODE_PATH};import{a}from"./a.mjs";\`import{b}from"node:fs"\`;`,
  ],
] as const)
  test(title, () => assert.equal(askForBuiltins(code), asked))

test('what is asked for is there', () => {
  const run = Function('process', `${askForBuiltins('import{join,sep as slash}from"node:path";')}return join("a","b")`)
  assert.equal(run(process), ['a', 'b'].join(process.platform === 'win32' ? '\\' : '/'))
})
