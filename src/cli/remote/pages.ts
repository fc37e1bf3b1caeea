// Follows a list to its end, printing page by page: a log of a million entries must not have to fit into memory.
import { Failure } from '../../lib/failure.ts'
import { EXIT } from '../fail.ts'
import { body, header, type Layout, layout } from '../show/table.ts'
import { paint, safeJson } from '../show/text.ts'
import type { VerbCall } from '../verb.ts'
import type { ApiRequest } from './request.ts'

interface ListPage {
  items: Record<string, unknown>[]
  next: string | undefined
}

export async function printAll(
  send: (request: ApiRequest) => Promise<unknown>,
  request: ApiRequest,
  call: VerbCall,
): Promise<number> {
  const print = call.flags['json'] ? jsonPrinter(call) : tablePrinter(call)
  let at = request.path
  for (;;) {
    const { items, next } = toPage(await send({ ...request, path: at }))
    print.page(items)
    if (next === undefined) break
    const following = withCursor(request.path, next)
    if (following === at)
      throw new Failure('input_invalid', 'the list does not move on: the server gave the same cursor again')
    at = following
  }
  print.end()
  return EXIT.good
}

function toPage(reply: unknown): ListPage {
  const { items, next } = (reply ?? {}) as { items?: unknown; next?: unknown }
  if (!Array.isArray(items)) throw new Failure('input_invalid', '--all works for lists only')
  return { items, next: typeof next === 'string' ? next : undefined }
}

function withCursor(path: string, cursor: string): string {
  const [before = '', search] = path.split('?')
  const query = new URLSearchParams(search)
  query.set('cursor', cursor)
  return `${before}?${query}`
}

function jsonPrinter({ io }: VerbCall) {
  let first = true
  return {
    page(items: readonly unknown[]) {
      for (const item of items) {
        io.out(`${first ? '{"items": [\n' : ',\n'}${safeJson(item)}`)
        first = false
      }
    },
    end: () => io.out(first ? '{"items": []}\n' : '\n]}\n'),
  }
}

function tablePrinter({ io }: VerbCall) {
  let plan: Layout | undefined
  return {
    page(items: readonly Record<string, unknown>[]) {
      if (items.length === 0) return
      if (!plan) io.out(header((plan = layout(items, io.width)), paint(io.colour)))
      io.out(body(items, plan))
    },
    end() {
      if (!plan) io.out('nothing\n')
    },
  }
}
