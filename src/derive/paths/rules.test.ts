// Three graphs for each rule: one that has the path, one that has it but for one thing, and one where a control cuts it.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadBuiltIn } from '../../catalog/built-in.ts'
import { CUTTERS } from './cutters.ts'
import { findPaths } from './find-paths.ts'
import { graphFromText } from './graph-text.ts'
import { PATH_RULES } from './path-rules.ts'

interface Fixture {
  graph: string
  /** A line, and what it reads in the near miss; empty takes it away. */
  near: [string, string]
  /** The edge that the control stands on. */
  cut: string
  target: string
}

const FIXTURES: Record<string, Fixture> = {
  'AP-01': {
    graph: `
      mail: content-source trust=untrusted
      bot: agent
      lookup: tool effects=read
      crm: data-store sensitivity=restricted
      web: external-host
      mail -ingests-> bot
      bot -uses-tool-> lookup
      lookup -reads-> crm
      bot -sends-to-> web`,
    near: ['crm: data-store sensitivity=restricted', 'crm: data-store sensitivity=public'],
    cut: 'mail -ingests-> bot',
    target: 'web',
  },
  'AP-02': {
    graph: `
      chat: endpoint exposure=public auth=none
      bot: agent
      edit: tool effects=write
      orders: data-store sensitivity=confidential
      chat -exposes-> bot
      bot -uses-tool-> edit
      edit -writes-> orders`,
    near: ['chat: endpoint exposure=public auth=none', 'chat: endpoint exposure=public auth=strong'],
    cut: 'bot -uses-tool-> edit',
    target: 'orders',
  },
  'AP-03': {
    graph: `
      web: content-source trust=untrusted
      bot: agent
      shell: tool effects=exec
      box: workload
      web -ingests-> bot
      bot -uses-tool-> shell
      shell -writes-> box`,
    near: ['box: workload', 'box: workload sandboxed=true'],
    cut: 'shell -writes-> box',
    target: 'box',
  },
  'AP-04': {
    graph: `
      ann: identity type=human
      reviews: dataset purpose=training
      ranker: model
      shop: agent
      site: endpoint exposure=public
      ann -has-grant-> reviews action=write
      ranker -trained-on-> reviews
      shop -calls-> ranker
      site -exposes-> shop`,
    near: ['ann -has-grant-> reviews action=write', 'ann -has-grant-> reviews action=write owner=true'],
    cut: 'ranker -trained-on-> reviews',
    target: 'ranker',
  },
  'AP-05': {
    graph: `
      weights: artefact verdict=malicious
      scorer: workload
      robot: identity type=service
      claims: data-store sensitivity=restricted
      scorer -loads-> weights
      scorer -runs-as-> robot
      robot -has-grant-> claims`,
    near: ['weights: artefact verdict=malicious', 'weights: artefact verdict=benign signed=true'],
    cut: 'scorer -loads-> weights',
    target: 'claims',
  },
  'AP-06': {
    graph: `
      dev: identity type=human
      hub: registry
      weights: artefact
      live: workload environment=production
      dev -has-grant-> hub action=write
      weights -stored-in-> hub
      live -loads-> weights`,
    near: ['live: workload environment=production', 'live: workload environment=production verifiesSignatures=true'],
    cut: 'weights -stored-in-> hub',
    target: 'live',
  },
  'AP-07': {
    graph: `
      wiki: data-store writableBy=external
      index: vector-store
      bot: agent
      pay: tool effects=money
      index -indexes-> wiki
      bot -retrieves-> index
      bot -uses-tool-> pay`,
    near: ['wiki: data-store writableBy=external', 'wiki: data-store writableBy=staff'],
    cut: 'index -indexes-> wiki',
    target: 'pay',
  },
  'AP-08': {
    graph: `
      north: user-group tenant=north
      bot: agent
      index: vector-store tenantFilter=none
      files: dataset tenants=north,south
      north -has-grant-> bot
      bot -retrieves-> index
      index -indexes-> files`,
    near: ['index: vector-store tenantFilter=none', 'index: vector-store tenantFilter=enforced'],
    cut: 'bot -retrieves-> index',
    target: 'files',
  },
  'AP-09': {
    graph: `
      helper: mcp-server pinned=false
      ledger: mcp-server pinned=true
      bot: agent
      book: tool effects=write
      bot -connects-> helper
      bot -connects-> ledger
      ledger -provides-> book`,
    near: ['helper: mcp-server pinned=false', 'helper: mcp-server pinned=true'],
    cut: 'bot -connects-> helper',
    target: 'book',
  },
  'AP-10': {
    graph: `
      code: repository readers=organisation
      key: credential
      openai: provider
      code -holds-> key
      key -unlocks-> openai`,
    near: ['code: repository readers=organisation', 'code: repository readers=owner'],
    cut: 'code -holds-> key',
    target: 'openai',
  },
  'AP-11': {
    graph: `
      clerk: identity type=human
      bot: agent
      robot: identity type=service privilege=high
      payroll: data-store sensitivity=restricted
      clerk -has-grant-> bot
      bot -runs-as-> robot
      bot -reads-> payroll`,
    near: ['bot -reads-> payroll', 'bot -reads-> payroll\nclerk -has-grant-> payroll'],
    cut: 'bot -reads-> payroll',
    target: 'payroll',
  },
  'AP-12': {
    graph: `
      web: content-source trust=untrusted
      reader: agent
      boss: agent privilege=high
      web -ingests-> reader
      reader -delegates-> boss`,
    near: ['reader -delegates-> boss', 'reader -delegates-> boss reauthorises=true'],
    cut: 'reader -delegates-> boss',
    target: 'boss',
  },
  'AP-13': {
    graph: `
      web: content-source trust=untrusted
      reader: agent
      notes: memory shared=true
      clerk: agent
      send: tool effects=write
      web -ingests-> reader
      reader -remembers-> notes
      clerk -remembers-> notes
      clerk -uses-tool-> send`,
    near: ['notes: memory shared=true', 'notes: memory shared=false'],
    cut: 'reader -remembers-> notes',
    target: 'send',
  },
  'AP-14': {
    graph: `
      crm: data-store sensitivity=confidential
      export: workload
      cheap: provider sanctioned=false
      export -reads-> crm
      export -sends-to-> cheap`,
    near: ['cheap: provider sanctioned=false', 'cheap: provider sanctioned=true'],
    cut: 'export -sends-to-> cheap',
    target: 'cheap',
  },
  'AP-15': {
    graph: `
      issues: content-source trust=untrusted
      triage: pipeline aiAction=true
      token: credential scope=repository-write
      issues -ingests-> triage
      triage -holds-> token`,
    near: ['token: credential scope=repository-write', 'token: credential scope=repository-read'],
    cut: 'triage -holds-> token',
    target: 'token',
  },
  'AP-16': {
    graph: `
      api: endpoint exposure=public
      shop: agent
      own: model proprietary=true
      api -exposes-> shop
      shop -calls-> own`,
    near: ['api: endpoint exposure=public', 'api: endpoint exposure=public rateLimited=true'],
    cut: 'api -exposes-> shop',
    target: 'own',
  },
  'AP-17': {
    graph: `
      api: endpoint exposure=public
      shop: agent
      gpt: model
      api -exposes-> shop
      shop -calls-> gpt guard=prompt-injection-io-handling/observe`,
    near: [
      'shop -calls-> gpt guard=prompt-injection-io-handling/observe',
      'shop -calls-> gpt guard=prompt-injection-io-handling/enforce/unproven',
    ],
    cut: 'api -exposes-> shop',
    target: 'gpt',
  },
  'AP-18': {
    graph: `
      people: dataset personal=true
      index: vector-store
      bot: agent
      gpt: model
      far: provider regionAllowed=false
      index -indexes-> people
      bot -retrieves-> index
      bot -calls-> gpt
      gpt -served-by-> far`,
    near: ['far: provider regionAllowed=false', 'far: provider regionAllowed=true'],
    cut: 'gpt -served-by-> far',
    target: 'far',
  },
}

