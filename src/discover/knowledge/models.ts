// How the names of models look, vendor by vendor. Invariant: a pattern takes a whole name, never a part of a text, so
// that prose, file names and package names are not taken for models.

export const ROLES = [
  'chat',
  'embedding',
  'rerank',
  'image',
  'speech',
  'transcription',
  'moderation',
  'video',
  'vision',
  'completion',
] as const
export type Role = (typeof ROLES)[number]

export interface Family {
  /** Who made it. */
  vendor: string
  /** The provider that is meant where nothing else says who serves it; absent for open weights. */
  provider?: string
  role: Role
  /** Of a whole name in lower case. */
  pattern: RegExp
  /** Names that the pattern takes, and names close to them that it must leave. */
  hits: readonly string[]
  misses: readonly string[]
}

/** What may follow a version: a date, a size, a variant. */
const TAIL = String.raw`(?:[-:@][a-z0-9][a-z0-9._]*)*`
const family = (
  [vendor, provider]: [string, string?],
  role: Role,
  pattern: string,
  hits: readonly string[],
  misses: readonly string[] = [],
): Family => ({
  vendor,
  ...(provider === undefined ? {} : { provider }),
  role,
  pattern: new RegExp(`^(?:${pattern})$`),
  hits,
  misses,
})

const OPENAI: [string, string] = ['openai', 'openai']
const AMAZON: [string, string] = ['amazon', 'aws-bedrock']
const WORD = String.raw`[a-z0-9][a-z0-9._]*`

