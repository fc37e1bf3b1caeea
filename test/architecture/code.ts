// What code may contain.
import { defineRule } from './rule.ts'
import { type AstNode, nodesOf } from './tree.ts'

const MOST_LINES = 400
const MOST_BYTES = 1_500_000

const identifier = (value: unknown) => {
  const node = value as AstNode | null | undefined
  return node?.type === 'Identifier' ? String(node['name']) : ''
}
const member = (node: AstNode) => {
  const property = node['property'] as AstNode | undefined
  return node.type === 'MemberExpression' ? `${identifier(node['object'])}.${identifier(property)}` : ''
}

const short = defineRule({
  title: `no file of code has more than ${MOST_LINES} lines`,
  check: ({ sources }) =>
    sources
      .filter(({ path, ast }) => ast !== undefined || /\.(css|py)$/.test(path))
      .map(({ path, text }) => ({ path, lines: text.trimEnd().split('\n').length }))
      .filter(({ lines }) => lines > MOST_LINES)
      .map(({ path, lines }) => `${path}: ${lines} lines`),
  broken: [{ 'src/lib/a.ts': 'let a\n'.repeat(MOST_LINES + 1) }, { 'console/a.css': 'a {}\n'.repeat(MOST_LINES + 1) }],
})

const light = defineRule({
  title: 'no file has more than 1.5 MB',
  check: ({ sources }) =>
    sources.filter(({ bytes }) => bytes > MOST_BYTES).map(({ path, bytes }) => `${path}: ${bytes} bytes`),
  broken: [{ 'docs/a.json': 'x'.repeat(MOST_BYTES + 1) }],
})

