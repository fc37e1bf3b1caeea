// Providers by the other names that they go by: in the prefixes of model names, in settings, in the names of classes.

const TABLE = `
openai open_ai open-ai openai-api gpt chatgpt openai-chat openai-responses
azure-openai azure azure_openai azureopenai azure-open-ai azure_ad azureoai
azure-ai azure_ai azure-ai-foundry azureml azure-ai-inference azure_ai_inference azurefoundry
anthropic claude
google gemini ai-gemini google-ai-gemini google-genai google_genai googleai google-gla google-generative-ai google_ai google-ai googlegenai google_gemini google-gemini
google-vertex-ai vertex vertexai vertex_ai google_vertexai google-vertex vertex-ai google_vertex google-vertexai vertex_ai_beta google_anthropic_vertex vertex-ai-gemini vertexai-gemini vertex-ai-anthropic
aws-bedrock bedrock bedrock_converse amazon-bedrock aws_bedrock amazon_bedrock bedrock-converse
aws-sagemaker sagemaker sagemaker_endpoint
mistral mistralai mistral_ai mistral-ai
cohere cohere_chat
groq
ollama ollama_chat
xai x-ai grok
deepseek
perplexity pplx
together togetherai together_ai together-ai
fireworks fireworks_ai fireworks-ai fireworksai
huggingface hf hugging_face hugging-face huggingface_hub huggingface-hub
openrouter open-router open_router
replicate
cerebras
sambanova samba-nova
nvidia nvidia_nim nvidia-nim nim
ibm-watsonx watsonx ibm
databricks
cloudflare-workers-ai cloudflare workers-ai workersai
github-models github github_models
github-copilot copilot
vercel-ai-gateway vercel gateway ai-gateway ai_gateway
lm-studio lmstudio lm_studio
localai local-ai
runpod
ai21 ai21-labs
voyage voyageai voyage-ai
jina jinaai jina_ai jina-ai
alibaba dashscope qwen tongyi bailian
zhipu zhipuai zai bigmodel
moonshot moonshotai kimi
minimax
baidu qianfan wenxin ernie
volcengine doubao ark
deepinfra
novita
siliconflow
hyperbolic
nebius
anyscale
baseten
stability stabilityai stability-ai
elevenlabs eleven-labs
deepgram
assemblyai
tavily
exa
portkey
upstage
writer
reka
snowflake-cortex snowflake cortex
oci-generative-ai oci oci_genai
predibase
friendli friendliai
octoai octoml octo-ai octo_ai
doubleword
requesty
aleph-alpha aleph_alpha alephalpha
302ai
aimlapi aiml
arli-ai arliai
bytez
cartesia
chutes
cometapi
crusoe
deepbricks
edenai eden-ai
featherless featherless-ai
gladia
gmi-cloud gmi
hume
tencent hunyuan
iflytek xunfei spark-desk sparkdesk
inception inception-ai
inference-net
kluster kluster-ai klusterai
krutrim
lambda lambda-ai
langdock
lemonfox lemonfox-ai
lepton leptonai lepton-ai
mixedbread mixedbread-ai
modal
monsterapi monster-api
morph
nano-gpt nanogpt
ncompass
nextbit
nomic nomic-ai
nscale
ovhcloud ovh ovhai ovh-ai
parasail
pollinations
recraft recraft-ai
runway runwayml
sarvam sarvamai
segmind
speechmatics
stepfun
targon
tripo tripo3d
venice veniceai
baichuan
01-ai lingyi lingyiwanwu
fal fal-ai falai
ideogram
leonardo
luma lumalabs
black-forest-labs bfl
yandex yandexgpt
sber gigachat
`

const canonical = new Map<string, string>()
for (const row of TABLE.trim().split('\n')) {
  const [name = '', ...others] = row.split(' ')
  for (const word of [name, ...others]) canonical.set(word, name)
}

/** The provider that a word means, in any of its spellings. */
export const providerNamed = (word: string): string | undefined => canonical.get(word.toLowerCase())

