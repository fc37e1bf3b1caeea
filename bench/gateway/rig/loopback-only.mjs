// Loaded into programs that would listen on every address of the machine: a bench opens no door to others.
import { Server } from 'node:net'

const { listen } = Server.prototype
Server.prototype.listen = function (first, ...rest) {
  if (typeof first === 'object' && first !== null) return listen.call(this, { ...first, host: '127.0.0.1' }, ...rest)
  const callback = rest.find((one) => typeof one === 'function')
  return listen.call(this, { port: Number(first), host: '127.0.0.1' }, callback)
}
