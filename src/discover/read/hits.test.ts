// What counts as a key that works, and what only looks like one.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { keysIn } from './hits.ts'

/** Put together here, so that this file does not look like a leak itself. */
const KEY = ['sk-proj-', 'aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY3zA5bC7dE9fG1hJ'].join('')
/** Of a page's Firebase, and of Supabase: for everybody, and for the server alone. */
const PAGE = ['AIza', 'SyB7xQ2mK9vR4tW1nP8sL3dF6hJ5gC0aZuE'].join('')
const tokenOf = (role: string) =>
  [
    { alg: 'HS256', typ: 'JWT' },
    { iss: 'supabase', ref: 'qwmzkxvbtyhn', role, iat: 1_744_598_734 },
  ]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .concat('Jow9WA376Mo4xDYuyHUhkBAslxKb9VaLoTo4nQpYz8E')
    .join('.')
const WORD = ['tR7v', 'Q2mK9x'].join('')

for (const [title, text, expected] of [
  ['a key that is assigned', `const apiKey = "${KEY}"`, 1],
  ['a key that is said three times', `${`INSERT INTO keys VALUES ('${KEY}');\n`.repeat(3)}`, 1],
  ['a key that is shown in an empty field', `const box = { placeHolder: "${KEY}" }`, 0],
  ['a key that is shown as a hint', `<input hint={'${KEY}'} />`, 0],
  ['a password in the address of a database', `DB=postgresql://shop:${WORD}@postgres:5432/shop`, 1],
  ['the name of a user as its password, nearby', 'DB=postgresql+psycopg://shopman:shopman@postgres:5432/shop', 0],
  ['the same, of a machine that others reach', 'DB=postgresql+psycopg://shopman9:shopman9@db.acme.io:5432/shop', 1],
  ['a key of a page', `const firebaseConfig = { apiKey: "${PAGE}", authDomain: "x.firebaseapp.com" }`, 0],
  ['the same key for something else', `GEMINI_API_KEY=${PAGE}\nFIREBASE_PROJECT=x`, 1],
  ['a token that everybody may have', `SUPABASE_KEY = "${tokenOf('anon')}"`, 0],
  ['a token of a server', `SUPABASE_KEY = "${tokenOf('service_role')}"`, 1],
  ['a user with a word that says so', 'DB=postgresql://dbuser:dbuserpass@localhost:5432/yourdb', 0],
  ['a key of nobody, to test with', 'OPENAI_API_KEY=sk-proj-testing1234', 0],
  ['a place in a document', '"onepassword": "#/components/schemas/Parameter1"', 0],
] as const)
  test(title, async () => assert.equal((await keysIn(`x = 1\n${text}\n`)).length, expected))

/** Letters and digits, as many services make theirs. */
const PLAIN = ['h7V2sLqPw', 'Yv7TnRmXb2HcJd8GfQa5Ue'].join('')

for (const [title, text, subject, confidence] of [
  ['to a client', `client = MistralClient(api_key="${PLAIN}")`, 'Key of Mistral', 0.75],
  ['to a client, on a line of its own', `new OpenAI({\n  apiKey: '${PLAIN}',\n})`, 'Key of OpenAI', 0.75],
  ['to the environment', `os.environ["OPENAI_API_KEY"] = "${PLAIN}"`, 'Key of OPENAI', 0.75],
  ['to something else', `shop = Shop(api_key="${PLAIN}")`, 'Secret assigned to a name', 0.65],
] as const)
  test(`a key without a form is given ${title}`, async () => {
    const hits = await keysIn(`x = 1\n${text}\n`)
    assert.partialDeepStrictEqual(hits, [{ subject, confidence }])
  })