/** In settings only: words that mean something else as well. */
export const AMBIGUOUS: ReadonlySet<string> = new Set([
  'azure',
  'github',
  'gateway',
  'ark',
  'ibm',
  'oci',
  'vercel',
  'cloudflare',
  'copilot',
  'snowflake',
  'cortex',
  'writer',
  'exa',
  'nim',
  'replicate',
  'gpt',
  'cohere_chat',
  'together',
  'fireworks',
  'reka',
  'ernie',
  'aiml',
  'cartesia',
  'crusoe',
  'chutes',
  'gmi',
  'hume',
  'inception',
  'lambda',
  'modal',
  'morph',
  'ovh',
  'runway',
  'targon',
  'tencent',
  'venice',
  'fal',
  'leonardo',
  'luma',
  'gladia',
  'lepton',
  'parasail',
])

/** How class names of frameworks begin: `ChatOpenAI`, `AzureOpenAIEmbeddings`, `BedrockModel`. The first that fits counts. */
const CLASSES: readonly [RegExp, string][] = [
  [
    /^(?:Async)?(?:Chat)?AzureOpenA[Ii]|^AzureChatOpenAI|^AzureOpenAi|^Azure(?:Text|Chat)(?:Completion|Embedding)/,
    'azure-openai',
  ],
  [/^(?:Chat)?AzureA[Ii](?!Search)/, 'azure-ai'],
  [/^(?:Async)?AnthropicBedrock|^ChatAnthropicBedrock|^(?:Chat|Amazon|Aws)?Bedrock(?!Agent(?:s)?$)/, 'aws-bedrock'],
  [/^(?:Async)?AnthropicVertex|^(?:Chat)?Vertex(?:AI|Ai)?|^ChatAnthropicVertex|^GoogleVertex/, 'google-vertex-ai'],
  [/^(?:Chat)?OpenAI(?:Like|Compatible)|^OpenAIServerModel|^VLLMOpenAI/, ''],
  [/^(?:Async)?(?:Chat)?Open[Aa][Ii](?!Functions|Tools?Agent|Multi|Moderation|Error|Stream(?!ing))/, 'openai'],
  [/^(?:Async)?(?:Chat)?Anthropic|^Claude(?=Model|Chat|$)/, 'anthropic'],
  [/^(?:Chat)?Google(?:Generative|Gen|AiGemini|AI|Gemini)|^Gemini/, 'google'],
  [/^(?:Async)?(?:Chat)?Cohere(?!n)/, 'cohere'],
  [/^(?:Async)?(?:Chat)?Mistral/, 'mistral'],
  [/^(?:Async)?(?:Chat)?Groq/, 'groq'],
  [/^(?:Async)?(?:Chat)?Ollama/, 'ollama'],
  [/^(?:Chat)?Together/, 'together'],
  [/^(?:Chat)?Fireworks/, 'fireworks'],
  [/^(?:Chat)?HuggingFace(?:Endpoint|Hub|Inference|API)|^InferenceClientModel|^HfApiModel/, 'huggingface'],
  [/^(?:Chat)?DeepSeek|^Deepseek/, 'deepseek'],
  [/^(?:Chat)?XAI|^xAI|^ChatXAI/, 'xai'],
  [/^(?:Chat)?Perplexity/, 'perplexity'],
  [/^(?:Chat)?NVIDIA|^Nvidia/, 'nvidia'],
  [/^(?:Chat)?Watsonx|^WatsonX/, 'ibm-watsonx'],
  [/^(?:Chat)?Databricks/, 'databricks'],
  [/^(?:Chat)?OpenRouter/, 'openrouter'],
  [/^(?:Chat)?Cerebras/, 'cerebras'],
  [/^(?:Chat)?SambaNova/, 'sambanova'],
  [/^Replicate/, 'replicate'],
  [/^Voyage/, 'voyage'],
  [/^Jina/, 'jina'],
  [/^Tavily/, 'tavily'],
  [/^Serp(?:API|Api)(?:$|Wrapper|Tool|Search|Query|Loader|WebSearch)/, 'serpapi'],
  [/^(?:Google)?Serper(?:Dev|API|Api|Search|Web|$)/, 'serper'],
  [/^(?:Chat)?Tongyi|^DashScope/, 'alibaba'],
  [/^(?:Chat)?Zhipu/, 'zhipu'],
  [/^Jina(?:AI|Ai|Embed|Encoder|Rerank|$)/, 'jina'],
  [/^Sagemaker|^SageMaker/, 'aws-sagemaker'],
]

