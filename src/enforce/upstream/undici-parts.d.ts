// Parts of the package: its main file brings fetch, web sockets and a cache along, several megabytes of memory that nobody
// here uses. It also gives dispatchers their methods `request`, `stream`, `upgrade` and so on, which these do not have.
declare module 'undici/lib/dispatcher/pool.js' {
  import type { Pool } from 'undici'
  const BarePool: new (...given: ConstructorParameters<typeof Pool>) => Pick<Pool, 'dispatch' | 'destroy'>
  export default BarePool
}
declare module 'undici/lib/dispatcher/client.js' {
  export { Client as default } from 'undici'
}
declare module 'undici/lib/api/api-upgrade.js' {
  import type { Dispatcher } from 'undici'
  export default function upgrade(
    this: Pick<Dispatcher, 'dispatch'>,
    options: Dispatcher.UpgradeOptions,
  ): Promise<Dispatcher.UpgradeData>
}