export const FAMILIES: readonly Family[] = [
  family(
    OPENAI,
    'chat',
    String.raw`(?:ft:)?(?:chat)?gpt-?(?:3\.5|35|4|4\.\d|4o|5|5\.\d|6)(?:-(?:turbo|mini|nano|pro|max|codex|chat|latest|preview|vision|32k|16k|instruct|search|audio|realtime|transcribe|tts|image|diarize|high|medium|low|all|custom|deployment|\d+k?))*(?::[\w:.-]+)?`,
    [
      'gpt-4o',
      'gpt-4o-mini',
      'gpt-3.5-turbo-16k',
      'gpt-35-turbo',
      'gpt-4-1106-preview',
      'gpt-5-codex',
      'gpt-5.2',
      'chatgpt-4o-latest',
      'gpt-4o-2024-08-06',
      'ft:gpt-4o-mini:acme::abc',
      'gpt4o',
    ],
    ['gpt', 'gpt-tokenizer', 'gpt-4-model', 'gpt-index', 'gpt4all', 'gpt-5-is-here'],
  ),
  family(
    OPENAI,
    'chat',
    String.raw`gpt-oss(?:-|:)\d+b${TAIL}|gpt-oss`,
    ['gpt-oss-120b', 'gpt-oss:20b'],
    ['gpt-oss-tools'],
  ),
  family(
    OPENAI,
    'image',
    String.raw`gpt-image-\d(?:\.\d)?(?:-mini)?|dall-e-[23]|chatgpt-image-latest`,
    ['gpt-image-1', 'dall-e-3'],
    ['dall-e', 'gpt-image'],
  ),
  family(
    OPENAI,
    'chat',
    String.raw`gpt-(?:realtime|audio)(?:-(?:mini|\d+))*`,
    ['gpt-realtime', 'gpt-audio-mini'],
    ['gpt-real'],
  ),
  family(
    OPENAI,
    'chat',
    String.raw`o[134](?:-(?:mini|pro|preview|high|deep-research|\d{4}-\d\d-\d\d))*`,
    ['o1', 'o3-mini', 'o4-mini-2025-04-16', 'o1-preview'],
    ['o2', 'o1-foo', 'o5', 'o1js'],
  ),
  family(
    OPENAI,
    'embedding',
    String.raw`text-embedding-(?:ada-002|3-small|3-large)|text-(?:similarity|search)-(?:ada|babbage|curie|davinci)(?:-doc|-query)?-001`,
    ['text-embedding-3-small', 'text-embedding-ada-002'],
    ['text-embedding', 'text-embeddings'],
  ),
  family(
    OPENAI,
    'completion',
    String.raw`(?:text|code)-(?:davinci|curie|babbage|ada)-\d{3}|davinci-002|babbage-002|code-davinci-edit-001|computer-use-preview(?:-[\d-]+)?|codex-mini-latest`,
    ['text-davinci-003', 'davinci-002', 'computer-use-preview'],
    ['davinci', 'text-davinci'],
  ),
  family(OPENAI, 'transcription', String.raw`whisper-1`, ['whisper-1'], ['whisper', 'whisper-2']),
  family(OPENAI, 'speech', String.raw`tts-1(?:-hd)?(?:-\d+)?`, ['tts-1', 'tts-1-hd'], ['tts', 'tts-2']),
  family(
    OPENAI,
    'moderation',
    String.raw`(?:omni|text)-moderation-(?:latest|stable|007|[\d-]+)`,
    ['omni-moderation-latest'],
    ['text-moderation'],
  ),
  family(OPENAI, 'video', String.raw`sora-2(?:-pro)?`, ['sora-2'], ['sora']),
  family(
    ['anthropic', 'anthropic'],
    'chat',
    String.raw`claude-(?:(?:v?\d+|instant|opus|sonnet|haiku|mythos|fable)(?:[-.@:](?:v?\d+k?|opus|sonnet|haiku|instant|latest|thinking|preview|fast|beta))*)`,
    [
      'claude-sonnet-4-20250514',
      'claude-3-5-sonnet-latest',
      'claude-3.7-sonnet-thinking',
      'claude-haiku-4.5',
      'claude-2.1',
      'claude-instant-1.2',
      'claude-3-5-sonnet-v2@20241022',
      'claude-opus-4@20250508',
      'claude-v2',
    ],
    ['claude', 'claude-code', 'claude-desktop', 'claude-code-action', 'claude-sonnet-tools'],
  ),
  family(
    ['anthropic', 'aws-bedrock'],
    'chat',
    String.raw`(?:(?:us|eu|apac|au|jp|global|us-gov)\.)?anthropic\.claude-[a-z0-9.-]+(?::\d+)?(?::\d+k)?`,
    ['anthropic.claude-v2', 'us.anthropic.claude-sonnet-4-20250514-v1:0', 'anthropic.claude-3-5-sonnet-20241022-v2:0'],
    ['anthropic.client', 'com.anthropic.claude-v2'],
  ),
  family(
    AMAZON,
    'chat',
    String.raw`(?:(?:us|eu|apac|global)\.)?amazon\.(?:nova-(?:micro|lite|pro|premier|sonic|2)|titan-(?:text|tg1))-[a-z0-9.-]+(?::\d+)?(?::\d+k)?|nova-(?:micro|lite|pro|premier|sonic)-v\d(?::\d)?`,
    ['amazon.titan-text-express-v1', 'us.amazon.nova-pro-v1:0'],
    ['amazon.nova', 'amazon.titan'],
  ),
  family(
    AMAZON,
    'embedding',
    String.raw`amazon\.(?:titan-embed|nova-2-multimodal-embeddings|titan-e1t)[a-z0-9.-]*(?::\d+)?(?::\d+k)?`,
    ['amazon.titan-embed-text-v2:0', 'amazon.titan-embed-image-v1'],
    ['amazon.titan'],
  ),
  family(
    AMAZON,
    'image',
    String.raw`amazon\.(?:titan-image-generator|nova-canvas|nova-reel)-v\d(?::\d)?`,
    ['amazon.titan-image-generator-v1'],
    ['amazon.nova-canvas'],
  ),
  family(AMAZON, 'rerank', String.raw`amazon\.rerank-v\d(?::\d)?`, ['amazon.rerank-v1:0'], ['amazon.rerank']),
  family(
    ['various', 'aws-bedrock'],
    'chat',
    String.raw`(?:(?:us|eu|apac|global)\.)?(?:meta\.llama|mistral\.(?:mistral|mixtral|pixtral|ministral|magistral|voxtral)|cohere\.command|ai21\.(?:jamba|j2)|deepseek\.(?:r1|v3)|openai\.gpt-oss|qwen\.qwen|writer\.palmyra|twelvelabs\.|moonshot\.kimi|minimax\.minimax|google\.gemma|nvidia\.nemotron)[a-z0-9.-]*(?::\d+)?`,
    ['meta.llama3-70b-instruct-v1:0', 'cohere.command-r-v1:0', 'mistral.mistral-large-2402-v1:0', 'deepseek.r1-v1:0'],
    ['cohere.message', 'mistral.client', 'cohere.chatmessage'],
  ),
  family(
    ['various', 'aws-bedrock'],
    'embedding',
    String.raw`cohere\.(?:embed|rerank)-[a-z0-9.-]+(?::\d+)?`,
    ['cohere.embed-english-v3', 'cohere.rerank-v3-5:0'],
    ['cohere.embed'],
  ),
  family(
    ['stability', 'aws-bedrock'],
    'image',
    String.raw`stability\.(?:stable|sd3|sdxl)[a-z0-9.-]*(?::\d+)?`,
    ['stability.stable-diffusion-xl-v1', 'stability.sd3-large-v1:0'],
    ['stability.client'],
  ),
  family(
    ['google', 'google'],
    'chat',
    String.raw`(?:models\/)?gemini-(?:(?:pro|ultra|flash|nano|exp)(?:-[a-z0-9][a-z0-9.]*)*|\d(?:\.\d)?-(?:pro|flash|ultra|nano|computer-use|deep-think)(?:-(?:lite|latest|preview|exp|experimental|thinking|image|tts|live|audio|native|dialog|vision|8b|generation|realtime|embedding|customtools|\d+))*)`,
    [
      'gemini-1.5-pro',
      'gemini-2.5-flash-lite',
      'gemini-3-pro-preview',
      'gemini-pro',
      'gemini-1.5-pro-latest',
      'gemini-2.0-flash-001',
      'models/gemini-1.5-flash',
      'gemini-2.5-flash-preview-05-20',
    ],
    ['gemini', 'gemini-cli', 'gemini-api', 'gemini-code-assist', 'gemini-2', 'gemini-client'],
  ),
  family(
    ['google', 'google'],
    'embedding',
    String.raw`(?:models\/)?(?:gemini-embedding-(?:\d+|exp-\d\d-\d\d)|text-embedding-00[3-5]|embedding-001|text-multilingual-embedding-002|textembedding-gecko(?:-multilingual)?(?:@\d+|@latest)?|multimodalembedding(?:@\d+)?)`,
    ['gemini-embedding-001', 'text-embedding-004', 'models/embedding-001', 'textembedding-gecko@003'],
    ['embedding-002', 'gemini-embedding'],
  ),
  family(
    ['google', 'google-vertex-ai'],
    'chat',
    String.raw`(?:chat|text|code|codechat)-bison(?:-32k)?(?:@\d+|@latest|-001)?|text-unicorn(?:@\d+)?|medlm-(?:medium|large)|code-gecko(?:@\d+)?`,
    ['chat-bison', 'text-bison@001'],
    ['bison'],
  ),
  family(
    ['google', 'google'],
    'image',
    String.raw`imagen-[34]\.0-[a-z-]*generate(?:-[a-z0-9-]+)?|imagegeneration@\d+|imagen-3\.0-capability-001|veo-[23](?:\.\d)?-[a-z-]*generate(?:-[a-z0-9-]+)?|lyria-[\w-]+`,
    ['imagen-3.0-generate-002', 'veo-2.0-generate-001'],
    ['imagen', 'veo'],
  ),
  family(
    ['google'],
    'chat',
    String.raw`(?:code|pali|med|embedding|recurrent|shield|function)?gemma-?\d?[\w.]*(?::${WORD}|-\d+m?b?${TAIL}|-it|-2b|-7b)|(?:code|pali|embedding|shield)?gemma(?:\d(?:\.\d)?n?)?`,
    ['gemma2-9b-it', 'gemma-7b', 'gemma3:4b', 'gemma2', 'codegemma:7b'],
    ['gemma-lib'],
  ),
  family(
    ['xai', 'xai'],
    'chat',
    String.raw`grok-(?:\d(?:[.-]\d)?|beta|vision-beta|code-fast-\d|imagine-image|imagine-video)(?:-(?:mini|fast|beta|latest|vision|image|reasoning|non|heavy|thinking|preview|\d{4}|high|low|code))*`,
    [
      'grok-3',
      'grok-4.1-fast-non-reasoning',
      'grok-code-fast-1',
      'grok-2-vision-1212',
      'grok-beta',
      'grok-code-fast-1-thinking',
    ],
    ['grok', 'grok-client', 'grok-exporter'],
  ),
  family(
    ['cohere', 'cohere'],
    'chat',
    String.raw`(?:cohere-)?command-(?:r7b|r|a|r-plus|light|nightly|xlarge|medium|text)(?:-(?:plus|nightly|light|arabic|vision|reasoning|translate|v?\d\w*))*|c4ai-aya[\w-]*|aya(?:-expanse)?(?::|-)\d+b|command-r:\d+b|command-r-plus:\d+b|north-mini[\w-]*`,
    [
      'command-r-plus',
      'command-a-03-2025',
      'command-r7b-12-2024',
      'cohere-command-r-08-2024',
      'cohere-command-a',
      'command-light',
    ],
    ['command', 'command-line', 'command-args', 'command-runner'],
  ),
  family(
    ['cohere', 'cohere'],
    'embedding',
    String.raw`(?:cohere-)?embed-(?:v\d(?:\.\d)?(?:-[a-z-]+)?|(?:english|multilingual)(?:-light)?-(?:v\d\.\d|image-v\d\.\d))`,
    ['embed-english-v3.0', 'embed-v4.0', 'cohere-embed-v3-english', 'embed-multilingual-light-v3.0'],
    ['embed-video'],
  ),
  family(
    ['cohere', 'cohere'],
    'rerank',
    String.raw`rerank-(?:v\d(?:\.\d)?(?:-(?:pro|fast))?|(?:english|multilingual)-v\d\.\d)`,
    ['rerank-english-v3.0', 'rerank-v3.5'],
    ['rerank'],
  ),
  family(
    ['mistral', 'mistral'],
    'chat',
    String.raw`(?:open-)?(?:mistral|codestral|ministral|magistral|devstral|pixtral|mixtral|voxtral|mathstral|leanstral)-(?:tiny|small|medium|large|nemo|saba|embed|mamba|ocr|moderation|next|vibe|(?:\d+b)|8x\d+b|mini|(?:\d{4}))(?:-${WORD})*|mistral-ocr-latest|codestral-latest|mistral-embed`,
    [
      'mistral-large-latest',
      'open-mistral-nemo',
      'mistral-saba-24b',
      'codestral-latest',
      'codestral-2501',
      'ministral-3b',
      'mixtral-8x7b-32768',
      'open-mixtral-8x22b',
      'mistral-medium-2505',
      'pixtral-12b-2409',
      'mistral-7b-instruct',
    ],
    ['mistral', 'mistral-client', 'mistral-common', 'mistral-api-key'],
  ),
  family(
    ['mistral', 'mistral'],
    'chat',
    String.raw`open-(?:mistral|mixtral)-[a-z0-9-]+|(?:codestral|devstral|magistral|ministral|pixtral|voxtral)-latest`,
    ['open-mistral-7b', 'devstral-latest'],
    ['open-mistral'],
  ),
  family(
    ['mistral'],
    'chat',
    String.raw`(?:mistral|mixtral|mistral-nemo|mistral-small\d?(?:\.\d)?|mistral-large|codestral|mistrallite|mathstral|devstral|magistral|ministral-3)(?::${WORD}${TAIL})`,
    ['mistral:7b', 'mixtral:8x7b', 'mistral-nemo:latest'],
    ['mistral:'],
  ),
  family(
    ['meta'],
    'chat',
    String.raw`(?:meta-)?(?:code)?-?llama-?[2345]?(?:[.-]\d)?(?:-(?:guard|tulu|sonar|scout|maverick|prompt|groq|nemotron|swallow|vision|instruct|chat|text|hf|versatile|instant|specdec|online|small|large|huge|preview|tool|use|turbo|fp8|awq|gptq|gguf|q\d[\w]*|it|lite|free|dev|v?\d[\w.]*))+(?::[\w.-]+)?`,
    [
      'llama-3.3-70b-versatile',
      'llama3-70b-8192',
      'llama3.1-8b',
      'meta-llama-3.1-405b-instruct',
      'llama-guard-3-8b',
      'llama-3.1-sonar-huge-128k-online',
      'llama-3.2-11b-vision-preview',
      'llama-4-maverick-17b-128e-instruct-fp8',
      'llama-2-7b-chat',
      'llama-3.1-tulu-3-405b',
      'codellama-34b',
    ],
    ['llama', 'llama-index', 'llama-cpp', 'llama-stack', 'llama-cpp-python', 'llama-parse', 'llama-cloud'],
  ),
  family(
    ['meta'],
    'chat',
    String.raw`(?:code)?llama-?(?:[2345](?:[.-]\d)?)?(?:-(?:vision|guard\d?|gradient|chatqa|groq-tool-use))*(?::${WORD}${TAIL})|llama[2345](?:\.\d)?(?:-(?:vision|uncensored|chatqa|gradient))?|llama-guard\d?|codellama|llama-[234](?:[.-]\d)?`,
    ['llama3.2:3b', 'llama2', 'llama3.1', 'codellama', 'codellama:7b', 'llama3.2-vision', 'llama3:70b-instruct-q4_0'],
    ['llama', 'llama:', 'llama6'],
  ),
  family(
    ['deepseek', 'deepseek'],
    'chat',
    String.raw`deepseek-(?:chat|reasoner|coder|prover|vl2?|ocr|r1|v[234](?:[.-]\d)?|llm|math|moe)(?:-(?:distill|llama|qwen|specdec|zero|lite|base|instruct|chat|exp|speciale|terminus|turbo|free|v\d[\w.]*|\d[\w.]*))*(?::${WORD}${TAIL})?`,
    [
      'deepseek-chat',
      'deepseek-reasoner',
      'deepseek-r1-distill-llama-70b-specdec',
      'deepseek-r1',
      'deepseek-v3-0324',
      'deepseek-coder:6.7b',
    ],
    ['deepseek', 'deepseek-client', 'deepseek-api-key'],
  ),
  family(
    ['alibaba'],
    'chat',
    String.raw`(?:code)?(?:qwen|qwq|qvq)-?(?:\d(?:\.\d)?)?(?:-(?:max|plus|turbo|long|vl|omni|coder|math|audio|instruct|chat|preview|latest|thinking|next|flash|embedding|reranker|tts|image|mt|awq|gptq|int\d|fp8|a\d+b|\d[\w.]*))+(?::${WORD}${TAIL})?|(?:code)?qwen(?:\d(?:\.\d)?)(?:vl|-coder|-vl)?(?::${WORD}${TAIL})?|qwq(?::${WORD})?`,
    [
      'qwen2.5-72b-instruct',
      'qwen-2.5-coder-32b',
      'qwq-32b-preview',
      'qwen-max',
      'qwen2.5:7b',
      'qwen3-coder',
      'qwen-plus-latest',
    ],
    ['qwen', 'qwen-agent', 'qwen-client'],
  ),
  family(
    ['microsoft'],
    'chat',
    String.raw`phi-?[1234](?:\.\d)?(?:-(?:mini|small|medium|moe|vision|multimodal|reasoning|instruct|plus|silica|\d+k|\d[\w.]*))*(?::${WORD}${TAIL})?|mai-ds-r1|orca-?2(?:-(?:7|13)b)?|orca-mini(?::${WORD})?|wizardlm-?2?(?:-[\w.-]+)?(?::${WORD})?|wizardcoder[\w.:-]*`,
    [
      'phi-3-mini-4k-instruct',
      'phi-4',
      'phi-3.5-moe-instruct',
      'phi3',
      'phi3:mini',
      'mai-ds-r1',
      'phi-4-multimodal-instruct',
    ],
    ['phi', 'phi-5x', 'orca'],
  ),
  family(
    ['ai21', 'ai21'],
    'chat',
    String.raw`(?:ai21-)?jamba-(?:instruct|mini|large|1\.5|1\.6|1\.7|v0\.1|tiny|3b)(?:-(?:mini|large|\d[\w.]*|v\d))*(?:-latest)?|j2-(?:ultra|mid|light|jumbo|grande)(?:-instruct)?`,
    ['ai21-jamba-1.5-large', 'jamba-instruct', 'j2-ultra', 'jamba-large-1.7'],
    ['jamba', 'jamba-client'],
  ),
  family(['g42'], 'chat', String.raw`jais-\d+b(?:-[a-z0-9-]+)?`, ['jais-30b-chat'], ['jais']),
  family(
    ['perplexity', 'perplexity'],
    'chat',
    String.raw`sonar(?:-(?:pro|reasoning|reasoning-pro|deep-research|small-chat|medium-chat|small-online|medium-online))|pplx-(?:7b|70b|8x7b)-(?:chat|online)`,
    ['sonar-pro', 'sonar-reasoning-pro', 'pplx-70b-online'],
    ['sonar', 'sonar-scanner', 'sonar-project'],
  ),
  family(
    ['zhipu', 'zhipu'],
    'chat',
    String.raw`(?:chat)?glm-?(?:\d(?:\.\d)?v?|z1|edge|ocr|image|realtime|asr|tts)(?:-(?:air|airx|flash|flashx|plus|long|x|all|thinking|v|6b|9b|chat|\d[\w.]*))*(?::${WORD})?|(?:code|cog)?(?:geex|view|video)x?-\d(?:-[a-z]+)?`,
    ['glm-4', 'glm-4.5-air', 'chatglm3-6b', 'glm-4-flash'],
    ['glm', 'glm-math'],
  ),
  family(
    ['moonshot', 'moonshot'],
    'chat',
    String.raw`moonshot-v1-(?:8k|32k|128k|auto)(?:-vision-preview)?|kimi-(?:k\d(?:\.\d)?|latest|thinking|linear|vl)(?:-[a-z0-9]+)*`,
    ['moonshot-v1-8k', 'kimi-k2', 'kimi-k2-instruct'],
    ['kimi', 'moonshot'],
  ),
  family(
    ['minimax', 'minimax'],
    'chat',
    String.raw`minimax-(?:m\d(?:\.\d)?|text-01|vl-01|01)(?:-[a-z0-9]+)*|abab[567](?:\.\d)?s?-chat`,
    ['minimax-m2', 'minimax-text-01', 'abab6.5s-chat'],
    ['minimax', 'minimax-algorithm'],
  ),
  family(
    ['baidu', 'baidu'],
    'chat',
    String.raw`ernie-(?:bot|speed|lite|tiny|x1|char|4\.\d|3\.5|4)(?:-[a-z0-9.]+)*`,
    ['ernie-bot-4', 'ernie-4.0-8k'],
    ['ernie'],
  ),
  family(
    ['bytedance', 'volcengine'],
    'chat',
    String.raw`doubao-(?:seed|pro|lite|1|vision|embedding|seedream|seedance)[a-z0-9.-]*`,
    ['doubao-pro-32k', 'doubao-seed-1.6'],
    ['doubao'],
  ),
  family(
    ['tencent', 'tencent'],
    'chat',
    String.raw`hunyuan-(?:lite|standard|pro|turbo|turbos|large|vision|t1|a13b|role|code|embedding)[a-z0-9-]*`,
    ['hunyuan-lite', 'hunyuan-turbos-latest'],
    ['hunyuan'],
  ),
  family(
    ['01-ai'],
    'chat',
    String.raw`yi-(?:large|medium|lightning|spark|vision|\d+b|1\.5)(?:-[a-z0-9.]+)*(?::${WORD})?|yi:(?:6b|9b|34b)`,
    ['yi-large', 'yi-34b-chat', 'yi:34b'],
    ['yi'],
  ),
  family(
    ['stepfun'],
    'chat',
    String.raw`step-(?:1|1o|1v|2|3|3\.5)(?:-[a-z0-9]+)*-?(?:\d+k|mini|flash|preview|turbo)`,
    ['step-1-8k', 'step-2-mini'],
    ['step-1', 'step-2'],
  ),
  family(
    ['upstage', 'upstage'],
    'chat',
    String.raw`solar-(?:pro\d?|mini|1-mini-chat|10\.7b[\w.-]*|embedding-1-large(?:-query|-passage)?)(?::${WORD})?`,
    ['solar-pro', 'solar-10.7b-instruct'],
    ['solar', 'solar-panel'],
  ),
  family(
    ['writer', 'writer'],
    'chat',
    String.raw`palmyra-(?:x\d|x-\d+|med|fin|creative|vision|large|base)[\w.-]*`,
    ['palmyra-x5', 'palmyra-med'],
    ['palmyra'],
  ),
  family(
    ['reka', 'reka'],
    'chat',
    String.raw`reka-(?:core|flash|edge|spark)(?:-[\w.-]+)?`,
    ['reka-core', 'reka-flash-3'],
    ['reka'],
  ),
  family(
    ['databricks', 'databricks'],
    'chat',
    String.raw`databricks-(?:dbrx|meta-llama|mixtral|claude|gpt|gemini|llama|mpt|bge|gte|gemma|qwen)[\w.-]*|dbrx(?:-instruct|:132b)`,
    ['databricks-dbrx-instruct', 'databricks-claude-sonnet-4', 'dbrx-instruct'],
    ['databricks-connect', 'databricks-sdk', 'dbrx'],
  ),
  family(
    ['nvidia'],
    'chat',
    String.raw`(?:llama-[\d.]+-)?nemotron-(?:\d|nano|mini|super|ultra|4|h|3|70b)[\w.-]*(?::${WORD})?|nv-embed(?:qa)?-[\w.-]+|nv-rerankqa?-[\w.-]+`,
    ['nemotron-4-340b-instruct', 'nv-embed-v1', 'nemotron-mini'],
    ['nemotron'],
  ),
  family(
    ['ibm'],
    'chat',
    String.raw`granite-?(?:\d(?:\.\d)?|code|embedding|guardian|vision|13b|20b|34b|3b|8b|7b)[\w.-]*(?::${WORD})?`,
    ['granite-13b-chat-v2', 'granite3.1-dense:8b', 'granite-3.3-8b-instruct', 'granite-code:3b'],
    ['granite'],
  ),
  family(
    ['snowflake'],
    'embedding',
    String.raw`snowflake-arctic(?:-embed|-instruct)?(?:-[a-z0-9.]+)*(?:\d)?(?::${WORD})?|arctic-embed[\w.:-]*`,
    ['snowflake-arctic-embed', 'snowflake-arctic-embed:335m'],
    ['snowflake', 'snowflake-connector'],
  ),
  family(
    ['tii'],
    'chat',
    String.raw`falcon-?(?:\d+b|2|3|h1|180b|mamba)[\w.-]*(?::${WORD})?`,
    ['falcon-7b-instruct', 'falcon3:10b', 'falcon-40b'],
    ['falcon'],
  ),
  family(
    ['lmsys'],
    'chat',
    String.raw`(?:vicuna|alpaca|koala|wizard-vicuna)-?\d*b?(?:-[\w.]+)*-?\d+b[\w.-]*|vicuna(?::${WORD})`,
    ['vicuna-13b-v1.5', 'vicuna:7b'],
    ['vicuna', 'alpaca'],
  ),
  family(
    ['community'],
    'chat',
    String.raw`(?:zephyr|tinyllama|tinydolphin|dolphin|dolphin3|dolphin-mixtral|dolphin-mistral|dolphin-llama3|openhermes|hermes3?|nous-hermes2?|neural-chat|starling-lm|stablelm2?|starcoder2?|openchat|mpt|solar|bakllava|llava|llava-llama3|moondream2?|smollm2?|exaone[\d.]*|athene-v2|command-r|aya|nexusraven|notus|notux|xwinlm|everythinglm|sqlcoder|medllama2|minicpm-v|cogito|olmo2?|tulu3|marco-o1|reader-lm|r1-1776|openthinker|deepscaler)(?::${WORD}${TAIL})`,
    ['llava:13b', 'tinyllama:1.1b', 'zephyr:7b', 'smollm2:135m', 'moondream:latest'],
    ['llava', 'hermes'],
  ),
  family(
    ['community'],
    'chat',
    String.raw`(?:zephyr|tinyllama|dolphin|openhermes|nous-hermes|hermes-\d|stablelm|starcoder2?|openchat|mpt|llava|smollm\d?|minicpm|internlm\d?|baichuan\d?|xgen|bloomz?|opt|pythia|gpt-neox?|gpt-j|cerebras-gpt|redpajama|stablecode|stable-code|olmo)-?v?[\d.]*-?(?:[a-z.]+-)*\d+(?:\.\d+)?[bm](?:-[\w.]+)*`,
    [
      'zephyr-7b-beta',
      'starcoder2-15b',
      'bloom-560m',
      'gpt-j-6b',
      'gpt-neox-20b',
      'llava-v1.5-7b',
      'opt-125m',
      'pythia-70m',
    ],
    ['bloom', 'opt', 'dolphin-7'],
  ),
  family(
    ['community'],
    'chat',
    String.raw`ggml-[\w.-]+|openchat-3\.[56](?:-\d+)?|flan-t5-(?:small|base|large|xl|xxl)|nous-hermes-[\w.-]+b[\w.-]*|mythomax-[\w.-]+|gpt4all-[\w.-]+|wizardlm-[\w.-]+|guanaco-\d+b`,
    ['ggml-gpt4all-j', 'openchat-3.5-1210', 'flan-t5-base'],
    ['ggml', 'flan-t5'],
  ),
  family(
    ['nomic'],
    'embedding',
    String.raw`nomic-embed-(?:text|vision|code)(?:-v\d(?:\.\d)?(?:-\w+)?)?(?::${WORD})?`,
    ['nomic-embed-text', 'nomic-embed-text-v1.5', 'nomic-embed-text:latest'],
    ['nomic-embed', 'nomic'],
  ),
  family(
    ['sbert'],
    'embedding',
    String.raw`(?:all|paraphrase|multi-qa|msmarco|distiluse|gtr|stsb|nli|average)-(?:multilingual-)?(?:minilm|mpnet|distilbert|distilroberta|roberta|bert|albert|t5|base|xlm|glove)[\w.-]*(?::${WORD})?|sentence-t5-(?:base|large|xl|xxl)`,
    [
      'all-minilm-l6-v2',
      'all-mpnet-base-v2',
      'paraphrase-multilingual-minilm-l12-v2',
      'multi-qa-minilm-l6-cos-v1',
      'all-minilm:33m',
    ],
    ['all-users', 'paraphrase'],
  ),
  family(
    ['baai'],
    'embedding',
    String.raw`bge-(?:small|base|large|m3|multilingual|en|zh|code|vl)(?:-[\w.]+)*(?::${WORD})?`,
    ['bge-small-en-v1.5', 'bge-m3', 'bge-m3:latest'],
    ['bge', 'bge-router'],
  ),
  family(
    ['baai'],
    'rerank',
    String.raw`bge-reranker-(?:base|large|v2)[\w.-]*`,
    ['bge-reranker-v2-m3'],
    ['bge-reranker'],
  ),
  family(
    ['various'],
    'embedding',
    String.raw`(?:multilingual-)?e5-(?:small|base|large|mistral)(?:-[\w.]+)*|gte-(?:small|base|large|qwen2?|multilingual|modernbert)[\w.-]*|instructor-(?:base|large|xl)|mxbai-embed-[\w.-]+(?::${WORD})?|ember-v1|uae-large-v1|stella[_-]en[\w.-]+|paraphrase-multilingual(?::${WORD})?|embeddinggemma(?::${WORD}|-300m)?`,
    ['multilingual-e5-large', 'e5-base-v2', 'gte-large', 'mxbai-embed-large', 'instructor-xl', 'embeddinggemma:300m'],
    ['gte-x', 'e5-huge'],
  ),
  family(
    ['mixedbread'],
    'rerank',
    String.raw`mxbai-rerank-[\w.-]+|ms-marco-(?:minilm|tinybert|multibert)[\w.-]*`,
    ['mxbai-rerank-large-v1', 'ms-marco-minilm-l-6-v2'],
    ['ms-marco'],
  ),
  family(
    ['voyage', 'voyage'],
    'embedding',
    String.raw`voyage-(?:\d(?:\.\d)?|large|code|law|finance|multilingual|multimodal|lite|context)(?:-[\w.]+)*|rerank-(?:lite-)?[12](?:\.\d)?(?:-lite)?`,
    ['voyage-3-large', 'voyage-code-2', 'rerank-2-lite'],
    ['voyage', 'voyage-log'],
  ),
  family(
    ['jina', 'jina'],
    'embedding',
    String.raw`jina-(?:embeddings|reranker|clip|colbert|code-embeddings|deepsearch|vlm|embedding)-[\w.-]+`,
    ['jina-embeddings-v3', 'jina-reranker-v2-base-multilingual'],
    ['jina', 'jina-client'],
  ),
  family(
    ['bert'],
    'embedding',
    String.raw`(?:distil|al|ro|de|camem|mo|sci|bio|fin|clinical|legal|modern|tiny|mobile|electra-)?bert(?:a)?-(?:tiny|mini|small|base|large|xlarge)(?:-[\w.]+)*|xlm-roberta-(?:base|large)(?:-[\w.]+)*|electra-(?:small|base|large)-[\w-]+|t5-(?:small|base|large|3b|11b)|bart-(?:base|large)(?:-[\w.]+)*|distilgpt2|gpt2(?:-(?:medium|large|xl))|pegasus-[a-z]+|longformer-base-4096|deberta-v3-(?:small|base|large|xsmall)`,
    [
      'bert-base-uncased',
      'distilbert-base-uncased-finetuned-sst-2-english',
      'roberta-large',
      'xlm-roberta-base',
      't5-small',
      'bart-large-cnn',
      'gpt2-medium',
      'deberta-v3-base',
    ],
    ['bert', 'roberta', 'albert', 'bert-score'],
  ),
  family(
    ['openai'],
    'transcription',
    String.raw`(?:distil-)?whisper-(?:tiny|base|small|medium|large|large-v[123])(?:[-.](?:en|turbo|v\d(?:\.\d)?|v3-turbo|v3-turbo-german))*|faster-whisper-[\w.-]+|whisper-large-v3-turbo`,
    ['whisper-large-v3', 'distil-whisper-large-v3-en', 'whisper-small.en', 'whisper-large-v3-turbo'],
    ['whisper', 'whisper-api', 'whisper-live'],
  ),
  family(
    ['various'],
    'transcription',
    String.raw`wav2vec2-[\w.-]+|hubert-[a-z]+-[\w.-]+|parakeet-(?:tdt|ctc|rnnt)[\w.-]*|canary-(?:1b|180m|qwen)[\w.-]*|seamless-m4t[\w.-]*`,
    ['wav2vec2-base-960h', 'parakeet-tdt-0.6b-v2'],
    ['hubert', 'canary'],
  ),
  family(
    ['deepgram', 'deepgram'],
    'transcription',
    String.raw`nova-[23](?:-(?:general|meeting|phonecall|finance|medical|conversationalai|voicemail|video|drivethru|automotive|atc))?|aura-(?:2-)?[a-z]+-[a-z]{2}`,
    ['nova-2', 'nova-3-general', 'aura-asteria-en'],
    ['nova', 'nova-1x', 'aura'],
  ),
  family(
    ['elevenlabs', 'elevenlabs'],
    'speech',
    String.raw`eleven_(?:monolingual_v1|multilingual_v[12]|turbo_v2(?:_5)?|flash_v2(?:_5)?|v3|english_sts_v2|text_to_sound_v2)|scribe_v1`,
    ['eleven_multilingual_v2', 'eleven_flash_v2_5'],
    ['eleven_labs'],
  ),
  family(
    ['various'],
    'speech',
    String.raw`playai-tts(?:-arabic)?|sonic-(?:english|multilingual|2|turbo|3)(?:-[\d-]+)?|xtts[-_]v2|speecht5_tts|parler-tts-[\w.-]+|kokoro-82m|orpheus-[\w.-]+|bark-small`,
    ['playai-tts', 'speecht5_tts'],
    ['sonic', 'bark'],
  ),
  family(
    ['stability', 'stability'],
    'image',
    String.raw`stable-diffusion-(?:v?[\d-]+(?:\.\d)?|xl|xl-[\w.-]+|inpainting|\d[\w.-]*)(?:-[\w.]+)*|sd(?:3(?:\.5)?|xl)-(?:turbo|large|medium|lightning|base)[\w.-]*|sdxl-turbo|stable-(?:image|video|audio|cascade)-[\w.-]+`,
    ['stable-diffusion-v1-5', 'stable-diffusion-xl-base-1.0', 'sdxl-turbo', 'sd3.5-large', 'stable-diffusion-3-medium'],
    ['stable-diffusion', 'stable-version'],
  ),
  family(
    ['black-forest-labs', 'black-forest-labs'],
    'image',
    String.raw`flux(?:[.-]\d(?:\.\d)?)?-(?:schnell|dev|pro|kontext|fill|redux|canny|depth|krea|pro-ultra|ultra)(?:-[\w.]+)*`,
    ['flux.1-dev', 'flux-schnell', 'flux-1.1-pro', 'flux-kontext-pro'],
    ['flux', 'flux-cd', 'flux-system'],
  ),
  family(
    ['various'],
    'image',
    String.raw`midjourney-v\d(?:\.\d)?|ideogram-v\d[\w-]*|recraft-?v3|playground-v2(?:\.5)?[\w-]*|kandinsky-\d[\w.-]*|gen[34](?:_turbo|-turbo|_image)|ray-2(?:-720p)?|kling-v\d[\w.-]*|pixart-[\w-]+|controlnet-[a-z0-9-]+|latent-consistency[\w-]*`,
    ['ideogram-v2', 'recraft-v3', 'kandinsky-2.2-decoder'],
    ['midjourney', 'ideogram'],
  ),
  family(
    ['various'],
    'vision',
    String.raw`clip-vit-[\w.-]+|vit-(?:tiny|small|base|large|huge)-patch\d+[\w.-]*|blip2?-[\w.-]+|detr-resnet-\d+|yolov?\d{1,2}[nsmlx]?(?:-(?:seg|pose|cls|obb|world\w*))?\.pt|sam-vit-[a-z]+|sam2[\w.-]*-hiera-[\w-]+|dinov[23]-[\w.-]+|siglip-[\w.-]+|florence-2-[\w-]+|trocr-[\w-]+|layoutlmv?[23]?-[\w-]+|donut-base[\w-]*|depth-anything-[\w-]+|segformer-[\w-]+`,
    ['clip-vit-base-patch32', 'yolov8n.pt', 'blip-image-captioning-base', 'vit-base-patch16-224'],
    ['clip', 'vit', 'yolo'],
  ),
]

