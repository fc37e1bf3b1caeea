// `latest` is another program tomorrow.
import { defineRule } from './define.ts'

export const unpinnedImage = defineRule({
  id: 'unpinned-image',
  title: 'A model server or a vector store runs from an image without a fixed version',
  severity: 'low',
  confidence: 0.9,
  threats: ['generic-development-and-supply-chain-threats'],
  controls: ['supply-chain-manage'],
  remedy: 'name the version, best by its digest (`image@sha256:…`)',
  *check({ collector }) {
    for (const { name, evidence } of collector.of('serving')) {
      if (/@sha256:|:(?!latest$|main$|edge$|nightly$)[\w.-]+$/.test(name) || /\$|TEMPLATE/.test(name)) continue
      for (const { file, line } of evidence) yield { file, line, subject: name }
    }
  },
  examples: {
    hit: [
      { 'docker-compose.yml': 'services:\n  llm:\n    image: vllm/vllm-openai:latest\n' },
      { Dockerfile: 'FROM ollama/ollama\n' },
    ],
    miss: [
      { 'plugin.json': '{"name": "desk", "repository": "https://github.com/acme/desk-mcp-server", "mcpServers": {}}' },
      {
        '.github/workflows/a.yml':
          'jobs:\n  d:\n    steps:\n      - uses: actions/checkout@v4\n        with:\n          repository: acme/desk-mcp-server-remote\n',
      },
      {
        'docker-compose.yml':
          'services:\n  llm:\n    image: vllm/vllm-openai:v0.9.1\n  web:\n    image: nginx:latest\n',
      },
    ],
  },
})