const opensWithItsPurpose = defineRule({
  title: 'every file of src, console, scripts and bench opens with a comment that says what it is for',
  check: ({ sources }) =>
    sources
      .filter(({ path, isTest, ast }) => ast && !isTest && /^(src|console|scripts|bench)\//.test(path))
      .filter(({ text }) => !/^(#!.*\n)?(\/\/ |\/\*)/.test(text))
      .map(({ path }) => `${path}: opens without one`),
  broken: [{ 'src/lib/a.ts': 'export const a = 1' }],
})

/** An arrow that only puts the listed things together is a list still; statements and choices are not. */
const DOES = new Set([
  'FunctionDeclaration',
  'FunctionExpression',
  'ClassDeclaration',
  'ClassExpression',
  'BlockStatement',
  'ConditionalExpression',
  'AwaitExpression',
])

const indexIsRegistry = defineRule({
  title: 'an index.ts lists things and does nothing',
  check: ({ sources }) =>
    sources
      .filter(({ path, ast, isTest }) => ast && !isTest && /^(src|console)\/(.*\/)?index\.tsx?$/.test(path))
      .filter(({ ast }) => nodesOf(ast).some(({ type }) => DOES.has(type)))
      .map(({ path }) => `${path}: holds code`),
  broken: [
    { 'src/detect/index.ts': 'export function find() {}' },
    { 'src/detect/index.ts': 'export const find = (list) => { return list[0] }' },
    { 'src/detect/index.ts': 'export const one = on ? a : b' },
  ],
})

const noCodeFromText = defineRule({
  title: 'no text becomes code',
  check: ({ sources }) =>
    sources.flatMap(({ path, ast, isTest, imports }) => {
      const vm = isTest ? [] : imports.filter(({ from }) => from === 'node:vm').map(({ from }) => `imports ${from}`)
      const calls = nodesOf(ast)
        .filter(({ type }) => type === 'CallExpression' || type === 'NewExpression')
        .map((node) => identifier(node['callee']) || member((node['callee'] ?? node) as AstNode))
        .filter((name) => /^(globalThis\.)?(eval|Function)$/.test(name))
        .map((name) => `calls ${name}`)
      return [vm, calls].flat().map((what) => `${path}: ${what}`)
    }),
  broken: [
    { 'src/lib/a.ts': `eval('1')` },
    { 'console/a.tsx': `new Function('return 1')()` },
    { 'scripts/a.ts': `globalThis.eval('1')` },
    { 'src/lib/a.ts': `import { runInNewContext } from 'node:vm'` },
  ],
})

const PURE = /^src\/(detect|derive)\/|^src\/[^/]+\/(.*\/)?decide\.ts$/
const PURE_IMPORTS = new Set(['node:buffer', 'node:util', 'node:string_decoder', 'node:punycode'])
/** Functions of their input alone, in modules that also draw random numbers, open sockets or keep threads. */
const PURE_NAMES: Record<string, ReadonlySet<string>> = {
  'node:crypto': new Set(['createHash', 'createHmac', 'hash']),
  'node:net': new Set(['isIP', 'isIPv4', 'isIPv6']),
  'node:zlib': new Set(['constants', 'inflateRawSync', 'inflateSync', 'unzipSync', 'zstdDecompressSync']),
}
const CLOCKS = new Set(['Date.now', 'performance.now', 'Math.random', 'crypto.randomUUID', 'crypto.getRandomValues'])
const OUTSIDE = new Set(['process', 'fetch', 'setTimeout', 'setInterval', 'setImmediate', 'require'])

const pure = defineRule({
  title: 'detect, derive and decide do no input or output and read no clock',
  check: ({ sources }) =>
    sources
      .filter(({ path, isTest }) => PURE.test(path) && !isTest)
      .flatMap(({ path, ast, imports }) => {
        const foreign = imports
          .filter(({ from, typeOnly }) => from.startsWith('node:') && !typeOnly && !PURE_IMPORTS.has(from))
          .filter(({ from }) => !takesOnlyPure(ast, from))
          .map(({ from }) => `imports ${from}`)
        return [foreign, nodesOf(ast).flatMap(impurity)].flat().map((what) => `${path}: ${what}`)
      }),
  broken: [
    { 'src/detect/a.ts': `import { readFileSync } from 'node:fs'` },
    { 'src/detect/a.ts': `import { randomBytes } from 'node:crypto'` },
    { 'src/detect/a.ts': `import { createHash, randomBytes } from 'node:crypto'` },
    { 'src/detect/a.ts': `import net from 'node:net'` },
    { 'src/detect/a.ts': `import * as zlib from 'node:zlib'` },
    { 'src/detect/a.ts': `import 'node:zlib'` },
    { 'src/derive/a.ts': 'export const a = () => Date.now()' },
    { 'src/derive/a.ts': 'export const a = () => new Date()' },
    { 'src/derive/a.ts': 'export const a = () => Date()' },
    { 'src/enforce/decide.ts': 'export const a = () => Math.random()' },
    { 'src/enforce/decide.ts': `export const a = () => process.env['A']` },
    { 'src/derive/a.ts': `export const a = () => fetch('http://localhost')` },
  ],
})

function impurity(node: AstNode): string[] {
  if (CLOCKS.has(member(node))) return [`uses ${member(node)}`]
  if (node.type === 'MemberExpression' && OUTSIDE.has(identifier(node['object'])))
    return [`uses ${identifier(node['object'])}`]
  if (node.type !== 'CallExpression' && node.type !== 'NewExpression') return []
  const callee = identifier(node['callee'])
  if (OUTSIDE.has(callee)) return [`uses ${callee}`]
  const bare = node.type === 'CallExpression' || (node['arguments'] as unknown[]).length === 0
  return callee === 'Date' && bare ? ['uses the time of day'] : []
}

function takesOnlyPure(ast: AstNode | undefined, module: string): boolean {
  const names = nodesOf(ast)
    .filter((node) => node.type === 'ImportDeclaration' && (node['source'] as AstNode)['value'] === module)
    .flatMap((node) => (node['specifiers'] as AstNode[]).map((part) => identifier(part['imported'])))
  return names.length > 0 && names.every((name) => PURE_NAMES[module]?.has(name))
}

export const codeRules = [short, light, opensWithItsPurpose, indexIsRegistry, noCodeFromText, pure]
