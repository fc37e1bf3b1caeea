// Hears that another replica recorded something. The notice carries nothing: the log itself is read from where one is,
// so a lost notice costs a second and never an entry.
import { Client, type ClientConfig } from 'pg'

const POLL_MS = 1000
const RETRY_MS = 2000

export function listenForNews(settings: ClientConfig, channel: string) {
  let listener: (() => void) | undefined
  let client: Client | undefined
  let retry: NodeJS.Timeout | undefined
  let closed = false
  const poll = setInterval(() => listener?.(), POLL_MS).unref()

  const connect = async (): Promise<void> => {
    const fresh = new Client(settings)
    let lost = false
    const lose = () => {
      if (lost) return
      lost = true
      if (client === fresh) client = undefined
      fresh.end().catch(() => undefined)
      if (!closed) retry = setTimeout(() => void connecting(), RETRY_MS).unref()
    }
    fresh.on('error', lose)
    fresh.on('end', lose)
    fresh.on('notification', () => listener?.())
    try {
      await fresh.connect()
      await fresh.query(`listen ${channel}`)
      if (closed) lose()
      else client = fresh
    } catch {
      // The poll goes on meanwhile; whoever reads or writes is told what is wrong.
      lose()
    }
  }
  let started: Promise<void> | undefined
  const connecting = () => (started = connect())
  void connecting()

  return {
    onNews(wake: () => void) {
      listener = wake
    },
    async close() {
      closed = true
      clearInterval(poll)
      clearTimeout(retry)
      await started
      await client?.end()
    },
  }
}
