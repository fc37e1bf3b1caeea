// AI services of clouds, containers that serve models or keep vectors, and actions that let a model work.
import { dirname, join } from 'node:path/posix'
import { isTest } from '../classify.ts'
import {
  ACTION_PROVIDERS,
  AI_ACTIONS,
  CHARTS,
  IMAGES,
  MODULES,
  OF_CHART,
  RESOURCES,
  ONLY_VECTORS,
  SOURCE_BLOCKS,
  STORE_BLOCKS,
  storeNamed,
  STORE_RESOURCES,
} from '../knowledge/infrastructure.ts'
import { sqlProvider } from '../knowledge/sql.ts'
import { type Expr, field, lastName, pathOf, textField, type Unit } from '../syntax/expr.ts'
import { constructOf } from './cdk.ts'
import type { Evidence } from './evidence.ts'
import { type Around, CALLS, MAPS, TEXTS, visitUnit } from './visit.ts'

export function findInfrastructure(evidence: Evidence) {
  for (const unit of evidence.project.units) {
    if (isTest(unit.file)) continue
    if (unit.format === 'terraform') terraform(unit, evidence)
    if (unit.language === 'docker' || unit.format === 'yaml' || unit.format === 'json' || unit.format === 'terraform') {
      visitUnit(unit, (expr, around) => placed(expr, around, evidence), TEXTS)
    }
    if (unit.language === 'shell')
      for (const [image, line] of started(unit)) runs(image, unit, line, undefined, evidence)
    if (unit.format === 'code' || unit.format === 'notebook') databases(unit, evidence)
    if (unit.format !== 'code' || /(?:^|\/)config\/[^/]+\.php$/.test(unit.file))
      visitUnit(unit, (expr, around) => chosenFrom(expr, around, evidence), MAPS)
    if (unit.format === 'yaml' || unit.format === 'json')
      for (const document of unit.documents) {
        templates(document, unit, evidence, 0)
        charts(document, unit, evidence)
        stores(document, unit, evidence)
      }
  }
}

function terraform(unit: Unit, evidence: Evidence) {
  for (const statement of unit.statements) {
    if (statement.kind !== 'assign' || statement.value.kind !== 'call') continue
    const block = statement.value
    if (lastName(block.callee) === 'module') madeByModule(block, unit, evidence)
    if (lastName(block.callee) !== 'resource' && lastName(block.callee) !== 'data') continue
    const [type, name] = block.args
    if (type?.kind !== 'text') continue
    resource(
      type.value,
      name?.kind === 'text' ? name.value : '',
      block,
      unit,
      lastName(block.callee) === 'data',
      evidence,
    )
  }
}

/** A module that is known makes an agent or a store, under the name that it is given, else under its own. */
function madeByModule(block: Extract<Expr, { kind: 'call' }>, unit: Unit, { collector, resolver }: Evidence) {
  const source = textField(block, 'source') ?? ''
  const module = MODULES.find((one) => one.source.test(source))
  if (!module) return
  const isSet = (word: string): boolean | undefined => {
    const said = resolver.meaning(field(block, word) ?? block, unit).expr
    return said.kind === 'constant' && typeof said.value === 'boolean' ? said.value : undefined
  }
  const at = { file: unit.file, line: block.line, attributes: { via: 'iac', resource: source } }
  const [label] = block.args
  const name =
    resolver.first(field(block, module.agent.name), unit) ?? (label?.kind === 'text' ? label.value : undefined)
  collector.add('providers', module.provider, at)
  if (name !== undefined && isSet(module.agent.unless) !== false) collector.add('agents', name, at)
  if (isSet(module.store.when) === true) collector.add('vectorStores', module.store.is, at)
}

function resource(type: string, name: string, body: Expr, unit: Unit, looked: boolean, evidence: Evidence) {
  const { collector } = evidence
  const { file } = unit
  const { line } = body
  const cloud = RESOURCES.find(([pattern]) => pattern.test(type))
  if (cloud) {
    const provider =
      cloud[1] === 'azure-ai' && servesOpenAi(body, unit, evidence)
        ? 'azure-openai'
        : cloud[1] === 'azure-ml' && isHub(body, unit, evidence)
          ? 'azure-ai'
          : cloud[1]
    // Of Bicep, what exists already is named without a word on what it is like.
    if (unit.language === 'bicep' && body.kind === 'call' && !field(body, 'kind', 'properties', 'sku')) return
    if (!looked) collector.add('cloudAi', type, { file, line, attributes: { resource: name } })
    if (provider !== '') collector.add('providers', provider, { file, line, attributes: { via: 'iac' } })
    if (!looked && /(?:_agent|(?<!^AWS::Bedrock)::Agent)$/.test(type) && name !== '')
      for (const said of namesTold(field(body, 'agent_name', 'name'), unit, evidence) ?? [name])
        collector.add('agents', said, { file, line, attributes: { via: 'iac', resource: type } })
  }
  const store = looked
    ? undefined
    : (STORE_RESOURCES.find(([pattern]) => pattern.test(type))?.[1] ?? storeWithin(type, body))
  if (store !== undefined && store !== '')
    collector.add('vectorStores', store, { file, line, attributes: { via: 'iac' } })
  if (cloud && /knowledge_?base|data_?source/i.test(type)) blocks(body, unit, evidence, 0)
}