/** Organisations whose names stand before a slash on the hubs of models and in the names of gateways. */
export const ORGANISATIONS: ReadonlySet<string> = new Set(
  `openai anthropic google google-bert google-t5 googleai meta meta-llama mistralai mistral-ai mistral cohere cohereforai coherelabs deepseek deepseek-ai
   qwen alibaba microsoft nvidia xai x-ai amazon ai21 ai21-labs ai21labs core42 perplexity databricks ibm-granite ibm tiiuae
   baai intfloat thenlper sentence-transformers nomic-ai jinaai mixedbread-ai snowflake hkunlp wherisai alibaba-nlp salesforce
   stabilityai black-forest-labs runwayml compvis lykon bytedance bytedance-seed tencent baidu zhipuai zai-org thudm z-ai moonshotai moonshot minimax minimaxai
   01-ai upstage eleutherai bigscience bigcode huggingfaceh4 huggingfacetb huggingfacem4 tinyllama teknium nousresearch openchat openassistant
   lmsys llava-hf liuhaotian vikhyatk facebook facebookai distilbert openai-community allenai togethercomputer stanford-crfm
   mosaicml nomic writer reka inception liquid arcee-ai cognitivecomputations gryphe undi95 thebloke bartowski unsloth mlx-community
   lmstudio-community qdrant xenova onnx-community cross-encoder prosusai cardiffnlp dslim deepset ultralytics timm laion
   pyannote speechbrain suno coqui hexgrad kyutai internlm opengvlab openbmb vinai aubmindlab dbmdz helsinki-nlp valhalla
   philschmid neuralmagic redhatai casperhansen ai4bharat sarvamai stepfun-ai`.split(/\s+/),
)

const known = new Map<string, Family | undefined>()

/** The family of a whole name, or nothing. The name is the model's own: no provider in front. */
export function familyOf(name: string): Family | undefined {
  if (name.length < 2 || name.length > 120) return undefined
  const lower = name.toLowerCase()
  if (known.has(lower)) return known.get(lower)
  const found = FAMILIES.find(({ pattern }) => pattern.test(lower))
  if (known.size > 20_000) known.clear()
  known.set(lower, found)
  return found
}

/** `organisation/model`, as hubs and gateways write it. */
export function splitHubName(name: string): { organisation: string; model: string } | undefined {
  const match = /^(?:~?)([A-Za-z0-9][\w.-]{0,60})\/([A-Za-z0-9][\w.:@-]{1,100})$/.exec(name)
  const [, organisation = '', model = ''] = match ?? []
  return match ? { organisation, model } : undefined
}
