// Reaches the installation on this machine: the server that runs on the data directory, by the credential that it left
// there for whoever may read it; or, when none runs, the same API in this process.
import { existsSync } from 'node:fs'
import type { Config } from '../../app/config.ts'
import { Failure } from '../../lib/failure.ts'
import { configOf } from '../place.ts'
import type { VerbCall } from '../verb.ts'
import { httpTransport } from './http.ts'
import { toReply } from './reply.ts'
import type { Transport } from './transport.ts'

export async function localTransport(call: VerbCall): Promise<Transport> {
  const { config } = await configOf(call)
  const { readRunFile } = await import('../../server/run-file.ts')
  const running = await readRunFile(config.dataDir)
  if (running) return httpTransport(running.url, running.secret)
  if (!existsSync(config.dataDir)) {
    throw new Failure('not_found', `there is no Parapet in ${config.dataDir}`, {
      hint: 'start one with `parapet up`, or say where it is with --data-dir or --url',
    })
  }
  return inProcess(config)
}

async function inProcess(config: Config): Promise<Transport> {
  const [{ openApp }, { createApi }] = await Promise.all([import('../../app/app.ts'), import('../../server/api.ts')])
  const app = await openApp(config)
  const { fastify, localSecret } = await createApi(app)
  return {
    async send({ method, path, body }) {
      const reply = await fastify.inject({
        method,
        url: path,
        headers: {
          host: 'localhost',
          authorization: `Bearer ${localSecret}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
      })
      return toReply(reply.statusCode, reply.body)
    },
    async close() {
      await fastify.close()
      await app.close()
    },
  }
}
