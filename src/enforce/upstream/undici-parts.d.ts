// Parts of the package: its main file brings fetch, web sockets and a cache along, several megabytes of memory that nobody
// here uses.
declare module 'undici/lib/dispatcher/pool.js' {
  export { Pool as default } from 'undici'
}
declare module 'undici/lib/dispatcher/client.js' {
  export { Client as default } from 'undici'
}
