// `latest` is another program tomorrow.
import { OF_CHART } from '../knowledge/infrastructure.ts'
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
    for (const { name, file, line, attributes } of collector.said('serving')) {
      if (attributes['kind'] !== 'container' || attributes['version'] === OF_CHART) continue
      if (/@sha256:|:(?!latest$|main$|edge$|nightly$)[\w.-]+$/.test(name) || /\$|TEMPLATE/.test(name)) continue
      yield { file, line, subject: name }
    }
  },
  examples: {
    hit: [
      { 'docker-compose.yml': 'services:\n  llm:\n    image: vllm/vllm-openai:latest\n' },
      { Dockerfile: 'FROM ollama/ollama\n' },
    ],
    miss: [
      { 'values.yaml': 'image:\n  repository: ghcr.io/open-webui/open-webui\n  tag: ""\n' },
      { 'Chart.yaml': 'dependencies:\n  - name: ollama\n    repository: https://otwld.github.io/ollama-helm/\n' },
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
