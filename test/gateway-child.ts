// A replica in a process of its own: serves the configuration it is given until it is told to stop, or killed.
import { openApp } from '../src/app/app.ts'
import { Config } from '../src/app/config.ts'
import { startServer } from '../src/server/server.ts'

const app = await openApp(Config.parse(JSON.parse(process.argv[2] ?? '')))
const server = await startServer(app)
process.once('SIGTERM', async () => {
  await server.close()
  await app.close()
  process.exit(0)
})
console.log(server.url)
