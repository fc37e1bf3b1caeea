// A terminal for tests: keeps what was printed, gives what is typed in.
import { Readable } from 'node:stream'
import type { Io } from './io.ts'

export interface FakeIo extends Io {
  stdout: string
  stderr: string
}

export function fakeIo({ stdin = '', ...rest }: Partial<Omit<Io, 'stdin'>> & { stdin?: string } = {}): FakeIo {
  const io: FakeIo = {
    stdout: '',
    stderr: '',
    out: (text) => void (io.stdout += text),
    err: (text) => void (io.stderr += text),
    stdin: Readable.from([stdin]),
    interactive: false,
    width: 100,
    colour: false,
    env: {},
    ...rest,
  }
  return io
}