/** The provider that a class of a framework reaches; empty where the class is made for any. */
export function providerOfClass(name: string): string | undefined {
  // Whoever counts the tokens of a model asks nobody.
  return /Tokenizer(?:Fast)?$/.test(name) ? undefined : CLASSES.find(([pattern]) => pattern.test(name))?.[1]
}

/** Environment variables that hold the key of a provider. */
const KEYS: readonly [RegExp, string][] = [
  [/^AZURE_OPENAI_|^AZURE_API_(?:BASE|VERSION)$/, 'azure-openai'],
  [
    /^AZURE_AI_(?:PROJECTS?|INFERENCE|FOUNDRY|AGENTS?|CHAT|EMBED\w*)_\w+$|^AZURE_AI_(?:ENDPOINT|API_KEY|KEY)$|^AZURE_(?:EXISTING_)?AIPROJECT_\w+$/,
    'azure-ai',
  ],
  [/^OPENAI_(?:API_KEY|KEY|TOKEN|SECRET_KEY)$/, 'openai'],
  [/^(?:ANTHROPIC|CLAUDE)_(?:API_KEY|AUTH_TOKEN|KEY)$/, 'anthropic'],
  [/^(?:GEMINI|GOOGLE_GENERATIVE_AI|GOOGLE_GENAI|GOOGLE_AI)_(?:API_KEY|KEY)$/, 'google'],
  [/^(?:CO|COHERE)_API_KEY$/, 'cohere'],
  [/^MISTRAL_API_KEY$/, 'mistral'],
  [/^GROQ_API_KEY$/, 'groq'],
  [/^(?:XAI|GROK)_API_KEY$/, 'xai'],
  [/^DEEPSEEK_API_KEY$/, 'deepseek'],
  [/^(?:PERPLEXITY|PERPLEXITYAI|PPLX)_API_KEY$/, 'perplexity'],
  [/^TOGETHER(?:_AI|AI)?_API_KEY$/, 'together'],
  [/^FIREWORKS_(?:AI_)?API_KEY$/, 'fireworks'],
  [
    /^(?:HF_TOKEN|HUGGINGFACE(?:HUB)?_(?:API_)?(?:KEY|TOKEN)|HUGGING_FACE_HUB_TOKEN|HF_API_KEY|HUGGINGFACEHUB_API_TOKEN)$/,
    'huggingface',
  ],
  [/^OPENROUTER_API_KEY$/, 'openrouter'],
  [/^REPLICATE_API_(?:TOKEN|KEY)$/, 'replicate'],
  [/^CEREBRAS_API_KEY$/, 'cerebras'],
  [/^SAMBANOVA_API_KEY$/, 'sambanova'],
  [/^NVIDIA_API_KEY$/, 'nvidia'],
  [/^VOYAGE_API_KEY$/, 'voyage'],
  [/^JINA_API_KEY$/, 'jina'],
  [/^(?:ELEVENLABS|ELEVEN|XI)_API_KEY$/, 'elevenlabs'],
  [/^DEEPGRAM_API_KEY$/, 'deepgram'],
  [/^ASSEMBLYAI_API_KEY$/, 'assemblyai'],
  [/^(?:STABILITY|STABILITY_AI)_(?:API_)?KEY$/, 'stability'],
  [/^TAVILY_API_KEY$/, 'tavily'],
  [/^EXA_API_KEY$/, 'exa'],
  [/^FIRECRAWL_API_KEY$/, 'firecrawl'],
  [/^SERPER_API_KEY$/, 'serper'],
  [/^SERP_?API_(?:API_)?KEY$/, 'serpapi'],
  [/^(?:DASHSCOPE|QWEN)_API_KEY$/, 'alibaba'],
  [/^(?:ZHIPUAI|ZHIPU|ZAI|BIGMODEL)_API_KEY$/, 'zhipu'],
  [/^MOONSHOT_API_KEY$/, 'moonshot'],
  [/^AI_GATEWAY_API_KEY$/, 'vercel-ai-gateway'],
  [/^RUNPOD_API_KEY$/, 'runpod'],
  [/^WATSONX_(?:API_?KEY)$/, 'ibm-watsonx'],
  [/^AI21_API_KEY$/, 'ai21'],
  [/^DEEPINFRA_(?:API_KEY|TOKEN)$/, 'deepinfra'],
  [/^LITELLM_(?:API|MASTER)_KEY$/, ''],
]

/** Of these, most keys open something else. */
const NOT_ONLY_AI = /^(?:GOOGLE|DATABRICKS|NVIDIA|BAIDU|ALIBABA|YANDEX|SBER)$/

