// Makes answers fit the place where they end up: what would run or load there is made harmless, or everything is encoded for
// it; and an answer that was to be JSON of a certain shape is checked against it.
import { z } from 'zod'
import { createEngine, type Engine } from '../../detect/engine.ts'
import type { Json } from '../../lib/canonical-json.ts'
import { defineGuard, type TextKind, type Watch } from '../guard.ts'
import { activeDetectors, neutralising } from './output/active-content.ts'
import { encodingHtml, strippingControls } from './output/encoding.ts'
import { fittingSchema } from './output/fitting-schema.ts'
import { together } from './together.ts'

const HOST = z
  .string()
  .max(253)
  .regex(
    /^(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*$/,
    'a host in small letters, as in docs.example, or *.example for all below it',
  )

const Settings = z.strictObject({
  sink: z
    .enum(['markdown', 'html', 'terminal', 'none'])
    .default('markdown')
    .describe(
      'where answers are shown: as Markdown (what would run or load is made harmless, code is left), put into HTML (everything is encoded), on a terminal (control characters go), or nowhere that matters',
    ),
  html: z
    .enum(['active', 'all'])
    .default('active')
    .describe('for Markdown: which HTML is made harmless, what can run or load, or each tag'),
  hosts: z
    .array(HOST)
    .max(1000)
    .optional()
    .describe('for Markdown: only links and images of these hosts stay; without it, those that carry data away go'),
  onHit: z
    .enum(['neutralise', 'note', 'block'])
    .default('neutralise')
    .describe('what happens to active content; observed by default, because answers about web pages hold it honestly'),
  onMisfit: z
    .enum(['off', 'note', 'block'])
    .default('note')
    .describe('an answer that does not fit the schema asked for: block holds a streamed answer back until it is whole'),
  schema: z
    .record(z.string(), z.json())
    .optional()
    .describe('JSON Schema that answers must fit where the request asks for none'),
})
type Settings = z.output<typeof Settings>

const engines = new WeakMap<Settings, Engine>()

export const encodeModelOutput = defineGuard({
  id: 'encode-model-output',
  title: 'Makes active content of answers harmless, and checks their shape',
  mode: 'observe',
  settings: Settings,
  proves: ({ sink, onHit, hosts }) => {
    if (sink === 'none' || onHit === 'note') return []
    const links = sink === 'markdown' && hosts !== undefined ? ['encode-model-output.links'] : []
    return ['encode-model-output.encode', ...links]
  },
  begin({ sampling }, settings) {
    const asked: Json | undefined = sampling.json ? {} : sampling.schema?.schema
    const schema = asked ?? settings.schema
    return {
      joins: true,
      // What a tool is given is no text to be shown.
      reads: ({ stage, part }) => stage === 'answer' && part !== 'arguments',
      open(text) {
        const shown =
          text.isJoined === true && settings.sink !== 'markdown'
            ? together()
            : showing(text, settings, schema !== undefined)
        if (text.isJoined === true || text.part !== 'text' || schema === undefined || settings.onMisfit === 'off')
          return shown
        return together(shown, fittingSchema(schema, settings.onMisfit))
      },
    }
  },
})

function showing(text: TextKind, settings: Settings, isJson: boolean): Watch {
  switch (settings.sink) {
    case 'markdown':
      return neutralising(engineFor(settings), text, settings.onHit === 'neutralise' ? 'replace' : settings.onHit)
    case 'html':
      // Fields beside what was said are no text to be shown.
      return text.part === 'other' ? together() : encodingHtml(isJson)
    case 'terminal':
      return strippingControls()
    case 'none':
      return together()
  }
}

function engineFor(settings: Settings): Engine {
  let engine = engines.get(settings)
  if (engine === undefined)
    engines.set(settings, (engine = createEngine(activeDetectors(settings.html, settings.hosts))))
  return engine
}