const pathsIn = (text: string, rule: string) =>
  findPaths(graphFromText(text)).paths.filter((path) => path.rule === rule)

function changed(text: string, from: string, to: string): string {
  assert.ok(text.includes(from), `${from} is in the fixture`)
  return text.replace(from, to)
}

test('each rule has its three graphs', () => {
  assert.deepEqual(
    Object.keys(FIXTURES),
    PATH_RULES.map(({ id }) => id),
  )
  assert.equal(PATH_RULES.length, 18)
})

for (const [rule, { graph, near, cut, target }] of Object.entries(FIXTURES)) {
  test(`${rule} is found where it is`, () => {
    const [path, ...others] = pathsIn(graph, rule)
    assert.deepEqual(others, [])
    assert.equal(path?.target, target)
    assert.ok((path?.risk ?? 0) > 0 && (path?.risk ?? 0) <= 100)
    assert.ok((path?.shortest.length ?? 0) > 0)
    assert.equal(path?.cutIsMinimum, true)
  })

  test(`${rule} is not found where one thing is missing`, () => {
    assert.deepEqual(pathsIn(changed(graph, ...near), rule), [])
  })

  test(`${rule} is cut by a proven control, and by no control that only watches or is not proven`, () => {
    const kind = /-([a-z-]+)->/.exec(cut)?.[1] as keyof typeof CUTTERS
    const [control = ''] = CUTTERS[kind]
    const line = graph.split('\n').find((one) => one.trim().startsWith(cut)) ?? ''
    const guarded = (how: string) => changed(graph, line, `${line} guard=${control}/${how}`)
    assert.deepEqual(pathsIn(guarded('enforce'), rule), [])
    for (const how of ['observe', 'off', 'enforce/unproven']) assert.equal(pathsIn(guarded(how), rule).length, 1, how)
    assert.equal(pathsIn(changed(graph, line, `${line} guard=model-watermarking/enforce`), rule).length, 1)
  })
}

