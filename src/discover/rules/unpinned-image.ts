// `latest` is another program tomorrow.
import { OF_CHART } from '../knowledge/infrastructure.ts'
import { defineRule } from './define.ts'

/** `latest-gpu`, `main` and `stable` move; what says a number stays, more or less. */
const isVersion = (image: string): boolean => {
  const [, tag] = /:([\w.-]+)$/.exec(image) ?? []
  return (
    tag !== undefined &&
    /\d/.test(tag) &&
    !/(?:^|[-_.])(?:latest|main|master|edge|nightly|dev|stable)(?:$|[-_.])/.test(tag)
  )
}

export const unpinnedImage = defineRule({
  id: 'unpinned-image',
  title: 'A model server, vector store or MCP server runs from an image without a fixed version',
  severity: 'low',
  confidence: 0.9,
  threats: ['generic-development-and-supply-chain-threats'],
  controls: ['supply-chain-manage'],
  remedy: 'name the version, best by its digest (`image@sha256:…`)',
  *check({ collector }) {
    for (const { name, file, line, attributes } of collector.said('serving')) {
      if (attributes['kind'] !== 'container' || attributes['version'] === OF_CHART) continue
      if (/@sha256:/.test(name) || isVersion(name) || /\$|TEMPLATE/.test(name)) continue
      yield { file, line, subject: name }
    }
  },
  examples: {
    hit: [
      { 'docker-compose.yml': 'services:\n  llm:\n    image: vllm/vllm-openai:latest\n' },
      { Dockerfile: 'FROM ollama/ollama\n' },
      { 'docker-compose.yml': 'services:\n  llm:\n    image: localai/localai:latest-aio-cpu\n' },
      { 'docker-compose.yml': 'services:\n  llm:\n    image: ghcr.io/berriai/litellm:main-latest\n' },
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
