// Every operation of the API as a verb: path parameters become arguments, query and body become flags.
import { readFile, writeFile } from 'node:fs/promises'
import { Failure } from '../../lib/failure.ts'
import { suggest } from '../../lib/suggest.ts'
import type { AnyRoute } from '../../server/route.ts'
import { EXIT } from '../fail.ts'
import { showReply } from '../show/reply.ts'
import { neutral, safeJson } from '../show/text.ts'
import {
  type Argument,
  defineVerb,
  type Flag,
  JSON_FLAG,
  PLACE_FLAGS,
  textFlag,
  type Verb,
  type VerbCall,
} from '../verb.ts'
import { type Field, fieldsOf } from './fields.ts'
import { printAll } from './pages.ts'
import { type ApiRequest, leadOf, parameters, toJson, toRequest } from './request.ts'
import { URL_FLAG } from './url-flag.ts'
import { readAll, readSecrets, secretFlags } from './secrets.ts'
import type { OpenTransport } from './transport.ts'

const BODY_FLAG: Flag = {
  name: 'body',
  value: 'file',
  about: 'the whole body as JSON from a file, or - for standard input',
}
const ALL_FLAG: Flag = { name: 'all', about: 'follow the list to its end' }
const FIELD_FLAG: Flag = {
  name: 'field',
  value: 'name',
  about: 'print only this part of the reply, as it is; a.b for parts of parts',
}
const OUT_FLAG: Flag = { name: 'out', short: 'o', value: 'file', about: 'write the exact reply as JSON to a new file' }

/** Whatever a route calls it, these are the command line's own. */
export const OWN_FLAGS: readonly Flag[] = [
  BODY_FLAG,
  ALL_FLAG,
  FIELD_FLAG,
  OUT_FLAG,
  JSON_FLAG,
  URL_FLAG,
  ...PLACE_FLAGS,
]

export function verbOf(route: AnyRoute, open: OpenTransport): Verb {
  return defineVerb({
    name: route.command,
    about: route.summary,
    arguments: argumentsOf(route),
    flags: () => flagsOf(route),
    run: (call) => runRoute(route, call, open),
  })
}

/** What the path names; and where it names nothing, the one thing that the query must have, as in `search WORDS`. */
function argumentsOf(route: AnyRoute): Argument[] {
  const lead = leadOf(route)
  const named = parameters(route.path).map((name) => ({ name, about: '' }))
  return lead === undefined ? named : [{ name: lead, about: `the same as --${lead}`, optional: true }]
}

function flagsOf(route: AnyRoute): Flag[] {
  const fields = fieldsOf(route)
  return [
    ...fields.flatMap((field) => (field.secret ? secretFlags(field) : [flagOf(field)])),
    ...(route.body ? [BODY_FLAG] : []),
    ...(isPaged(fields) ? [ALL_FLAG] : []),
    FIELD_FLAG,
    OUT_FLAG,
    JSON_FLAG,
    URL_FLAG,
    ...PLACE_FLAGS,
  ]
}

function flagOf({ flag, type, array, about }: Field): Flag {
  const times = type === 'time' ? '; also +30d, -2h' : ''
  if (type === 'boolean') return { name: flag, about, negatable: true }
  const again = array ? '; may be given several times' : ''
  return {
    name: flag,
    about: `${about}${times}${again}`,
    value: type === 'string' || type === 'loose' ? 'text' : type,
    many: array,
  }
}

const isPaged = (fields: readonly Field[]) => fields.some(({ name, part }) => name === 'cursor' && part === 'query')

async function runRoute(route: AnyRoute, call: VerbCall, open: OpenTransport): Promise<number> {
  const fields = fieldsOf(route)
  const body = await readBody(call)
  const secrets = await readSecrets(fields, call, body !== undefined)
  const request = toRequest(route, fields, call, { body, secrets, now: new Date() })
  const transport = await open(call)
  try {
    const send = (one: ApiRequest) => transport.send(one)
    if (call.flags['all']) return await printAll(send, request, call)
    const reply = await send(request)
    const out = textFlag(call, 'out')
    const field = textFlag(call, 'field')
    if (out !== undefined) await saveReply(out, reply)
    else if (field !== undefined) call.io.out(partOf(reply, field, call.io))
    else if (call.flags['json']) call.io.out(`${safeJson(reply, 2)}\n`)
    else call.io.out(showReply(reply, call.io))
    return hasFindings(reply) ? EXIT.findings : EXIT.good
  } finally {
    await transport.close()
  }
}

async function readBody(call: VerbCall): Promise<unknown> {
  const file = textFlag(call, 'body')
  if (file === undefined) return undefined
  if (file === '-') return toJson(await readAll(call.io.stdin), 'standard input')
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new Failure('input_invalid', `${file} cannot be read`, { cause })
  })
  return toJson(text, file)
}

/** Bytes for another program or file; what a person sees is made safe to see. */
function partOf(reply: unknown, name: string, io: VerbCall['io']): string {
  let part = reply
  for (const key of name.split('.')) {
    const known = typeof part === 'object' && part !== null ? Object.keys(part) : []
    if (!known.includes(key)) {
      const near = suggest(key, known)
      throw new Failure('input_invalid', `the reply has no ${name}`, {
        hint: near ? `did you mean "${near}"?` : `it has ${known.join(', ') || 'no parts'}`,
      })
    }
    part = (part as Record<string, unknown>)[key]
  }
  if (typeof part !== 'string') return `${safeJson(part, 2)}\n`
  const text = part.endsWith('\n') ? part : `${part}\n`
  return Number.isFinite(io.width) ? neutral(text) : text
}

/** Never over a file that is there, and for its owner only: replies can hold what was shown just once. */
async function saveReply(file: string, reply: unknown): Promise<void> {
  await writeFile(file, `${safeJson(reply)}\n`, { flag: 'wx', mode: 0o600 }).catch((cause: unknown) => {
    const taken = (cause as NodeJS.ErrnoException).code === 'EEXIST'
    throw new Failure('conflict', `${file} ${taken ? 'is there already' : 'cannot be written'}`, { cause })
  })
}

/** A check that was run and did not hold says so with `ok: false`. */
function hasFindings(reply: unknown): boolean {
  return typeof reply === 'object' && reply !== null && 'ok' in reply && reply.ok === false
}
