// For tests: real repositories behind a real HTTP server, git's own, and one that asks for a password or sends elsewhere.
import { execFileSync, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { TestContext } from 'node:test'

export interface GitServer {
  url: string
  /** What callers sent to be let in. */
  authorisations: string[]
  /** A commit with these files; returns its hash. */
  commit(repository: string, files: Record<string, string | null>, author?: string): string
  /** Runs git in a repository. */
  git(repository: string, ...words: string[]): string
}

const ENVIRONMENT = {
  PATH: process.env['PATH'],
  HOME: '/nonexistent',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_COMMITTER_NAME: 'c',
  GIT_COMMITTER_EMAIL: 'c@example.org',
}

export async function startGitServer(t: TestContext, password?: string): Promise<GitServer> {
  const folder = mkdtempSync(join(tmpdir(), 'git-server-'))
  const authorisations: string[] = []
  const server = createServer((request, response) => {
    const { authorization } = request.headers
    if (authorization !== undefined) authorisations.push(authorization)
    if (request.url?.startsWith('/elsewhere/')) {
      response.writeHead(302, { location: request.url.replace('/elsewhere/', '/') }).end()
      return
    }
    if (password !== undefined && authorization !== `Basic ${Buffer.from(password).toString('base64')}`) {
      response.writeHead(401, { 'www-authenticate': 'Basic realm="git"' }).end()
      return
    }
    answer(folder, request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => {
    server.closeAllConnections()
    server.close()
    rmSync(folder, { recursive: true })
  })
  const git = (repository: string, ...words: string[]) =>
    execFileSync('git', ['-C', join(folder, repository), ...words], {
      env: ENVIRONMENT,
      encoding: 'utf8',
      stdio: 'pipe',
    })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    authorisations,
    git,
    commit(repository, files, author = 'ada@example.org') {
      const place = join(folder, repository)
      mkdirSync(place, { recursive: true })
      execFileSync('git', ['init', '-q', '-b', 'main', place], { env: ENVIRONMENT, stdio: 'pipe' })
      git(repository, 'config', 'uploadpack.allowAnySHA1InWant', 'true')
      for (const [name, text] of Object.entries(files)) {
        const path = join(place, name)
        mkdirSync(dirname(path), { recursive: true })
        if (text === null) rmSync(path)
        else writeFileSync(path, text)
      }
      git(repository, 'add', '-A')
      git(repository, '-c', `user.name=a`, '-c', `user.email=${author}`, 'commit', '-q', '--allow-empty', '-m', 'm')
      return git(repository, 'rev-parse', 'HEAD').trim()
    },
  }
}

/** As a web server runs git's CGI program. */
function answer(folder: string, request: IncomingMessage, response: ServerResponse): void {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost')
  const child = spawn('git', ['http-backend'], {
    env: {
      ...ENVIRONMENT,
      GIT_PROJECT_ROOT: folder,
      GIT_HTTP_EXPORT_ALL: '1',
      PATH_INFO: pathname,
      QUERY_STRING: searchParams.toString(),
      REQUEST_METHOD: request.method,
      CONTENT_TYPE: request.headers['content-type'] ?? '',
      HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
      GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
    },
  })
  request.pipe(child.stdin)
  const chunks: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
  child.on('close', () => {
    const all = Buffer.concat(chunks)
    const end = all.indexOf('\r\n\r\n')
    const headers = all
      .subarray(0, Math.max(end, 0))
      .toString()
      .split('\r\n')
      .flatMap((line): [string, string][] => {
        const at = line.indexOf(':')
        return at < 0 ? [] : [[line.slice(0, at).toLowerCase(), line.slice(at + 1).trim()]]
      })
    const status = headers.find(([name]) => name === 'status')?.[1] ?? '200'
    response.writeHead(Number.parseInt(status, 10), Object.fromEntries(headers.filter(([name]) => name !== 'status')))
    response.end(all.subarray(end + 4))
  })
}
