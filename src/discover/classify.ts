// What a file is, by its name alone: who reads it, and whether what it says is in use or only an example of a test.
import { lockFormatOf } from './knowledge/locks.ts'
import type { Grammar } from './syntax/grammars.ts'

export type Reader =
  | { kind: 'code'; grammar: Grammar }
  | {
      kind:
        | 'embedded'
        | 'notebook'
        | 'json'
        | 'yaml'
        | 'toml'
        | 'lines'
        | 'env'
        | 'docker'
        | 'terraform'
        | 'instructions'
        | 'lock'
        | 'bicep'
        | 'sql'
        | 'script'
        | 'shell'
        | 'template'
    }
  | { kind: 'manifest'; format: Manifest }

export type Manifest = 'requirements' | 'go.mod' | 'gemfile' | 'pom' | 'csproj' | 'gradle' | 'conda'

const GRAMMARS: Readonly<Record<string, Grammar>> = {
  py: 'python',
  ts: 'typescript',
  mts: 'typescript',
  cts: 'typescript',
  tsx: 'tsx',
  js: 'tsx',
  jsx: 'tsx',
  mjs: 'tsx',
  cjs: 'tsx',
  go: 'go',
  java: 'java',
  kt: 'kotlin',
  kts: 'kotlin',
  cs: 'csharp',
  rs: 'rust',
  rb: 'ruby',
  rake: 'ruby',
  php: 'php',
}

const CODE = new Map(
  Object.entries(GRAMMARS).map(([ending, grammar]): [string, Reader] => [ending, { kind: 'code', grammar }]),
)

const BY_NAME: readonly [RegExp, Reader][] = [
  [
    /^(?:requirements|constraints)[\w.-]*\.(?:txt|in)$|(?:^|\/)requirements\/[\w.-]+\.(?:txt|in)$/,
    { kind: 'manifest', format: 'requirements' },
  ],
  [/^go\.mod$/, { kind: 'manifest', format: 'go.mod' }],
  [/^Gemfile$|\.gemspec$/, { kind: 'manifest', format: 'gemfile' }],
  [/^pom\.xml$|\.pom$/, { kind: 'manifest', format: 'pom' }],
  [/\.(?:cs|fs|vb)proj$|^(?:packages\.config|Directory\.Packages\.props)$/, { kind: 'manifest', format: 'csproj' }],
  [/\.gradle(?:\.kts)?$/, { kind: 'manifest', format: 'gradle' }],
  [/^(?:environment|conda)[\w.-]*\.ya?ml$/, { kind: 'manifest', format: 'conda' }],
  [/^(?:Dockerfile|Containerfile|Modelfile)(?:\.[\w.-]+)?$|\.(?:dockerfile|modelfile)$/i, { kind: 'docker' }],
  [
    /^\.?env(?:\.(?!(?:[\w-]+\.)*(?:[cm]?[jt]sx?|py|rb|go|php|java|kts?|rs|cs|json|ya?ml)$)[\w.-]+)?$|^[\w.-]*\.env(?:[.-](?:example|sample|template|dist|local))?$/,
    { kind: 'env' },
  ],
  [/^Pipfile$|\.toml$/, { kind: 'toml' }],
  [/^\.(?:mcp|claude|mcprc)(?:\.json)?$|\.(?:json|jsonc|json5|code-workspace)$/, { kind: 'json' }],
  [
    /^\.(?:continuerc|aider\.conf\.yml)$|\.ya?ml(?:\.(?:example|sample|template|dist|tmpl|tpl|tftpl|j2))?$|\.prompty$/,
    { kind: 'yaml' },
  ],
  [/\.(?:properties|ini|cfg|conf)$/, { kind: 'lines' }],
  [/\.(?:tf|tfvars|hcl|tofu)$|\.tfvars\.(?:[\w-]+\.)?(?:example|sample|template|dist)$/, { kind: 'terraform' }],
  [/\.bicep(?:param)?$/, { kind: 'bicep' }],
  [/\.(?:sh|bash|zsh)$/, { kind: 'shell' }],
  [/\.(?:sql|pgsql|psql|ddl|prisma)$/, { kind: 'sql' }],
  [/\.ipynb$/, { kind: 'notebook' }],
  [/\.(?:vue|svelte|astro)$/, { kind: 'embedded' }],
  [/\.(?:html?|jinja2?|j2|twig|erb|ejs|hbs|handlebars|mustache|cshtml|blade\.php)$/, { kind: 'template' }],
]