/** What is told, by those who call the module that a file is part of, to the variable that names a resource; else their own names. */
function namesTold(
  name: Expr | undefined,
  { file, format }: Unit,
  { project, resolver }: Evidence,
): string[] | undefined {
  const [, variable] = format === 'terraform' && name ? (/^var\.(\w+)$/.exec(pathOf(name)) ?? []) : []
  if (variable === undefined) return undefined
  const told = project.units.flatMap((unit) =>
    unit.format !== 'terraform'
      ? []
      : unit.statements.flatMap((one) => {
          const block = one.kind === 'assign' && one.value.kind === 'call' ? one.value : undefined
          const source = block && lastName(block.callee) === 'module' ? textField(block, 'source') : undefined
          if (!block || !source?.startsWith('.') || join(dirname(unit.file), source) !== dirname(file)) return []
          const [label] = block.args
          return resolver.first(field(block, variable), unit) ?? (label?.kind === 'text' ? label.value : [])
        }),
  )
  return told.length > 0 ? told : undefined
}

/** A resource for many things, of which one is a store. */
function storeWithin(type: string, body: Expr): string | undefined {
  if (type === 'helm_release') {
    const chart = textField(body, 'chart') ?? ''
    const rule = CHARTS.find(([pattern]) => pattern.test(chart.slice(chart.lastIndexOf('/') + 1)))
    return rule?.[2] === 'store' ? rule[1] : undefined
  }
  if (type === 'postgresql_extension') return textField(body, 'name') === 'vector' ? 'pgvector' : undefined
  if (type === 'azurerm_postgresql_flexible_server_configuration')
    return /\bvector\b/i.test(textField(body, 'value') ?? '') ? 'pgvector' : undefined
  return type === 'mongodbatlas_search_index' && textField(body, 'type') === 'vectorSearch'
    ? 'mongodb-atlas'
    : undefined
}

/** The same resource serves models of OpenAI or other services of Azure. */
function servesOpenAi(body: Expr, unit: Unit, evidence: Evidence): boolean {
  const { resolver } = evidence
  const kind = field(body, 'kind')
  const properties = field(body, 'properties', 'Properties') ?? body
  const model = resolver.meaning(field(properties, 'model') ?? properties, unit).expr
  if (resolver.first(kind, unit) === 'OpenAI' || textField(model, 'format') === 'OpenAI') return true
  return kind?.kind === 'name' && handedTo(unit, kind.name, evidence).includes('OpenAI')
}

/** A workspace that is a hub of Foundry, or a project in one, serves models and trains none. */
const isHub = (body: Expr, unit: Unit, { resolver }: Evidence): boolean =>
  resolver.texts(field(body, 'kind'), unit).some(({ text }) => /^(?:hub|project)$/i.test(text))

/** What the modules of Bicep that use a file hand to one of its parameters. */
function handedTo({ file }: Unit, param: string, { project, resolver }: Evidence): string[] {
  return project.units.flatMap((unit) =>
    unit.language !== 'bicep'
      ? []
      : unit.statements.flatMap((statement) => {
          if (statement.kind !== 'assign' || statement.value.kind !== 'call') return []
          const { callee, args } = statement.value
          if (lastName(callee) !== 'module' || args[0]?.kind !== 'text') return []
          if (join(dirname(unit.file), args[0].value) !== file) return []
          return resolver.texts(field(field(statement.value, 'params'), param), unit, '').map(({ text }) => text)
        }),
  )
}

