// Which hosts belong to which provider. A host counts at a dot boundary only, and a host that serves other things too
// counts only under the paths that are named: fonts.googleapis.com is no model API, openai.com.evil.test is not OpenAI.
import { PAGES } from './pages.ts'

export interface HostRule {
  /** The host itself or anything below it. `*` stands for one label. */
  host: string
  provider: string
  /** Without it every path counts. */
  paths?: RegExp
  /** Made for people: a link to it in a source says nothing of what the program asks. */
  page?: boolean
}

const TABLE = `
api.openai.com openai
realtime.openai.com openai
*.openai.azure.com azure-openai
*.cognitiveservices.azure.com azure-ai
*.services.ai.azure.com azure-ai
*.inference.ai.azure.com azure-ai
*.models.ai.azure.com azure-ai
models.inference.ai.azure.com github-models
models.github.ai github-models
*.search.windows.net azure-ai-search
api.pinecone.io pinecone
*.svc.*.pinecone.io pinecone
*.cloud.qdrant.io qdrant
api.trychroma.com chroma
api.marqo.ai marqo
api.turbopuffer.com turbopuffer
*-vector.upstash.io upstash-vector
*.weaviate.cloud weaviate
*.weaviate.network weaviate
*.zillizcloud.com milvus
*.apps.astra.datastax.com astra-db
*.inference.ml.azure.com azure-ml
api.anthropic.com anthropic
generativelanguage.googleapis.com google
cloudcode-pa.googleapis.com google
cloudaicompanion.googleapis.com google
aiplatform.googleapis.com google-vertex-ai
*-aiplatform.googleapis.com google-vertex-ai
speech.googleapis.com google-cloud-ai
texttospeech.googleapis.com google-cloud-ai
vision.googleapis.com google-cloud-ai
documentai.googleapis.com google-cloud-ai
discoveryengine.googleapis.com google-vertex-ai
dialogflow.googleapis.com google-cloud-ai
bedrock-runtime.*.amazonaws.com aws-bedrock
bedrock.*.amazonaws.com aws-bedrock
bedrock-agent.*.amazonaws.com aws-bedrock
bedrock-agent-runtime.*.amazonaws.com aws-bedrock
bedrock-agentcore.*.amazonaws.com aws-bedrock
bedrock-runtime-fips.*.amazonaws.com aws-bedrock
runtime.sagemaker.*.amazonaws.com aws-sagemaker
api.sagemaker.*.amazonaws.com aws-sagemaker
comprehend.*.amazonaws.com aws-ai
textract.*.amazonaws.com aws-ai
rekognition.*.amazonaws.com aws-ai
transcribe.*.amazonaws.com aws-ai
polly.*.amazonaws.com aws-ai
q.*.amazonaws.com amazon-q
codewhisperer.*.amazonaws.com amazon-q
api.cohere.com cohere
api.cohere.ai cohere
production.api.cohere.ai cohere
api.mistral.ai mistral
codestral.mistral.ai mistral
api.groq.com groq
api.x.ai xai
api.deepseek.com deepseek
api.perplexity.ai perplexity
api.together.xyz together
api.together.ai together
api.fireworks.ai fireworks
api.cerebras.ai cerebras
api.sambanova.ai sambanova
api.replicate.com replicate
openrouter.ai openrouter
api-inference.huggingface.co huggingface
router.huggingface.co huggingface
*.endpoints.huggingface.cloud huggingface
*.hf.space huggingface
ai-gateway.vercel.sh vercel-ai-gateway
gateway.ai.cloudflare.com cloudflare-ai-gateway
api.portkey.ai portkey
oai.helicone.ai helicone
api.ai21.com ai21
api.aleph-alpha.com aleph-alpha
api.writer.com writer
api.reka.ai reka
api.voyageai.com voyage
api.jina.ai jina
r.jina.ai jina
s.jina.ai jina
api-atlas.nomic.ai nomic
api.mixedbread.com mixedbread
api.deepinfra.com deepinfra
api.novita.ai novita
api.hyperbolic.xyz hyperbolic
api.lepton.ai lepton
*.octoai.run octoai
api.doubleword.ai doubleword
router.requesty.ai requesty
api.baseten.co baseten
*.api.baseten.co baseten
api.anyscale.com anyscale
api.endpoints.anyscale.com anyscale
api.runpod.ai runpod
api.runpod.io runpod
*.proxy.runpod.net runpod
*.modal.run modal
api.lambda.ai lambda
api.lambdalabs.com lambda
api.studio.nebius.ai nebius
api.studio.nebius.com nebius
api.tokenfactory.nebius.com nebius
api.siliconflow.cn siliconflow
api.siliconflow.com siliconflow
integrate.api.nvidia.com nvidia
ai.api.nvidia.com nvidia
api.nvcf.nvidia.com nvidia
us-south.ml.cloud.ibm.com ibm-watsonx
*.ml.cloud.ibm.com ibm-watsonx
inference.generativeai.*.oci.oraclecloud.com oci-generative-ai
dashscope.aliyuncs.com alibaba
dashscope-intl.aliyuncs.com alibaba
open.bigmodel.cn zhipu
api.z.ai zhipu
api.moonshot.cn moonshot
api.moonshot.ai moonshot
api.minimax.chat minimax
api.minimax.io minimax
api.minimaxi.com minimax
api.baichuan-ai.com baichuan
api.lingyiwanwu.com 01-ai
api.stepfun.com stepfun
aip.baidubce.com baidu
qianfan.baidubce.com baidu
ark.cn-beijing.volces.com volcengine
hunyuan.tencentcloudapi.com tencent
spark-api.xf-yun.com iflytek
spark-api-open.xf-yun.com iflytek
gigachat.devices.sberbank.ru sber
llm.api.cloud.yandex.net yandex
api.upstage.ai upstage
api.twelvelabs.io twelvelabs
api.elevenlabs.io elevenlabs
api.deepgram.com deepgram
api.assemblyai.com assemblyai
api.cartesia.ai cartesia
api.play.ht playht
api.stability.ai stability
api.runwayml.com runway
api.dev.runwayml.com runway
api.lumalabs.ai luma
api.ideogram.ai ideogram
api.bfl.ai black-forest-labs
api.bfl.ml black-forest-labs
api.leonardo.ai leonardo
fal.run fal
queue.fal.run fal
api.tavily.com tavily
api.exa.ai exa
api.firecrawl.dev firecrawl
google.serper.dev serper
serpapi.com serpapi
api.you.com you
githubcopilot.com github-copilot
copilot-proxy.githubusercontent.com github-copilot
cursor.sh cursor
codeium.com codeium
api.tabnine.com tabnine
cody-gateway.sourcegraph.com sourcegraph-cody
*.api.augmentcode.com augment
api.jetbrains.ai jetbrains-ai
llm.zed.dev zed
api.v0.dev v0
api.devin.ai devin
api.codeium.com codeium
api.predibase.com predibase
serving.app.predibase.com predibase
api.featherless.ai featherless
api.inference.net inference-net
api.targon.com targon
api.venice.ai venice
api.chutes.ai chutes
llm.chutes.ai chutes
api.llama.com meta
api.morphllm.com morph
api.inceptionlabs.ai inception
api.302.ai 302ai
api.aimlapi.com aimlapi
api.arliai.com arli-ai
api.bytez.com bytez
api.cometapi.com cometapi
api.inference.crusoecloud.com crusoe
api.edenai.run edenai
api.gladia.io gladia
api.gmi-serving.com gmi-cloud
api.hume.ai hume
api.kluster.ai kluster
cloud.olakrutrim.com krutrim
api.langdock.com langdock
api.lemonfox.ai lemonfox
api.monsterapi.ai monsterapi
llm.monsterapi.ai monsterapi
nano-gpt.com nano-gpt
api.ncompass.tech ncompass
inference.api.nscale.com nscale
*.endpoints.kepler.ai.cloud.ovh.net ovhcloud
api.parasail.io parasail
text.pollinations.ai pollinations
external.api.recraft.ai recraft
api.sarvam.ai sarvam
api.segmind.com segmind
asr.api.speechmatics.com speechmatics
api.tripo3d.ai tripo
api.hunyuan.cloud.tencent.com tencent
api.friendli.ai friendli
api.kimi.com moonshot
api.langchain.com langsmith
api.cloud.llamaindex.ai llama-cloud
`

