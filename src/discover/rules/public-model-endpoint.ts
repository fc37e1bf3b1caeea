// Model servers come without a door: whoever reaches the port may use, and often replace, the models.
import { FIELDED, metIn } from '../find/visit.ts'
import { type Expr, field, lastName, pathOf, textField } from '../syntax/expr.ts'
import { defineRule } from './define.ts'
import { hit, isFalse, isTrue, textsOf } from './look.ts'

const SERVERS =
  /ollama|vllm|sglang|text-generation-inference|text-embeddings-inference|llama\.cpp|localai|tritonserver|torchserve|tensorflow\/serving|qdrant|chroma|weaviate|milvus/i

/** A Service of Kubernetes that gives a model server an address outside of the cluster. */
function openedByService(expr: Expr): { name: string; severity: 'high' | 'medium' } | undefined {
  const type = textField(expr, 'kind') === 'Service' ? textField(field(expr, 'spec'), 'type') : undefined
  if (type !== 'LoadBalancer' && type !== 'NodePort') return undefined
  const metadata = field(expr, 'metadata')
  const annotations = field(metadata, 'annotations')
  const inside =
    annotations?.kind === 'map' &&
    annotations.entries.some(([key, value]) => /internal/i.test(textsOf(key).concat(textsOf(value)).join(' ')))
  const selector = field(field(expr, 'spec'), 'selector')
  const chosen = selector?.kind === 'map' ? selector.entries.flatMap(([, value]) => textsOf(value)) : []
  const name = textField(metadata, 'name') ?? ''
  if (inside || !SERVERS.test([name, ...chosen].join(' '))) return undefined
  return { name: `${name} as ${type}`, severity: type === 'LoadBalancer' ? 'high' : 'medium' }
}

/** Keys of the environment, or words of the command, by which a server learns who asks. */
function asksWho(service: Expr): boolean {
  const environment = field(service, 'environment', 'env')
  const said =
    environment?.kind === 'map'
      ? environment.entries.map(
          ([key, value]) =>
            `${textsOf(key).join('')}=${value.kind === 'constant' ? String(value.value) : textsOf(value).join('')}`,
        )
      : textsOf(environment)
  return (
    said.some(
      (one) =>
        /(?:API_?KEYS?|AUTH\w*|TOKEN|PASSWORD|CREDENTIALS)(?:_ENABLED|_ALLOWED_KEYS)?=(?!(?:false|0|no)?$)/i.test(
          one,
        ) && !/ANONYMOUS|HF_TOKEN|HUGGING/i.test(one),
    ) ||
    textsOf(field(service, 'command'))
      .concat(textsOf(field(service, 'args')))
      .some((word) => /--api-key/.test(word))
  )
}

/** Of Azure: from everywhere with a key, or with an identity alone; or with rules about networks, which is not everywhere. */
function openedOnAzure(account: Expr): 'medium' | 'low' | undefined {
  const rules = field(account, 'networkAcls', 'network_acls')
  if (rules && !textsOf(field(rules, 'defaultAction', 'default_action')).includes('Allow')) return undefined
  const local = field(account, 'disableLocalAuth')
  return isTrue(local) || isFalse(field(account, 'local_auth_enabled')) ? 'low' : 'medium'
}

