import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AnyRoute } from '../server/route.ts'
import { routes } from '../server/routes/index.ts'
import { localVerbs } from './commands/index.ts'
import { fakeIo } from './testing.ts'
import { fieldsOf } from './remote/fields.ts'
import { OWN_FLAGS } from './remote/verbs.ts'
import { runCli } from './run.ts'

/** Verbs that do what the operation of their name does, and more: with folders, files and paths of this machine. */
const STAND_INS = ['scan submit', 'backup', 'bom import', 'catalog diff']

const known = routes as unknown as readonly AnyRoute[]

async function said(...words: string[]) {
  const io = fakeIo()
  const code = await runCli(words, io)
  return { code, stdout: io.stdout, stderr: io.stderr }
}

test('every operation has a verb of its own', () => {
  const names: string[] = known.map(({ command }) => command)
  assert.deepEqual(
    names.filter((name, i) => names.indexOf(name) !== i),
    [],
  )
  const shared = localVerbs.map(({ name }) => name).filter((name) => names.includes(name))
  assert.deepEqual(shared, STAND_INS)
  for (const name of names) assert.match(name, /^[a-z][a-z0-9-]*( [a-z][a-z0-9-]*){0,2}$/)
})

test('no verb of one word hides the operations of a noun', () => {
  const nouns = new Set(known.map(({ command }) => command.split(' ')[0] ?? ''))
  assert.deepEqual(
    localVerbs.filter(({ name }) => nouns.has(name) && !STAND_INS.includes(name)).map(({ name }) => name),
    [],
  )
})

for (const route of known.filter(({ command }) => !STAND_INS.includes(command))) {
  test(`parapet ${route.command} --help shows its arguments and flags`, async () => {
    const { code, stdout, stderr } = await said(...route.command.split(' '), '--help')
    assert.deepEqual([code, stderr], [0, ''])
    assert(stdout.replaceAll(/\s+/g, ' ').includes(route.summary.replaceAll(/\s+/g, ' ')))
    const fields = fieldsOf(route)
    for (const field of fields) assert(stdout.includes(`--${field.flag}`), field.flag)
    const own = new Set(OWN_FLAGS.map(({ name }) => name))
    assert.deepEqual(
      fields.filter(({ flag }) => own.has(flag)),
      [],
      'the command line has this flag already',
    )
  })
}

test('help lists every verb on one screen', async () => {
  const { code, stdout } = await said('--help')
  assert.equal(code, 0)
  for (const { command } of known) for (const word of command.split(' ')) assert(stdout.includes(word), command)
  for (const { name } of localVerbs) for (const word of name.split(' ')) assert(stdout.includes(word), name)
  assert(stdout.split('\n').length < 50)
})

test('no word at all shows the help and is no success', async () => {
  const { code, stdout } = await said()
  assert.equal(code, 2)
  assert.match(stdout, /usage: parapet/)
})

test('the version is one line', async () => {
  assert.match((await said('--version')).stdout, /^\d+\.\d+\.\d+\n$/)
})

const WRONG: [words: string, message: RegExp][] = [
  ['confg', /there is no verb "confg"\n {2}hint: did you mean "config"\?/],
  ['tokn list', /did you mean "token"\?/],
  ['token lst', /there is no verb "token lst"\n {2}hint: did you mean "token list"\?/],
  ['token xyzzy', /after "token" comes one of create, list, revoke|after "token" comes one of/],
  ['asset list --token x', /unknown option '--token'\n {2}hint: put the token into PARAPET_TOKEN/],
  ['config --jsn', /unknown option '--jsn'\n {2}hint: did you mean "--json"\?/],
  ['token list --limt 3', /did you mean "--limit"\?/],
  ['token revoke', /missing required argument 'id'/],
  ['account show a b', /too many arguments/],
  ['up --port x', /--port: "x" is no port/],
  ['config --config a --config b', /given twice/],
]

for (const [words, message] of WRONG) {
  test(`"${words}" is refused with a hint`, async () => {
    const { code, stdout, stderr } = await said(...words.split(' '))
    assert.deepEqual([code, stdout], [2, ''])
    assert.match(stderr, message)
    assert.match(stderr, /^parapet: .*\n(.*\n)* {2}hint: /)
  })
}

test('with --json an error is one object', async () => {
  const { code, stderr } = await said('token', 'revoke', '--json')
  assert.equal(code, 2)
  const { error } = JSON.parse(stderr) as { error: Record<string, unknown> }
  assert.equal(error['code'], 'input_invalid')
})

test('a flag belongs to the verb that is meant, not to one that the name begins with', async () => {
  const { code, stdout } = await said('discover', 'model', '--json', 'package.json')
  assert.equal(code, 0)
  assert.doesNotThrow(() => JSON.parse(stdout))
})