/** Texts that an agent of a developer obeys. */
export const INSTRUCTIONS =
  /(?:^|\/)(?:AGENTS?\.md|agents\.md|claude\.md|CLAUDE(?:\.local)?\.md|GEMINI\.md|QWEN\.md|CRUSH\.md|WARP\.md|CONVENTIONS\.md|\.cursorrules|\.windsurfrules|\.clinerules|\.roorules[\w-]*|\.goosehints|\.rules|\.junie\/guidelines\.md|\.github\/copilot-instructions\.md|llms-install\.md|SKILL\.md|\.aider\.conventions\.md|opencode\.md|replit\.md|\.augment-guidelines|\.idx\/airules\.md|\.airules|\.agent\.md)$|(?:^|\/)(?:\.cursor\/rules|\.windsurf\/rules|\.clinerules|\.roo\/rules[\w-]*|\.continue\/rules|\.amazonq\/rules|\.kiro\/steering|\.trae\/rules|\.augment\/rules|\.openhands\/microagents|\.sourcegraph|\.qodo|\.github\/(?:instructions|prompts|chatmodes|agents)|\.claude\/(?:agents|commands|skills|rules)|\.opencode\/(?:agent|command)|\.gemini\/commands|\.codex\/prompts|\.agents?\/(?:rules|skills|workflows)|plugins\/[\w.-]+\/(?:agents|commands|skills))\/[^\0]+\.(?:md|mdc|txt|toml|markdown)$/

/** The few names by which a file with the ending of code is something else. */
const NO_CODE = /^(?:Docker|Container|Model)file\.|\.gradle\.kts$|\.blade\.php$/i
/** What other programs wrote: builds, types, and what an evaluation put down. */
const MADE = /\.min\.[cm]?js$|\.d\.[cm]?ts$|\.map$|\.evalset_result\.json$/

export function readerOf(file: string): Reader | undefined {
  const base = file.slice(file.lastIndexOf('/') + 1)
  const dot = base.lastIndexOf('.')
  const code = dot < 0 ? undefined : CODE.get(base.slice(dot + 1))
  // Asked first, since most files are code, or made of it.
  if (code && !NO_CODE.test(base)) return MADE.test(base) ? undefined : code
  if (MADE.test(base)) return undefined
  if (INSTRUCTIONS.test(file)) return { kind: 'instructions' }
  if (lockFormatOf(file)) return { kind: 'lock' }
  for (const [pattern, reader] of BY_NAME) if (pattern.test(base) || pattern.test(file)) return reader
  return code ?? (dot < 0 && SCRIPTS.test(file) ? { kind: 'script' } : undefined)
}

/** Where programs lie that are called by their names alone; their first line says what they are written in. */
const SCRIPTS = /(?:^|\/)(?:bin|exe|scripts?)\/[^/]+$/

const RUNNERS: readonly [RegExp, Grammar][] = [
  [/\b(?:python[\d.]*|uv)\b/, 'python'],
  [/\bruby\b/, 'ruby'],
  [/\b(?:node|bun|deno|tsx|ts-node)\b/, 'typescript'],
  [/\bphp\b/, 'php'],
]

export function grammarOfScript(firstLine: string): Grammar | undefined {
  return firstLine.startsWith('#!') ? RUNNERS.find(([runner]) => runner.test(firstLine))?.[1] : undefined
}

const TESTS =
  /(?:^|\/)(?:tests?|test[_-]?(?:helpers?|utils?|support)|__tests__|__mocks__|__fixtures__|__snapshots__|fixtures?|mocks?|mock(?:ed)?[_-][\w-]+|testdata|test_data|test-data|testing|specs?|cassettes|e2e|cypress|src\/(?:test|androidTest|integrationTest|testFixtures)|[\w.]+[._-]tests?)\//i
/** `AppTests`, beside `contest`. */
const NAMED_TESTS = /[a-z0-9]Tests?\//
const TEST_FILE =
  /(?:^|\/)(?:tests?|test[_-][^/]*|conftest|testing|[^/]*_tests?|[^/]*[._-](?:test|tests|spec|mock|mocks|stories|fixture|fixtures|e2e|cy|bench|benchmark)|[^/]*Tests?|[^/]*IT|[^/]*Spec)\.[\w]+$/
const DOCS = /(?:^|\/)(?:docs?|documentation|site|website|blog|changelog|CHANGELOG[^/]*|i18n|locales?|translations?)\//i

/** Go knows its tests by one ending: `tests.go` is about the tests of whoever the program serves. */
const TEST_OF_GO = /_test\.go$/

/** What a build by Maven's order ships, whatever it is called. */
const SHIPPED = /(?:^|\/)src\/main\/(?:java|kotlin|scala)\//
/** A workflow runs, and asks whom it names, whatever it is there to try. */
const WORKFLOW = /(?:^|\/)\.(?:github|gitea|forgejo)\/workflows\/[^/]+$/
/** Written to try something out: what it names is not what runs. */
export const isTest = (file: string): boolean =>
  TESTS.test(file) ||
  NAMED_TESTS.test(file) ||
  (!SHIPPED.test(file) && !WORKFLOW.test(file) && (file.endsWith('.go') ? TEST_OF_GO : TEST_FILE).test(file))
/** Of a program, a folder below its sources is one of its parts, about which it may well be: `src/Blog/Ask.php`. */
const PARTS = /(?:^|\/)(?:src|app|lib)\/(?:[^/]+\/)*(?:blog|site|website)\/(?:[^/]+\/)*[\w-]+\.(?!(?:mdx?|html?)$)\w+$/i
export const isDocumentation = (file: string): boolean => DOCS.test(file) && !(PARTS.test(file) && !GUIDES.test(file))
/** Documentation wherever it lies. */
const GUIDES = /(?:^|\/)(?:docs?|documentation|changelog|CHANGELOG[^/]*|i18n|locales?|translations?)\//i
