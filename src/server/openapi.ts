// The OpenAPI 3.1 document, made from the same route data that the server checks requests with.
import { z } from 'zod'
import type { RawRoute } from './context.ts'
import { PROBLEM_CODES } from './problem.ts'
import type { AnyRoute, Needs } from './route.ts'

type Schema = Record<string, unknown>
type Shared = Record<string, Schema>

const Problem = z.object({
  type: z.string().describe('where the code is explained'),
  title: z.string(),
  status: z.int(),
  code: z.enum(PROBLEM_CODES),
  detail: z.string().describe('what happened'),
  hint: z.string().optional().describe('what to do'),
  issues: z
    .array(z.object({ path: z.string(), message: z.string(), suggestion: z.string().optional() }))
    .optional()
    .describe('what is wrong, place by place'),
  requestId: z.string(),
})

export function toOpenApi(routes: readonly AnyRoute[], raw: readonly RawRoute[], version: string): Schema {
  const paths: Record<string, Record<string, unknown>> = {}
  const shared: Shared = {}
  const add = (path: string, method: string, operation: Schema) => {
    const key = path.replace(/:(\w+)/g, '{$1}').replace(/\*$/, '{path}')
    paths[key] = { ...paths[key], [method.toLowerCase()]: operation }
  }
  for (const route of routes) add(route.path, route.method, operationOf(route, shared))
  for (const route of raw) add(route.path, 'get', rawOperationOf(route))
  return {
    openapi: '3.1.1',
    info: {
      title: 'Parapet',
      version,
      summary: 'What your AI systems are made of, what threatens them, and which controls are in force',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    security: [{ token: [] }, { session: [], csrf: [] }],
    tags: [...new Set([...routes, ...raw].map(tagOf))].map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'An API token' },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'parapet',
          description: 'The session of a browser; over TLS the cookie is named __Host-parapet',
        },
        csrf: {
          type: 'apiKey',
          in: 'header',
          name: 'x-parapet-csrf',
          description: 'From GET /api/session; sent with every change made with a session',
        },
      },
      schemas: { ...shared, Problem: schemaOf(Problem, 'output', shared) },
      responses: {
        Problem: {
          description: 'What went wrong and what to do about it',
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
        },
      },
    },
  }
}

function operationOf(route: AnyRoute, shared: Shared): Schema {
  const parameters = [...parametersOf(route.params, 'path', shared), ...parametersOf(route.query, 'query', shared)]
  return {
    operationId: route.id,
    summary: route.summary,
    tags: [tagOf(route)],
    ...access(route.needs),
    'x-parapet-command': route.command,
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(route.body
      ? {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: schemaOf(route.body, 'input', shared, `${route.id}-body`) } },
          },
        }
      : {}),
    responses: {
      200: {
        description: 'Done',
        content: { 'application/json': { schema: schemaOf(route.reply, 'output', shared, route.id) } },
      },
      default: { $ref: '#/components/responses/Problem' },
    },
  }
}

function rawOperationOf(route: RawRoute): Schema {
  const hasRest = route.path.endsWith('*')
  const rest = { name: 'path', in: 'path', required: true, schema: { type: 'string' } }
  return {
    operationId: route.id,
    summary: route.summary,
    tags: [tagOf(route)],
    ...access(route.needs),
    ...(hasRest ? { parameters: [rest] } : {}),
    responses: {
      200: { description: 'Done', content: { [route.mediaType]: {} } },
      default: { $ref: '#/components/responses/Problem' },
    },
  }
}

function access(needs: Needs): Schema {
  if (needs === 'anyone') return { security: [] }
  if (needs === 'person') return { security: [{ session: [], csrf: [] }], 'x-parapet-needs': needs }
  return { 'x-parapet-needs': needs }
}

function parametersOf(schema: z.ZodObject | undefined, place: 'path' | 'query', shared: Shared): Schema[] {
  if (schema === undefined) return []
  const whole = schemaOf(schema, 'input', shared)
  const required = Array.isArray(whole['required']) ? whole['required'] : []
  return Object.entries((whole['properties'] ?? {}) as Record<string, Schema>).map(([name, inner]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: inner,
  }))
}

/** Definitions that a schema refers to by itself, as recursive ones do, move to where references in OpenAPI point. */
function schemaOf(schema: z.ZodType, io: 'input' | 'output', shared: Shared, name = 'schema'): Schema {
  const { $schema: _, $defs = {}, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' })
  const moved = (key: string) => `${name}-${key.replace(/\W|_/g, '')}`
  const relocate = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(relocate)
    if (typeof part !== 'object' || part === null) return part
    return Object.fromEntries(
      Object.entries(part).map(([key, value]) =>
        key === '$ref' && typeof value === 'string'
          ? [key, value.replace(/^#\/\$defs\/(.+)$/, (_, to: string) => `#/components/schemas/${moved(to)}`)]
          : [key, relocate(value)],
      ),
    )
  }
  for (const [key, definition] of Object.entries($defs)) shared[moved(key)] = relocate(definition) as Schema
  return relocate(rest) as Schema
}

/** `/api/log/entries` belongs to `log`. */
function tagOf({ path }: { path: string }): string {
  const [first = '', second] = path.split('/').slice(1)
  return first === 'api' && second !== undefined && !second.includes('.') ? second : 'system'
}
