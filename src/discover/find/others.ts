// Prompts, data, notebooks, instructions of agents, and the variables that hold credentials.
import { isDocumentation, isTest } from '../classify.ts'
import { isCredential, providerOfKey } from '../knowledge/providers.ts'
import { type Expr, field, lastName, pathOf, textField, type Unit } from '../syntax/expr.ts'
import type { Evidence } from './evidence.ts'
import { readVariable } from './providers/keys-read.ts'
import { visitUnit } from './visit.ts'

const PROMPT = /prompt|instruction|system_?message|persona|template/i
const SPOKEN =
  /\b(?:you are|your (?:task|role|job|goal)|answer|respond|assistant|summari[sz]e|the user|do not|based on|context|given the)\b/i
export function findOthers(evidence: Evidence) {
  const { project, collector } = evidence
  const anyAi =
    collector.of('sdks').length +
      collector.of('providers').length +
      collector.of('models').length +
      collector.of('mcpServers').length >
    0
  for (const unit of project.units) {
    if (isDocumentation(unit.file)) continue
    const { file } = unit
    if (unit.format === 'notebook' && evidence.packages(unit).length > 0)
      collector.add('notebooks', file, { file, line: 1 })
    prompts(unit, evidence)
    if (file.endsWith('.prompty')) collector.add('prompts', file, { file, line: 1 })
    if (anyAi && !isTest(file)) credentials(unit, evidence)
    datasets(unit, evidence)
  }
  for (const { file, instructions } of project.files) {
    if (instructions)
      collector.add('agentInstructions', file, { file, line: 1, attributes: { reader: readerOfInstructions(file) } })
    const [, agent] =
      /(?:^|\/)(?:\.(?:claude|opencode|github)|plugins\/[\w.-]+)\/agents?\/(?:.*\/)?([\w.-]+?)(?:\.agent)?\.md$/.exec(
        file,
      ) ?? []
    if (instructions && agent !== undefined && !/^readme$/i.test(agent))
      collector.add('agents', agent, { file, line: 1, attributes: { via: 'developer-agent' } })
  }
}

function readerOfInstructions(file: string): string {
  const known: readonly [RegExp, string][] = [
    [/claude/i, 'Claude Code'],
    [/cursor/i, 'Cursor'],
    [/windsurf/i, 'Windsurf'],
    [/cline/i, 'Cline'],
    [/roo/i, 'Roo Code'],
    [/gemini/i, 'Gemini CLI'],
    [/copilot|\.github/i, 'GitHub Copilot'],
    [/junie/i, 'Junie'],
    [/goose/i, 'Goose'],
    [/amazonq/i, 'Amazon Q'],
    [/kiro/i, 'Kiro'],
    [/continue/i, 'Continue'],
    [/codex/i, 'Codex'],
    [/qwen/i, 'Qwen Code'],
  ]
  return known.find(([pattern]) => pattern.test(file))?.[1] ?? 'any agent'
}

function prompts(unit: Unit, evidence: Evidence) {
  if (unit.format !== 'code' || isTest(unit.file)) return
  const named = /prompt/i.test(unit.file)
  if (!named && !evidence.usesAi(unit)) return
  visitUnit(unit, (expr, { keys, parents }) => {
    const value =
      expr.kind === 'text'
        ? expr.value
        : expr.kind === 'join'
          ? expr.parts.map((part) => (part.kind === 'text' ? part.value : ' ')).join('')
          : ''
    if (value.length < 120 || !SPOKEN.test(value)) return
    const call = parents.find((one) => one.kind === 'call')
    if (named || keys.some((key) => PROMPT.test(key)) || (call && PROMPT.test(pathOf(call.callee)))) {
      evidence.collector.add('prompts', unit.file, {
        file: unit.file,
        line: expr.line,
        confidence: 0.8,
        stance: 'inferred',
      })
    }
  })
}

function credentials(unit: Unit, evidence: Evidence) {
  const { file } = unit
  const besideAi = unit.format !== 'code' || evidence.packages(unit).length > 0
  const add = (name: string, line: number) => {
    if (isCredential(name, besideAi))
      evidence.collector.add('credentials', name, {
        file,
        line,
        attributes: { kind: 'environment', provider: providerOfKey(name) },
      })
  }
  if (unit.format === 'env')
    for (const document of unit.documents)
      for (const [key] of document.kind === 'map' ? document.entries : [])
        if (key.kind === 'text') add(key.value, key.line)
  visitUnit(unit, (expr, { keys }) => {
    const read =
      expr.kind === 'member'
        ? lastName(expr.of).endsWith('env') && /(?:^|\.)(?:process\.env|import\.meta\.env)$/.test(pathOf(expr.of))
          ? expr.name
          : ''
        : readVariable(expr)
    if (read !== '') add(read, expr.line)
    if (
      expr.kind === 'map' &&
      keys.some((key) =>
        /^(?:env|environment|environment_variables|apiKeys?|startCommand|configSchema|properties|envs)$/.test(key),
      )
    )
      for (const [key] of expr.entries) if (key.kind === 'text') add(key.value, key.line)
    if (expr.kind === 'text' && unit.format === 'code' && /^[A-Z][A-Z0-9_]*_API_KEY$/.test(expr.value))
      add(expr.value, expr.line)
    if (expr.kind === 'text' && /^(?:api[_-]?key[_-]?env|api_key_env_var|env_?var|apiKeyEnv)$/i.test(keys.at(-1) ?? ''))
      add(expr.value, expr.line)
    if (expr.kind === 'text' && unit.format !== 'code' && expr.value.includes('${'))
      for (const [, name = ''] of expr.value.matchAll(/\$\{(?:env:|secrets\.|input:)?([A-Z][A-Z0-9_]+)/g))
        add(name, expr.line)
    for (const [, name = ''] of expr.kind === 'text' && expr.value.includes('secrets.')
      ? expr.value.matchAll(/\bsecrets\.([A-Z][A-Z0-9_]+)/g)
      : [])
      if (providerOfKey(name) !== undefined) add(name, expr.line)
  })
}

const CALLS: ReadonlySet<Expr['kind']> = new Set(['call'])

function datasets(unit: Unit, { collector, resolver }: Evidence) {
  if (unit.format !== 'code' && unit.format !== 'notebook') return
  visitUnit(
    unit,
    (expr, { scope }) => {
      if (
        expr.kind !== 'call' ||
        (!(
          /^(?:snapshot_download|hf_hub_download)$/.test(lastName(expr.callee)) &&
          textField(expr, 'repo_type') === 'dataset'
        ) &&
          !/^(?:load_dataset|DirectoryLoader|WebBaseLoader|SimpleDirectoryReader|CheerioWebBaseLoader|RecursiveUrlLoader)$/.test(
            lastName(expr.callee),
          ))
      )
        return
      const given: Expr | undefined =
        expr.args[0] ?? field(expr, 'path', 'repo_id', 'input_dir', 'web_paths', 'web_path')
      const name = resolver.first(given, unit, scope)
      if (name === undefined || !/^[\w./:@-]{2,200}$/.test(name)) return
      const web = /Web|Url/.test(lastName(expr.callee))
      collector.add('datasets', name, {
        file: unit.file,
        line: expr.line,
        confidence: 0.8,
        attributes: {
          role: /load_dataset|_download$/.test(lastName(expr.callee)) ? 'training-or-evaluation' : 'rag-source',
          trust: web ? 'untrusted' : 'internal',
        },
      })
    },
    CALLS,
  )
}