/** The fixture of a rule, changed in more than one place or by lines more; and whether it is found there. */
const MORE: [string, string, boolean, (graph: string) => string][] = [
  [
    'who owns the training data and may write something else',
    'AP-04',
    false,
    (graph) =>
      `${changed(graph, 'action=write', 'action=write owner=true')}\nlogs: data-store\nann -has-grant-> logs action=write`,
  ],
  [
    'who may write the training data in a role',
    'AP-04',
    true,
    (graph) =>
      `${changed(graph, 'ann -has-grant->', 'role -has-grant->')}\nrole: identity type=service\nann -can-assume-> role`,
  ],
  ['data of the other tenant alone', 'AP-08', true, (graph) => changed(graph, 'tenants=north,south', 'tenants=south')],
  ['data of this tenant alone', 'AP-08', false, (graph) => changed(graph, 'tenants=north,south', 'tenants=north')],
  [
    'a model made of one that is one’s own',
    'AP-16',
    true,
    (graph) => `${changed(graph, 'shop -calls-> own', 'shop -calls-> small')}\nsmall: model\nsmall -derived-from-> own`,
  ],
  [
    'a public model of which one of one’s own was made',
    'AP-16',
    false,
    (graph) => `${changed(graph, 'shop -calls-> own', 'shop -calls-> base')}\nbase: model\nown -derived-from-> base`,
  ],
  [
    'a guardrail of the agent that only watches',
    'AP-17',
    true,
    (graph) =>
      `${changed(graph, ' guard=prompt-injection-io-handling/observe', '')}\nrail: guardrail\nshop -guarded-by-> rail guard=prompt-injection-io-handling/observe`,
  ],
  [
    'a control of the agent that is no guardrail',
    'AP-17',
    false,
    (graph) =>
      `${changed(graph, ' guard=prompt-injection-io-handling/observe', '')}\nrail: control\nshop -guarded-by-> rail guard=oversight/observe`,
  ],
]

for (const [title, rule, isFound, change] of MORE)
  test(`${rule}: ${title} is ${isFound ? '' : 'not '}found`, () => {
    assert.equal(pathsIn(change(FIXTURES[rule]?.graph ?? ''), rule).length, isFound ? 1 : 0)
  })

test('a file that a workload loads has within reach what the workload has', () => {
  const [path] = pathsIn(`${FIXTURES['AP-05']?.graph}\nother: data-store sensitivity=restricted`, 'AP-05')
  assert.equal(path?.blastRadius, 0.5)
})

test('rules name threats, and cuts name controls, that the catalogue has', () => {
  const { threats, controls } = loadBuiltIn()
  const [known, own] = [new Set(threats.map(({ id }) => id)), new Set(controls.map(({ id }) => id))]
  assert.deepEqual(
    PATH_RULES.flatMap((rule) => rule.threats).filter((id) => !known.has(id)),
    [],
  )
  assert.deepEqual(
    Object.values(CUTTERS)
      .flat()
      .filter((id) => !own.has(id)),
    [],
  )
})