const SHARED: readonly HostRule[] = [
  { host: 'api.cloudflare.com', provider: 'cloudflare-workers-ai', paths: /\/ai\/(?:run|v1)/ },
  { host: '*.databricks.com', provider: 'databricks', paths: /\/serving-endpoints/ },
  { host: '*.azuredatabricks.net', provider: 'databricks', paths: /\/serving-endpoints/ },
  { host: '*.snowflakecomputing.com', provider: 'snowflake-cortex', paths: /\/cortex\// },
  { host: 'us-central1-aiplatform.googleapis.com', provider: 'google-vertex-ai' },
  { host: 'www.googleapis.com', provider: 'google-vertex-ai', paths: /\/auth\/generative-language/ },
  { host: 'sourcegraph.com', provider: 'sourcegraph-cody', paths: /\/\.api\/(?:completions|cody|llm)/ },
  { host: 'huggingface.co', provider: 'huggingface', paths: /^\/chat(?:\/|$)/, page: true },
  { host: 'bing.com', provider: 'microsoft-copilot', paths: /^\/(?:chat|copilot|turing)(?:\/|$)/, page: true },
  { host: 'duckduckgo.com', provider: 'duck-ai', paths: /^\/duckchat\//, page: true },
  { host: 'github.com', provider: 'github-copilot', paths: /^\/copilot(?:\/|$)/, page: true },
]

export const HOSTS: readonly HostRule[] = [
  ...TABLE.trim()
    .split('\n')
    .map((row) => {
      const [host = '', provider = ''] = row.split(' ')
      return { host, provider }
    }),
  ...PAGES,
  ...SHARED,
]

const byTail = Map.groupBy(HOSTS, ({ host }) => host.split('.').slice(-2).join('.'))

/** Which provider answers there, and which rule says so. Works with a host alone, as logs have it. */
export function providerOfHost(host: string, path?: string): HostRule | undefined {
  const labels = host.toLowerCase().replace(/\.$/, '').split('.')
  const rules = byTail.get(labels.slice(-2).join('.')) ?? []
  return rules
    .filter(
      (rule) => matches(rule.host.split('.'), labels) && (!rule.paths || (path !== undefined && rule.paths.test(path))),
    )
    .toSorted((a, b) => b.host.length - a.host.length)[0]
}

function matches(rule: readonly string[], labels: readonly string[]): boolean {
  if (labels.length < rule.length) return false
  const tail = labels.slice(labels.length - rule.length)
  return rule.every((want, at) => {
    const label = tail[at] ?? ''
    if (want === '*') return label !== ''
    return want.startsWith('*') ? label.endsWith(want.slice(1)) && label.length > want.length - 1 : want === label
  })
}

/** Ports on which the well-known servers of models listen, for addresses of this machine or of a container. */
export const LOCAL_PORTS: ReadonlyMap<number, string> = new Map([
  [11434, 'ollama'],
  [1234, 'lm-studio'],
])
