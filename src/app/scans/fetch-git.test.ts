// Fetching from real repositories that do what they can: links, hooks, submodules, filters, bombs, redirects, wrong doors.
import assert from 'node:assert/strict'
import { existsSync, lstatSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { Failure } from '../../lib/failure.ts'
import type { ScanSource } from '../../model/scan.ts'
import { ScanSettings } from './config.ts'
import { fetchGit } from './fetch-git.ts'
import { startGitServer } from './testing-git.ts'

function place(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'fetch-git-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return join(folder, 'source')
}

const source = (url: string, more: Partial<ScanSource> = {}): ScanSource & { url: string } => ({
  id: 'src_1',
  name: 's',
  kind: 'git',
  createdBy: 'a',
  createdAt: '2026-01-01T00:00:00.000Z',
  ...more,
  url,
})

const local = (more: object = {}) => ScanSettings.parse({ privateHosts: ['127.0.0.1'], ...more })
const never = new AbortController().signal
const refused = (code: string, words: RegExp) => (error: unknown) =>
  error instanceof Failure && error.code === code && words.test(error.message) ? true : assert.fail(String(error))

test('the files of a commit come, with who worked on them, and nothing that could run', async (t) => {
  const server = await startGitServer(t)
  server.commit('bot', { 'old.py': '1', '.gitattributes': '* filter=evil', 'evil.sh': 'touch /tmp/evil' })
  server.commit('bot', { 'new.py': '1' }, 'grace@example.org')
  server.git('bot', 'config', 'filter.evil.smudge', 'touch /tmp/evil')
  const last = server.commit('bot', { 'old.py': '2' }, 'bot[bot]@noreply.example')
  const folder = place(t)
  const { commit, committerOf } = await fetchGit(local(), source(`${server.url}/bot`), folder, never)
  assert.equal(commit, last)
  assert.equal(readFileSync(join(folder, 'old.py'), 'utf8'), '2')
  assert.deepEqual([committerOf('new.py'), committerOf('none')], ['grace@example.org', undefined])
  assert.equal(existsSync(join(folder, '.git', 'hooks')), false)
})

test('the oldest commit that was fetched says nothing of who made all the files before it', async (t) => {
  const server = await startGitServer(t)
  for (const author of ['first@example.org', 'second@example.org', 'third@example.org'])
    server.commit('bot', { [`${author}.py`]: author }, author)
  const { committerOf } = await fetchGit(local({ depth: 2 }), source(`${server.url}/bot`), place(t), never)
  assert.equal(committerOf('third@example.org.py'), 'third@example.org')
  assert.equal(committerOf('first@example.org.py'), undefined)
})

test('a branch, a tag and a commit can be named', async (t) => {
  const server = await startGitServer(t)
  const first = server.commit('bot', { 'a.py': '1' })
  server.git('bot', 'tag', 'v1')
  server.git('bot', 'branch', 'side/one')
  server.commit('bot', { 'a.py': '2' })
  for (const ref of ['v1', 'side/one', first])
    assert.equal((await fetchGit(local(), source(`${server.url}/bot`, { ref }), place(t), never)).commit, first, ref)
  await assert.rejects(
    fetchGit(local(), source(`${server.url}/bot`, { ref: 'none' }), place(t), never),
    refused('input_invalid', /git fetch failed/),
  )
})

test('links come as text and submodules not at all', async (t) => {
  const server = await startGitServer(t)
  server.commit('bot', { 'a.py': '1', '.gitmodules': '[submodule "x"]\n\tpath = x\n\turl = file:///etc\n' })
  const blob = server.git('bot', 'rev-parse', 'HEAD:a.py').trim()
  server.git('bot', 'update-index', '--add', '--cacheinfo', `120000,${blob},link`)
  server.git('bot', 'update-index', '--add', '--cacheinfo', `160000,${'1'.repeat(40)},x`)
  server.git('bot', '-c', 'user.name=a', '-c', 'user.email=a@example.org', 'commit', '-q', '-m', 'm')
  const folder = place(t)
  await fetchGit(local(), source(`${server.url}/bot`), folder, never)
  assert.equal(lstatSync(join(folder, 'link')).isSymbolicLink(), false)
  assert.equal(existsSync(join(folder, 'x', 'passwd')), false)
})

test('a token goes to its own host, and is never said', async (t) => {
  const server = await startGitServer(t, 'me:s3cret-token')
  server.commit('bot', { 'a.py': '1' })
  const tokens = { mine: { host: '127.0.0.1', user: 'me', secret: 's3cret-token' } }
  const settings = local({ tokens })
  await fetchGit(settings, source(`${server.url}/bot`, { token: 'mine' }), place(t), never)
  assert.equal(server.authorisations.length > 0, true)
  await assert.rejects(
    fetchGit(settings, source(`${server.url}/bot`), place(t), never),
    refused('input_invalid', /fetch/),
  )
  const wrong = local({ tokens: { mine: { host: '127.0.0.1', secret: 'wr0ng-token' } } })
  await assert.rejects(
    fetchGit(wrong, source(`${server.url}/bot`, { token: 'mine' }), place(t), never),
    (error: Error) => !/wr0ng|d3Iwbmc/.test(error.message),
  )
})

test('what holds too much is refused before its files are written', async (t) => {
  const server = await startGitServer(t)
  server.commit('bot', { 'a.py': '1' })
  // Each tree holds the one below ten times: a thousand million files in a few hundred bytes.
  let tree = server.git('bot', 'rev-parse', 'HEAD^{tree}').trim()
  for (let level = 0; level < 9; level++) {
    const lines = Array.from({ length: 10 }, (_, i) => `040000 tree ${tree}\td${i}`).join('\n')
    tree = mktree(server.git, lines)
  }
  const commit = server.git('bot', '-c', 'user.name=a', '-c', 'user.email=a@b.c', 'commit-tree', '-m', 'm', tree).trim()
  server.git('bot', 'update-ref', 'refs/heads/bomb', commit)
  const folder = place(t)
  await assert.rejects(
    fetchGit(local({ files: 1000 }), source(`${server.url}/bot`, { ref: 'bomb' }), folder, never),
    refused('too_large', /1000 files/),
  )
  assert.equal(existsSync(join(folder, 'd0')), false)
  server.commit('bot', { 'big.bin': 'x'.repeat(2_000_000) })
  await assert.rejects(
    fetchGit(local({ megabytes: 1 }), source(`${server.url}/bot`), place(t), never),
    refused('too_large', /1 MB/),
  )
})

/** By the alternative of standard input: a file that names the entries. */
function mktree(git: (repository: string, ...words: string[]) => string, lines: string): string {
  const blob = lines.replaceAll('"', '')
  return git('bot', '-c', `alias.grow=!printf '%s\\n' "${blob}" | git mktree`, 'grow').trim()
}

test('nothing leads on: no redirect, no private host that is not named, no other protocol', async (t) => {
  const server = await startGitServer(t)
  server.commit('bot', { 'a.py': '1' })
  await assert.rejects(
    fetchGit(local(), source(`${server.url}/elsewhere/bot`), place(t), never),
    refused('input_invalid', /git fetch failed/),
  )
  const strict = ScanSettings.parse({})
  for (const [url, code, words] of [
    [server.url.replace('http:', 'https:') + '/bot', 'forbidden', /private network/],
    ['https://localhost/bot', 'forbidden', /private network/],
    ['https://[::1]/bot', 'forbidden', /private network/],
    ['https://169.254.169.254/latest', 'forbidden', /private network/],
    [`${server.url}/bot`, 'input_invalid', /only https/],
    ['file:///etc', 'input_invalid', /url/],
    ['ext::sh -c id', 'input_invalid', /url/],
  ] as const)
    await assert.rejects(fetchGit(strict, source(url), place(t), never), refused(code, words), url)
})

test('it ends at once when it is told to', async (t) => {
  const server = await startGitServer(t)
  server.commit('bot', { 'a.py': '1' })
  const abort = new AbortController()
  const fetching = fetchGit(local(), source(`${server.url}/bot`), place(t), abort.signal)
  abort.abort(new Error('told to'))
  await assert.rejects(fetching, /told to/)
})

test(
  'a server that lists references without end fills no memory',
  { skip: process.platform !== 'linux' },
  async (t) => {
    const line = Buffer.from(`003d${'a'.repeat(40)} refs/heads/bbbb\n`.padEnd(0x3d, 'b'))
    const many = Buffer.concat(Array.from({ length: 4096 }, () => line))
    const server = createServer((_, response) => {
      response.writeHead(200, { 'content-type': 'application/x-git-upload-pack-advertisement' })
      response.write('001e# service=git-upload-pack\n0000')
      const more = () => {
        while (response.write(many)) continue
        response.once('drain', more)
      }
      more()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    t.after(() => {
      server.closeAllConnections()
      server.close()
    })
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/endless`
    const fetching = fetchGit(local({ megabytes: 1 }), source(url), place(t), AbortSignal.timeout(60_000))
    await assert.rejects(fetching, refused('too_large', /1 MB/))
  },
)

test('a server that says nothing, or nothing more, is given up', async (t) => {
  const server = createServer((request, response) => {
    if (request.url?.startsWith('/begins/')) response.writeHead(200, { 'content-type': 'text/plain' }).write('0')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  for (const path of ['silent', 'begins'])
    await assert.rejects(
      fetchGit(local({ silentSeconds: 1 }), source(`${url}/${path}`), place(t), AbortSignal.timeout(20_000)),
      refused('input_invalid', /git fetch failed/),
      path,
    )
})
