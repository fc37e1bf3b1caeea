// AI in the files of clouds, databases and pipelines, in every format that they are written in.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { DiscoveredKind } from '../model/discovered.ts'
import { readBicep } from './read/bicep.ts'
import { readSql } from './read/sql.ts'
import { evidenceOf } from './testing.ts'

type Parts = Partial<Record<DiscoveredKind, string[]>>

async function partsOf(tree: Record<string, string>): Promise<Parts> {
  const { collector } = await evidenceOf(tree)
  const kinds = ['models', 'providers', 'cloudAi', 'vectorStores', 'serving', 'agents', 'agentInstructions'] as const
  const held = kinds.map((kind) => [kind, collector.of(kind).map(({ name }) => name)] as const)
  return Object.fromEntries(held.filter(([, names]) => names.length > 0))
}

const INSTRUCTIONS =
  'CLAUDE.md AGENTS.md AGENT.md GEMINI.md QWEN.md src/CLAUDE.md replit.md .rules .cursorrules .cursor/rules/a.mdc .windsurfrules .clinerules .roorules .goosehints .github/copilot-instructions.md .github/instructions/a.instructions.md .junie/guidelines.md .amazonq/rules/a.md .kiro/steering/a.md .idx/airules.md .augment-guidelines .trae/rules/a.md .openhands/microagents/repo.md'.split(
    ' ',
  )

const rows: [title: string, tree: Record<string, string>, expected: Parts][] = [
  [
    'a hub of Foundry is a workspace that trains nothing',
    {
      'hub.bicep': `param kind string = 'Hub'
resource hub 'Microsoft.MachineLearningServices/workspaces@2024-01-01-preview' = { name: name, kind: kind, properties: {} }
`,
    },
    { providers: ['azure-ai'], cloudAi: ['Microsoft.MachineLearningServices/workspaces'] },
  ],
  [
    'Bicep: parameters, resources in loops and behind conditions',
    {
      'main.bicep': `param chatModel string = 'gpt-4o-mini'
@description('not gpt-3.5-turbo')
param embed string = 'text-embedding-3-large' // default
/* resource old 'Microsoft.MachineLearningServices/workspaces@2023-01-01' = {} */
resource account 'Microsoft.CognitiveServices/accounts@2023-05-01' = {
  name: 'oai-\${suffix}'
  kind: 'OpenAI'
  properties: { publicNetworkAccess: 'Disabled', restore: false }
}
resource d 'Microsoft.CognitiveServices/accounts/deployments@2023-05-01' = [for x in xs: {
  parent: account
  properties: {
    model: {
      format: 'OpenAI'
      name: 'gpt-4o'
    }
  }
}]
resource s 'Microsoft.Search/searchServices@2023-11-01' = if (useSearch && true) {
  name: 's'
}
`,
    },
    {
      models: ['gpt-4o-mini', 'text-embedding-3-large', 'gpt-4o'],
      providers: ['azure-openai'],
      cloudAi: ['Microsoft.CognitiveServices/accounts', 'Microsoft.CognitiveServices/accounts/deployments'],
      vectorStores: ['azure-ai-search'],
    },
  ],
  [
    'Azure Resource Manager, and parameters with what is taken when nothing is set',
    {
      'azuredeploy.json':
        '{"resources":[{"type":"Microsoft.CognitiveServices/accounts/deployments","name":"gpt","properties":{"model":{"format":"OpenAI","name":"gpt-4o"}}}]}',
      'main.parameters.json': '{"parameters":{"chatModelName":{"value":"${AZURE_OPENAI_CHAT_MODEL=gpt-5.4}"}}}',
    },
    {
      models: ['gpt-4o', 'gpt-5.4'],
      providers: ['azure-openai'],
      cloudAi: ['Microsoft.CognitiveServices/accounts/deployments'],
    },
  ],
  [
    'CloudFormation with short tags',
    {
      'template.yaml':
        "Resources:\n  Helper:\n    Type: AWS::Bedrock::Agent\n    Properties:\n      AgentName: !Sub '${AWS::StackName}-x'\n      FoundationModel: anthropic.claude-3-haiku-20240307-v1:0\n      AgentResourceRoleArn: !GetAtt Role.Arn\n      Instruction: !Join ['', ['You', 'help']]\n",
    },
    {
      models: ['anthropic.claude-3-haiku-20240307-v1:0'],
      providers: ['aws-bedrock'],
      cloudAi: ['AWS::Bedrock::Agent'],
      agents: ['Helper'],
    },
  ],
  [
    'templates of Helm',
    {
      'templates/deployment.yaml':
        '{{- if .Values.on }}\nkind: Deployment\nmetadata:\n  name: {{ include "x.name" . }}\n  labels:\n    {{- include "x.labels" . | nindent 4 }}\nspec:\n  containers:\n    - name: vllm\n      image: vllm/vllm-openai:v0.6.0\n      args: ["--model", "meta-llama/Llama-3.1-8B-Instruct"]\n      {{- with .Values.r }}\n      resources:\n        {{- toYaml . | nindent 8 }}\n      {{- end }}\n{{- end }}\n',
    },
    { models: ['meta-llama/Llama-3.1-8B-Instruct'], serving: ['vllm/vllm-openai:v0.6.0'] },
  ],
  [
    'SQL: extensions, and functions that ask a model',
    {
      'init.sql':
        "-- CREATE EXTENSION vectorscale; SELECT ai.cohere_embed('embed-english-v3.0', x);\nCREATE EXTENSION IF NOT EXISTS vector;\nSELECT ai.openai_embed('text-embedding-3-small', body) FROM d;\nSELECT SNOWFLAKE.CORTEX.COMPLETE('llama3-70b', 'x');\n",
    },
    {
      models: ['text-embedding-3-small', 'llama3-70b'],
      providers: ['openai', 'snowflake-cortex'],
      vectorStores: ['pgvector'],
    },
  ],
  [
    'SQL in a text of a program',
    { 'migrate.py': "import psycopg\nconn.execute('CREATE EXTENSION IF NOT EXISTS vector')\n" },
    { vectorStores: ['pgvector'] },
  ],
  ['SQL without AI', { 'a.sql': "CREATE EXTENSION IF NOT EXISTS hstore; SELECT complete('gpt-4') FROM t;\n" }, {}],
  [
    'actions that ask a model',
    {
      '.github/workflows/a.yml':
        'jobs:\n  a:\n    steps:\n      - uses: openai/codex-action@v1\n        with:\n          model: gpt-5-codex\n',
    },
    { models: ['gpt-5-codex'], providers: ['openai'] },
  ],
  [
    'texts that agents of developers obey',
    Object.fromEntries(INSTRUCTIONS.map((file) => [file, 'Be kind.'])),
    { agentInstructions: INSTRUCTIONS },
  ],
]

for (const [title, tree, expected] of rows) {
  test(title, async () => assert.deepEqual(await partsOf(tree), expected))
}

test('Bicep and SQL of any shape come to an end', () => {
  const hostile = ['{'.repeat(50_000), "resource a 'b@1' = [".repeat(5_000), "'''", 'resource', '(['.repeat(9_000)]
  for (const text of hostile) {
    assert.ok(Array.isArray(readBicep(text)))
    assert.ok(readSql(`${text} ai_query(`.repeat(3)).length > 0)
  }
})