function blocks(expr: Expr, unit: Unit, evidence: Evidence, depth: number) {
  if (depth > 12) return
  const take = (word: string, line: number) => {
    const name = word.toLowerCase()
    const store = Object.hasOwn(STORE_BLOCKS, name) ? STORE_BLOCKS[name] : undefined
    const source = Object.hasOwn(SOURCE_BLOCKS, name) ? SOURCE_BLOCKS[name] : undefined
    if (store !== undefined)
      evidence.collector.add('vectorStores', store, { file: unit.file, line, attributes: { via: 'iac' } })
    if (source !== undefined)
      evidence.collector.add('datasets', source, {
        file: unit.file,
        line,
        attributes: { role: 'rag-source', trust: /web/.test(source) ? 'untrusted' : 'internal' },
      })
  }
  if (expr.kind === 'call') {
    const [label] = expr.args
    take(lastName(expr.callee) === 'dynamic' && label?.kind === 'text' ? label.value : lastName(expr.callee), expr.line)
    for (const [word, value] of expr.named) {
      take(word, value.line)
      blocks(value, unit, evidence, depth + 1)
    }
    for (const argument of expr.args) blocks(argument, unit, evidence, depth + 1)
  } else if (expr.kind === 'map') {
    for (const [key, value] of expr.entries) {
      if (key.kind === 'text') take(key.value, key.line)
      blocks(value, unit, evidence, depth + 1)
    }
  } else if (expr.kind === 'either') for (const option of expr.options) blocks(option, unit, evidence, depth + 1)
  else if (expr.kind === 'list') for (const item of expr.items) blocks(item, unit, evidence, depth + 1)
}

/** What the clients of Bedrock do with a knowledge base. */
const KNOWLEDGE_BASE =
  /^(?:retrieve(?:_and_generate(?:_stream)?|AndGenerate)?|ingest_?knowledge_?base_?documents|create_?knowledge_?base|start_?ingestion_?job|list_?data_?sources)$/i

const textKey = (expr: Expr | undefined, name: string) => (expr?.kind === 'map' ? field(expr, name) : undefined)

/** What a knowledge base or a database is asked to do, and what the CDK makes. */
function databases(unit: Unit, evidence: Evidence) {
  const { collector } = evidence
  const { file } = unit
  visitUnit(
    unit,
    (expr) => {
      if (expr.kind === 'call' && KNOWLEDGE_BASE.test(lastName(expr.callee))) {
        if (
          field(expr, 'knowledgeBaseId', 'retrieveAndGenerateConfiguration', 'storageConfiguration') ??
          textKey(expr.args[0], 'knowledgeBaseId')
        )
          collector.add('vectorStores', 'aws-bedrock-knowledge-base', {
            file,
            line: expr.line,
            attributes: { via: 'sdk' },
          })
      } else if (expr.kind === 'call' && constructOf(expr, unit, evidence)) constructed(expr, unit, evidence)
      else if (expr.kind === 'call' && unit.language === 'sql') {
        const provider = sqlProvider(pathOf(expr.callee))
        if (provider !== undefined)
          collector.add('providers', provider, { file, line: expr.line, confidence: 0.85, attributes: { via: 'sql' } })
      }
    },
    CALLS,
  )
}

/** A knowledge base says in its blocks where the vectors lie; one that is silent makes a place for itself. */
function constructed(call: Extract<Expr, { kind: 'call' }>, unit: Unit, evidence: Evidence) {
  const made = constructOf(call, unit, evidence)
  if (!made) return
  resource(made.type, made.name, call, unit, false, evidence)
  if (made.type === 'AWS::Bedrock::KnowledgeBase')
    evidence.collector.add('vectorStores', 'aws-bedrock-knowledge-base', {
      file: unit.file,
      line: call.line,
      attributes: { via: 'iac' },
    })
}

/** What a chart of Helm brings along. */
function charts(document: Expr, unit: Unit, { collector }: Evidence) {
  if (!/(?:^|\/)(?:Chart|requirements)\.ya?ml$/.test(unit.file)) return
  const dependencies = field(document, 'dependencies')
  for (const one of dependencies?.kind === 'list' ? dependencies.items : []) {
    const name = textField(one, 'name') ?? ''
    const rule = textField(one, 'repository') === undefined ? undefined : CHARTS.find(([pattern]) => pattern.test(name))
    if (!rule) continue
    const [, runs, kind] = rule
    const { file } = unit
    collector.add('serving', name, { file, line: one.line, attributes: { kind: 'chart', runs } })
    if (kind === 'store') collector.add('vectorStores', runs, { file, line: one.line, attributes: { via: 'chart' } })
    if (runs === 'ollama')
      collector.add('providers', runs, { file, line: one.line, confidence: 0.8, attributes: { via: 'chart' } })
  }
}

/** CloudFormation and ARM: a resource says its type. */
function templates(expr: Expr, unit: Unit, evidence: Evidence, depth: number) {
  if (depth > 4) return
  const resources = field(expr, 'Resources', 'resources')
  for (const [key, value] of resources?.kind === 'map' ? resources.entries : []) {
    const type = textField(value, 'Type', 'type')
    if (type !== undefined && key.kind === 'text')
      resource(type, key.value, field(value, 'Properties', 'properties') ?? value, unit, false, evidence)
  }
  for (const value of resources?.kind === 'list' ? resources.items : []) {
    const type = textField(value, 'type')
    if (type !== undefined) resource(type, textField(value, 'name') ?? '', value, unit, false, evidence)
  }
}

