// The pool alone: the package's main file brings fetch, web sockets and a cache along, several megabytes of memory that
// nobody here uses.
declare module 'undici/lib/dispatcher/pool.js' {
  export { Pool as default } from 'undici'
}
