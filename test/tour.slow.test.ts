// Runs the README's tour as a newcomer would: the built program, a fresh folder, a server in the background.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { serve, type ServerProcess } from './server-process.ts'
import { isAsShown, readTour } from './tour.ts'

const root = dirname(import.meta.dirname)
const { steps, files } = readTour(readFileSync(join(root, 'README.md'), 'utf8'))

describe('the tour of the README', () => {
  const folder = mkdtempSync(join(tmpdir(), 'parapet-tour-'))
  const env: NodeJS.ProcessEnv = { ...process.env, PARAPET_DATA_DIR: join(folder, 'data'), NO_COLOR: '1' }
  let server: ServerProcess

  before(async () => {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
    writeFileSync(
      join(folder, 'parapet'),
      `#!/bin/sh\nexec "${process.execPath}" "${join(root, 'bin/parapet.js')}" "$@"\n`,
      {
        mode: 0o755,
      },
    )
    server = await serve([process.execPath, join(root, 'bin/parapet.js'), 'up', '--port', '0'], { cwd: folder, env })
  })
  after(async () => {
    await server.stop()
    rmSync(folder, { recursive: true })
  })

  test('has steps', () => assert(steps.length >= 5, `${steps.length} steps`))

  for (const { line, command, output } of steps) {
    test(`line ${line}: ${command}`, () => {
      const ran = spawnSync('sh', ['-c', command], {
        cwd: folder,
        encoding: 'utf8',
        timeout: 60_000,
        env: { ...env, PATH: `${folder}:${env['PATH'] ?? ''}` },
      })
      const printed = ran.stdout + ran.stderr
      assert.equal(ran.status, 0, printed)
      assert(isAsShown(printed, output), `it printed\n${printed}\nthe README shows\n${output}`)
    })
  }
})