export function providerOfKey(variable: string): string | undefined {
  const known = KEYS.find(([pattern]) => pattern.test(variable))
  if (known) return known[1]
  const [, name] = /^([A-Z0-9]+(?:_[A-Z0-9]+)??)_(?:API_|ACCESS_)?(?:KEY|TOKEN)$/.exec(variable) ?? []
  // A key for one kind of its models: `COHERE_RERANK_API_KEY`.
  const [, first] = /^([A-Z]+)_[A-Z]+_API_KEY$/.exec(variable) ?? []
  return keyedBy(name) ?? keyedBy(first)
}

const keyedBy = (name: string | undefined): string | undefined =>
  name === undefined || AMBIGUOUS.has(name.toLowerCase()) || NOT_ONLY_AI.test(name) ? undefined : providerNamed(name)

/** Services that AI systems are made of and that serve no model: stores, traces, search, tools, clouds. */
const SERVICES =
  /^(?:LANGSMITH|LANGCHAIN|LANGFUSE|SUPABASE|PINECONE|QDRANT|WEAVIATE|CHROMA|MILVUS|ZILLIZ|NEO4J|UPSTASH|MONGODB|ASTRA_DB|BRAVE|SERPAPI|SERP|GITHUB|GH|SLACK|NOTION|POLYGON|E2B|HELICONE|WANDB|PHOENIX|ARIZE|B?AWS|GOOGLE|AZURE|COMPOSIO|MEM0|ZEP|ALPHA_VANTAGE|OPENWEATHER|LLAMA_CLOUD|BROWSERBASE|BROWSER_USE|FIRECRAWL|MCP|LLM|AI|MODEL|EMBEDDINGS?|VECTOR|RERANK\w*)_/
/** What opens the shop, the mailbox or the session of users, and no part of the AI. */
const OF_THE_HOUSE =
  /^(?:\w+_)?(?:APP|SECRET|MAIL|SMTP|EMAIL|SENDGRID|MAILGUN|POSTMARK|RESEND|TWILIO|STRIPE|PAYPAL|PADDLE|DB|DATABASE|POSTGRES|PG\w*|MYSQL|REDIS|RABBITMQ|SESSION|COOKIE|CSRF|JWT|AUTH|NEXTAUTH|AUTH0|CLERK|OAUTH|LOGIN|ADMIN|USER|PUSHER|REVERB|ALGOLIA|SENTRY|DATADOG|POSTHOG|SEGMENT|RECAPTCHA|TURNSTILE|MAPS|VAPID|SSH|TLS|SSL|SIGNING|ENCRYPTION|RAILS_MASTER|BUNDLER?|NPM|PYPI|DOCKER|CODECOV|SONAR\w*|VERCEL|NETLIFY|CLOUDFLARE)(?:_[A-Z]+)*_(?:API_?KEY|KEY|TOKEN|SECRET|PASSWORD|CREDENTIALS)$/

/** Variables that hold what opens a part of an AI system, by the way they are named; others count beside AI alone. */
export function isCredential(variable: string, besideAi: boolean): boolean {
  if (providerOfKey(variable) !== undefined) return /(?:KEY|TOKEN|SECRET|CREDENTIALS|PASSWORD)$/.test(variable)
  if (/(?:^|_)(?:PASSWORD|CLIENT_SECRET)$/.test(variable)) return /^(?:AZURE_|NEO4J_)/.test(variable)
  if (SERVICES.test(variable)) return /(?:_KEY|_APIKEY|_TOKEN|_SECRET|_CREDENTIALS|_KEY_ID)$/.test(variable)
  return besideAi && /^[A-Z][A-Z0-9_]*(?:API_?KEY|ACCESS_KEY(?:_ID)?)$/.test(variable) && !OF_THE_HOUSE.test(variable)
}

const OF_AI =
  /openai|anthropic|claude|hugging|groq|gemini|cohere|mistral|replicate|perplexity|deepseek|\bxai\b|tavily|lang(?:smith|chain|fuse)|nvidia|together|fireworks|openrouter|elevenlabs|pinecone|stability|voyage/i

/** Which service of AI the words name, as they write it. */
export function serviceOfAiIn(words: string): string | undefined {
  return OF_AI.exec(words)?.[0]
}