/** Symfony keeps stores below their kind: `ai: store: chromadb: movies: …`. */
function stores(document: Expr, unit: Unit, evidence: Evidence) {
  const kinds = field(field(document, 'ai'), 'store')
  for (const [key] of kinds?.kind === 'map' ? kinds.entries : []) {
    const store = key.kind === 'text' ? storeNamed(key.value) : undefined
    if (store !== undefined)
      evidence.collector.add('vectorStores', store, { file: unit.file, line: key.line, attributes: { via: 'config' } })
  }
}

/** Sections of settings, a store each: `store: { pinecone: {…}, redis: {…} }`, of which one can be nothing else. */
function chosenFrom(expr: Expr, { unit, keys }: Around, { collector }: Evidence) {
  const key = keys.at(-1) ?? ''
  if (
    expr.kind !== 'map' ||
    !/^(?:vector_?)?(?:stores?|dbs?|databases?|storages?|drivers?|backends?)$|vector/i.test(key)
  )
    return
  const named = expr.entries.flatMap(([word, value]) => {
    const store = word.kind === 'text' && value.kind === 'map' ? storeNamed(word.value) : undefined
    return store === undefined ? [] : [{ store, line: word.line }]
  })
  if (!named.some(({ store }) => ONLY_VECTORS.has(store))) return
  for (const { store, line } of named)
    collector.add('vectorStores', store, { file: unit.file, line, confidence: 0.8, attributes: { via: 'config' } })
}

/** Images, actions and stores that a setting names. */
function placed(expr: Expr, around: Around, evidence: Evidence) {
  const { unit, keys, parents } = around
  if (expr.kind !== 'text') return
  const { file } = unit
  const { line } = expr
  const key = keys.at(-1) ?? ''
  const parent = parents[0]
  const from = unit.language === 'docker' && parent?.kind === 'call' && lastName(parent.callee) === 'FROM'
  // Of charts, where an image is said in parts; many other things have a repository too.
  const inParts = key === 'repository' && (field(parent, 'tag') !== undefined || /image$/i.test(keys.at(-2) ?? ''))
  if (/^(?:image|container_image|Image)$/.test(key) || inParts || from) {
    const tag = inParts ? textField(parent, 'tag') : undefined
    const image = tag === undefined || tag === '' ? expr.value : `${expr.value}:${tag}`
    const version = tag === '' ? OF_CHART : undefined
    runs(image, unit, line, version, evidence)
  } else if (key === 'uses' && AI_ACTIONS.test(expr.value)) {
    evidence.collector.add('sdks', expr.value, {
      file,
      line,
      attributes: { ecosystem: 'github-actions', runs: 'agent' },
    })
    const provider = ACTION_PROVIDERS.find(([pattern]) => pattern.test(expr.value))?.[1]
    if (provider !== undefined)
      evidence.collector.add('providers', provider, { file, line, confidence: 0.8, attributes: { via: 'ci' } })
  } else if (
    /vector_?(?:store|db|database)/i.test(keys.slice(-2).join('.')) &&
    /(?:^|\.)(?:\w*vector\w*|type|database|provider|kind|name|backend)$/i.test(key)
  ) {
    const store = storeNamed(expr.value)
    if (store !== undefined)
      evidence.collector.add('vectorStores', store, { file, line, confidence: 0.8, attributes: { via: 'config' } })
  }
}

/** What a container of this image is there for. */
function runs(image: string, { file }: Unit, line: number, version: string | undefined, { collector }: Evidence) {
  const rule = IMAGES.find(({ pattern }) => pattern.test(image))
  if (!rule) return
  collector.add('serving', image, { file, line, attributes: { kind: 'container', runs: rule.name, version } })
  if (rule.kind === 'store') collector.add('vectorStores', rule.name, { file, line, attributes: { via: 'container' } })
  if (rule.name === 'ollama')
    collector.add('providers', 'ollama', { file, line, confidence: 0.8, attributes: { via: 'container' } })
}

/** `docker run -p 1:1 acme/acme:2`: of the words after it, one is an image; paths and options are none. */
const started = ({ statements }: Unit): [image: string, line: number][] =>
  statements.flatMap((statement) => {
    const { value, line } = statement.kind === 'do' ? statement : { value: undefined, line: 0 }
    const [, said = ''] =
      value?.kind === 'text'
        ? (/(?:^|[;&|]\s*|\bsudo\s+)(?:docker|podman|nerdctl)\s+run\s+([^;&|]+)/.exec(value.value) ?? [])
        : []
    return said
      .split(/\s+/)
      .flatMap((word): [string, number][] => (/^[a-z][\w./@-]*(?::[\w.-]+)?$/.test(word) ? [[word, line]] : []))
  })
