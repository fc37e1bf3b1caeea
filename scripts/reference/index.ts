// The pages of docs/reference that are made from the code. `npm run build -- --reference` writes them; a test compares.
import { renderConfigReference } from '../../src/app/config-reference.ts'
import { renderApi } from './api.ts'
import { renderCli } from './cli.ts'
import { renderCatalogue } from './catalogue.ts'
import { renderDiscover } from './discover.ts'
import { renderDeclarations, renderDeclarationSchema } from './declarations.ts'
import { renderErrors } from './errors.ts'
import { renderGateway } from './gateway.ts'
import { renderModelFiles } from './model-files.ts'

export const pages = {
  'docs/reference/api.md': renderApi,
  'docs/reference/catalogue.md': renderCatalogue,
  'docs/reference/cli.md': renderCli,
  'docs/reference/config.md': renderConfigReference,
  'docs/reference/declaration.schema.json': renderDeclarationSchema,
  'docs/reference/declarations.md': renderDeclarations,
  'docs/reference/discover.md': renderDiscover,
  'docs/reference/errors.md': renderErrors,
  'docs/reference/gateway.md': renderGateway,
  'docs/reference/model-files.md': renderModelFiles,
} as const