export const publicModelEndpoint = defineRule({
  id: 'public-model-endpoint',
  title: 'A model server or an AI service can be reached from everywhere',
  severity: 'high',
  confidence: 0.7,
  threats: ['direct-runtime-model-leak', 'denial-of-wallet', 'ai-resource-exhaustion'],
  controls: ['model-access-control', 'rate-limit'],
  remedy: 'bind to a private address, and put a gateway that asks for a credential in front',
  everywhere: true,
  *checkUnit(unit) {
    for (const { expr, keys } of metIn(unit, FIELDED)) {
      if (expr.kind === 'call') {
        const resource = expr.args[0]?.kind === 'text' ? expr.args[0].value : ''
        if (lastName(expr.callee) === 'launch' && isTrue(field(expr, 'share')))
          yield hit(unit, expr.line, `${pathOf(expr.callee)}(share)`)
        if (
          /^azurerm_(?:cognitive_account|search_service|machine_learning_workspace)$/.test(resource) &&
          isTrue(field(expr, 'public_network_access_enabled')) &&
          openedOnAzure(expr)
        )
          yield hit(unit, expr.line, resource, { severity: openedOnAzure(expr) })
        if (
          /^Microsoft\.(?:CognitiveServices\/accounts|Search\/searchServices|MachineLearningServices\/workspaces)$/.test(
            resource,
          ) &&
          textsOf(field(field(expr, 'properties'), 'publicNetworkAccess')).some((text) => /^enabled$/i.test(text)) &&
          openedOnAzure(field(expr, 'properties') ?? expr)
        )
          yield hit(unit, expr.line, resource, { severity: openedOnAzure(field(expr, 'properties') ?? expr) })
        if (
          resource === 'aws_sagemaker_notebook_instance' &&
          textsOf(field(expr, 'direct_internet_access')).includes('Enabled')
        )
          yield hit(unit, expr.line, resource, { severity: 'low' })
        if (/^google_(?:workbench_instance|notebooks_instance)$/.test(resource) && isFalse(field(expr, 'no_public_ip')))
          yield hit(unit, expr.line, resource)
      }
      if (expr.kind !== 'map') continue
      const opened = openedByService(expr)
      if (opened) yield hit(unit, expr.line, opened.name, { severity: opened.severity })
      const image = field(expr, 'image')
      // A service of a pipeline is reached by its job alone.
      if (image?.kind === 'text' && SERVERS.test(image.value) && !keys.includes('jobs') && !asksWho(expr)) {
        // A published port listens on all addresses unless one is named.
        const open = textsOf(field(expr, 'ports')).filter(
          (port) => /^(?:0\.0\.0\.0:)?[\d${}:A-Z_-]+:\d+$/.test(port) && !/^(?:127\.0\.0\.1|localhost):/.test(port),
        )
        if (open.length > 0) yield hit(unit, image.line, `${image.value} on ${open.join(', ')}`, { severity: 'medium' })
      }
      const host = field(expr, 'OLLAMA_HOST')
      if (host?.kind === 'text' && /^(?:https?:\/\/)?0\.0\.0\.0/.test(host.value) && !keys.includes('healthcheck'))
        yield hit(unit, host.line, 'OLLAMA_HOST', { severity: 'medium', confidence: 0.5 })
    }
  },
  examples: {
    hit: [
      {
        'service.yaml':
          'apiVersion: v1\nkind: Service\nmetadata:\n  name: chat\nspec:\n  type: LoadBalancer\n  selector:\n    app: vllm\n',
      },
      { 'docker-compose.yml': 'services:\n  llm:\n    image: ollama/ollama:0.9.0\n    ports: ["11434:11434"]\n' },
      { 'app.py': 'import gradio as gr\nfrom transformers import pipeline\ngr.Interface(f).launch(share=True)\n' },
      {
        'a.tf':
          'resource "azurerm_cognitive_account" "a" {\n  kind = "OpenAI"\n  public_network_access_enabled = true\n}\n',
      },
      {
        'a.bicep':
          "resource a 'Microsoft.CognitiveServices/accounts@2023-05-01' = {\n  name: 'a'\n  kind: 'OpenAI'\n  properties: {\n    publicNetworkAccess: 'Enabled'\n  }\n}\n",
      },
    ],
    miss: [
      {
        'docker-compose.yml':
          'services:\n  store:\n    image: semitechnologies/weaviate:1.33.0\n    ports: ["8080:8080"]\n    environment:\n      AUTHENTICATION_APIKEY_ENABLED: "true"\n      AUTHENTICATION_ANONYMOUS_ACCESS_ENABLED: "false"\n',
      },
      {
        'a.bicep':
          "resource a 'Microsoft.CognitiveServices/accounts@2023-05-01' = {\n  name: 'a'\n  kind: 'OpenAI'\n  properties: {\n    publicNetworkAccess: 'Enabled'\n    networkAcls: { defaultAction: 'Deny' }\n  }\n}\n",
      },
      {
        'service.yaml':
          'apiVersion: v1\nkind: Service\nmetadata:\n  name: vllm\n  annotations:\n    networking.gke.io/load-balancer-type: Internal\nspec:\n  type: LoadBalancer\n  selector:\n    app: vllm\n',
      },
      {
        'a.bicep':
          "resource a 'Microsoft.CognitiveServices/accounts@2023-05-01' = {\n  name: 'a'\n  kind: 'OpenAI'\n  properties: { publicNetworkAccess: 'Disabled' }\n}\n",
      },
      {
        '.github/workflows/a.yml':
          'jobs:\n  test:\n    services:\n      ollama:\n        image: ollama/ollama:0.9.0\n        ports: ["11434:11434"]\n',
      },
      {
        'docker-compose.yml':
          'services:\n  llm:\n    image: ollama/ollama:0.9.0\n    ports: ["127.0.0.1:11434:11434"]\n  web:\n    image: nginx:1\n    ports: ["80:80"]\n',
      },
    ],
  },
})
