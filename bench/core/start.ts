// What an installation costs that does nothing: the time of a second start, and the memory it then holds.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { residentMb, serve } from '../../test/server-process.ts'
import { defineBench, limited } from '../bench.ts'

const STARTS = 3
const SETTLE_MS = 5000

export const bench = defineBench({
  title: 'Second start and idle memory',
  async run() {
    const dataDir = mkdtempSync(join(tmpdir(), 'parapet-bench-'))
    const start = (words: [string, ...string[]]) => serve(words, { env: { PARAPET_DATA_DIR: dataDir } })
    try {
      await (await start(['npm', 'start', '--', '--port', '0'])).stop()
      const times: number[] = []
      for (let i = 0; i < STARTS; i++) {
        const server = await start(['npm', 'start', '--', '--port', '0'])
        times.push(server.startMs)
        await server.stop()
      }
      const server = await start([process.execPath, 'bin/parapet.js', 'up', '--port', '0'])
      await new Promise((resolve) => setTimeout(resolve, SETTLE_MS))
      const memory = residentMb(server.pid)
      await server.stop()
      return [
        limited(
          `second \`npm start\` until it answers (median of ${STARTS})`,
          times.toSorted((a, b) => a - b)[1] ?? 0,
          3000,
          'ms',
        ),
        limited('memory of the idle server (resident)', memory, 150, 'MB'),
      ]
    } finally {
      rmSync(dataDir, { recursive: true, force: true })
    }
  },
})
