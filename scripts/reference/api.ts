// docs/reference/api.md: every operation, who may call it, and the verb that does the same.
import { rawRoutes } from '../../src/server/raw-routes.ts'
import type { AnyRoute } from '../../src/server/route.ts'
import { routes } from '../../src/server/routes/index.ts'
import { code, table } from './markdown.ts'

const WHO: Readonly<Record<string, string>> = {
  anyone: 'anyone',
  'anyone-signed-in': 'any valid credential',
  person: 'a person in a session',
}

export function renderApi(): string {
  const known: readonly AnyRoute[] = routes as unknown as readonly AnyRoute[]
  const rows = known.map(({ method, path, needs, command, summary }) => [
    code(`${method} ${path}`),
    summary,
    WHO[needs] ?? code(needs),
    code(`parapet ${command}`),
  ])
  const raw = rawRoutes.map(({ path, needs, summary, mediaType }) => [
    code(`GET ${path}`),
    summary,
    WHO[needs] ?? code(needs),
    code(mediaType),
  ])
  return `# API

Generated from the routes; do not edit. \`/api/openapi.json\` describes the same as OpenAPI 3.1, with every schema.

Programs send an API token as \`Authorization: Bearer pp_…\`. Errors are problem+json ([codes](errors.md)). Lists take
\`limit\` and \`cursor\`; \`next\` of a page is the cursor of the one that follows.

${table(['Operation', 'What it does', 'Who may', 'Command'], rows)}

## Other addresses

${table(['Address', 'What it gives', 'Who may', 'Type'], raw)}
`
}
