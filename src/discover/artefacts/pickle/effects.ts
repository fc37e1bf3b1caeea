// What the machine tells whoever judges a pickle: each effect, and where it stands.
import type { Bytes, Global, Text, Value } from './values.ts'

/** Told of everything that has an effect. */
export interface Judge {
  imported(target: Global, at: Place): void
  /** What the call gives; a judge may know better than "something made by it". */
  called(callee: Value, args: Value, at: Place): Value
  /** BUILD, SETITEMS, APPENDS and ADDITEMS on something that is not a fresh container. */
  changed(target: Value, state: Value, at: Place): void
  extension(code: number, at: Place): void
  /** STACK_GLOBAL on what is no string. */
  computed(module: Value, name: Value, at: Place): Value
  data(value: string | Bytes | Text, at: Place): void
  item(key: string, value: Value, at: Place): void
  /** A key of a dictionary, or a member of a set. */
  hashed(value: Value, at: Place): void
  odd(kind: 'frame' | 'number', at: Place): void
}

export interface Place {
  offset: number
  opcode: string
  protocol: number
}
