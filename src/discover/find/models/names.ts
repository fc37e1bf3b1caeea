// From a text to the name of a model: what stands round the name in different places is taken off, and what was taken
// off says who serves it.
import type { Role } from '../../knowledge/families/family.ts'
import { familyOf, knownAs, ORGANISATIONS, splitHubName } from '../../knowledge/models.ts'
import { providerNamed } from '../../knowledge/providers.ts'

export interface ModelName {
  name: string
  role?: Role
  vendor?: string
  /** Said by a prefix: `openai:`, `azure/`. */
  provider?: string
  /** The provider behind a gateway, or the one that is meant where nothing else is said. */
  usual?: string
  /** A word of everyday life too; only its surroundings can tell. */
  weak: boolean
}

const PREFIX = /^([a-z][\w-]{1,24}):(?!\/\/)([A-Za-z0-9][\w./:@-]+)$/
const ASKED = /^(?:chat|completions?|responses|messages|embeddings?|realtime|image|moderation|speech|transcription):/
const ARN = /^arn:aws[\w-]*:bedrock:[^:]*:[^:]*:(?:foundation-model|inference-profile)\/([\w.:-]+)$/
/** A file of weights in a repository of a hub. */
const WEIGHTS = /^([A-Za-z][\w.-]*\/[A-Za-z0-9][\w.-]*)\/(?:[\w.-]+\/)*[\w.-]+\.(?:safetensors|gguf|ckpt|onnx)$/
/** The address of such a file. */
const PUBLISHED =
  /^https:\/\/(?:huggingface\.co|hf\.co|hf-mirror\.com)\/([\w.-]+\/[\w.-]+)\/resolve\/[\w./-]+\.(?:safetensors|gguf|ggml|bin|onnx|pth?|ckpt|tflite|task|llamafile)(?:\?download=true)?$/
const WEAK =
  /^(?:o[134]|(?:gemma|llama|phi)-?\d|codellama|llama-?[2-5](?:[.-]\d)?|glm-\d|yi-large|nova-[23]|gpt-?[45]|dall-e-[23]|sora-2|bge-(?:small|base|large|en|zh)|gte-\w+|step-\w+|solar-\w+|command-(?:light|text|medium|nightly)|command-[ar]|qwq|opt-\d+m|tts-1|gpt-oss|kimi-latest|rerank-[12]|instructor-\w+|z-image|starcoder|shap-e|falcon-?\w+|(?:tiny|base|small|medium)\.en)$/i

/** Makers whose models are to be had, behind whatever gateway, from them alone. */
const SOLE = new Set(['openai', 'anthropic', 'google', 'xai', 'perplexity', 'cohere', 'ai21', 'aws-bedrock'])
const FILE = /\.(?:jsonl?|csv|tsv|txt|mdx?|py|ipynb|ya?ml|toml|html?|log|zip|gz|tar|parquet|png|jpe?g|pdf|svg)$/i

export function modelName(text: string): ModelName | undefined {
  if (text.length < 2 || text.length > 160 || /[\s<>{}"'`|\\,;()]|[-.:/]$/.test(text) || FILE.test(text))
    return undefined
  const [, held] = WEIGHTS.exec(text) ?? []
  const [, published] = PUBLISHED.exec(text) ?? []
  if (published !== undefined) return modelName(published) ?? { name: published, weak: false }
  if (held !== undefined) return modelName(held)
  const [, inArn] = ARN.exec(text) ?? []
  if (inArn !== undefined) return modelName(inArn)
  const [, ofGoogle] = /^models\/([\w.:@-]+)$/.exec(text) ?? []
  if (ofGoogle !== undefined) return modelName(ofGoogle)
  // Of fal, an application is called by the path that leads to its model.
  if (/^fal-ai\/(?![\w.]+-api\/)[\w.-]+(?:\/[\w.-]+)*$/.test(text)) return { name: text, provider: 'fal', weak: false }
  // Elasticsearch writes the slash of a hub in its own way.
  const [, publisher = '', deployed = ''] = /^([a-z\d-]+)__([\w.-]+)$/.exec(text) ?? []
  const family = ORGANISATIONS.has(publisher) ? familyOf(deployed) : undefined
  if (family) return { ...named(text, family), weak: false }
  const fetched = ofScheme(text)
  if (fetched) return fetched
  const direct = familyOf(text)
  if (direct) return named(text, direct)
  const lying = ofFile(text)
  if (lying) return lying
  const [, prefix = '', rest = ''] = PREFIX.exec(text) ?? []
  const provider = prefix === '' ? undefined : providerNamed(prefix)
  if (provider !== undefined) {
    // `openai:chat:gpt-4o`: what is asked of it stands in between.
    const inner = modelName(rest.replace(ASKED, ''))
    if (inner) return { ...inner, provider, weak: false }
  }
  const hub = splitHubName(text)
  if (hub) {
    const nested = hub.model.includes('/') ? undefined : familyOf(hub.model)
    const gateway = providerNamed(hub.organisation)
    const known = ORGANISATIONS.has(hub.organisation.toLowerCase())
    // `ollama/llama3`, `bedrock/…`: who serves it is no publisher, so the name is what follows.
    if (gateway !== undefined && !known) {
      const inner = nested ? named(hub.model, nested) : (modelName(hub.model) ?? loose(hub))
      return inner ? { ...inner, provider: gateway, weak: false } : undefined
    }
    if (nested && (known || gateway !== undefined || !nested.provider)) {
      const { vendor, role } = nested
      // What others serve as well says its maker in front; of a few makers, nobody serves but they.
      const usual = gateway !== undefined && SOLE.has(gateway) && nested.provider !== undefined ? gateway : undefined
      return {
        name: text,
        vendor,
        role,
        weak: !known && gateway === undefined,
        ...(usual === undefined ? {} : { usual }),
      }
    }
    // `acme-main/gpt-4o`: an account at a gateway, where the place says that a model stands there.
    return nested && /^[a-z][\w-]+$/.test(hub.organisation) ? { ...named(hub.model, nested), weak: true } : undefined
  }
  const [, first = '', second = ''] = /^(@?[\w-]{2,30})\/([\w.-]+\/[\w.:-]+)$/.exec(text) ?? []
  const deep = second === '' ? undefined : modelName(second)
  const via = providerNamed(first.replace(/^@(?:cf|hf)$/, 'cloudflare'))
  if (deep && via !== undefined)
    return { ...deep, name: first.startsWith('@') ? text : deep.name, provider: via, weak: false }
  if (/^accounts\/[\w-]+\/models\/[\w.:@/-]+$/.test(text)) return { name: text, provider: 'fireworks', weak: false }
  const [, resource] = /^(?:publishers\/[\w-]+\/models|models)\/([\w.:@-]+)$/.exec(text) ?? []
  const meant = resource === undefined ? undefined : modelName(resource)
  return meant ? { ...meant, name: /^(?:models|publishers)\//.test(text) ? meant.name : text } : undefined
}

/** A file of weights in a folder or at an address, by the name under which its maker gives it out. */
function ofFile(text: string): ModelName | undefined {
  const [, path = '', file = '', ending = ''] = LYING.exec(text) ?? []
  if (file === '') return undefined
  const family = familyOf(file)
  if (family) return named(file, family)
  // What stands before the bits of a number is the name; in a list of files it is only where it lies.
  const quantized = path === '' && /^gguf$/i.test(ending) ? familyOf(file.replace(QUANTIZED, '')) : undefined
  if (quantized) return { ...named(file, quantized), weak: true }
  return path.startsWith('https://') && /[\d-]/.test(file) && !/^(?:model|best|last|weights?|checkpoint)\b/i.test(file)
    ? { name: file, weak: false }
    : undefined
}
const LYING =
  /^((?:https:\/\/[\w.:-]+\/)?(?:[\w.@%+-]+\/|\.{1,2}\/|\/)*)([A-Za-z][\w.-]*\.(pth?|gguf|ckpt|onnx|safetensors|tflite|caffemodel))(?:\?[\w=&.-]*)?$/
const QUANTIZED = /(?:[.-](?:I?Q\d\w*|[bf]?f?p?(?:16|32)))?\.gguf$/i

/** `hf://acme/acme-2`, `ollama://acme:2b`: who deploys a model says where it is fetched from. */
function ofScheme(text: string): ModelName | undefined {
  // What Ollama fetches from the hub: `hf.co/acme/acme-2-GGUF:Q4_K_M`.
  if (/^(?:hf|huggingface)\.co\/[\w.-]+\/[\w.-]*(?:gguf[\w.-]*|:[\w.-]+)(?::[\w.-]+)?$/i.test(text))
    return { name: text, weak: false }
  const [, scheme = '', rest = ''] =
    /^(hf|huggingface|ollama):\/\/(?!(?:datasets|spaces)\/)([\w.:@/-]+)$/.exec(text) ?? []
  const of = scheme === 'ollama' ? loose({ organisation: scheme, model: rest }) : splitHubName(rest)
  if (!of) return undefined
  return { ...(modelName(rest) ?? { name: rest }), weak: false, ...(scheme === 'ollama' ? { provider: scheme } : {}) }
}

/** In front of these stands nothing but a model, whatever it is called. */
const loose = ({ organisation, model }: { organisation: string; model: string }): ModelName | undefined =>
  /^(?:ollama(?:_chat)?|groq)$/i.test(organisation) && isBareName(model) && !/^ollama(?::|$)/.test(model)
    ? { name: model, weak: false }
    : undefined

function named(name: string, family: { vendor: string; role: Role; provider?: string }): ModelName {
  const { vendor, role, provider } = family
  return { name, vendor, role, weak: WEAK.test(name), ...(provider === undefined ? {} : { usual: provider }) }
}

/** Whether a text that no family knows could still name a model, where the place says that it does. */
export function plausibleName(text: string): boolean {
  if (!/^[A-Za-z0-9@][\w./:@-]{2,100}$/.test(text) || /^(?:https?|file|s3|gs):/.test(text)) return false
  if (/\.(?:py|js|ts|json|ya?ml|txt|md|com|ai|io|net|org|html|css|png|csv)$/i.test(text)) return false
  if (
    /^(?:default|auto|none|null|test|mock|fake|dummy|example|model|custom|unknown|local|your|my|invalid|nonexist[ea]nt|bogus|wrong|placeholder|change-?me)\b/i.test(
      text,
    )
  )
    return false
  // A model that somebody trained in a project of a cloud has a number for a name.
  if (/^projects\/[^/]+\/locations\/[^/]+\/\w+\/\d+(?:@\d+)?$/.test(text)) return false
  // A version alone, and what a database numbers its rows with.
  if (/^v?\d+(?:[.:]\d+)*$|^[0-9a-f]{20,}$|^[0-9a-f]{8}-[0-9a-f]{4}-/i.test(text)) return false
  return /\d/.test(text) || /^[\w.-]+\/[\w.-]+$/.test(text) || /-/.test(text)
}

/** A single word that could be the name of a model, where nothing but a model can stand. */
export const isBareName = (text: string): boolean =>
  /^[a-z][a-z0-9_.:-]{3,60}$/.test(text) &&
  !/^(?:default|auto|none|null|test|mock|fake|dummy|invalid|nonexist[ea]nt|bogus|wrong|placeholder|change-?me|example|model|custom|unknown|local|chat|base|small|large|fast|main|embed\w*|your\w*|my\w*|some\w*|the\w*)\b/.test(
    text,
  ) &&
  !/\.(?:py|js|ts|json|ya?ml|txt|bin|pt|onnx|gguf)$/.test(text)

/** `ANTHROPIC_CLAUDE_3_SONNET_20240229_V1_0`, and `TITAN_EMBED_TEXT_V2_1024` with its dimensions. */
function nameOnBedrock(constant: string): string | undefined {
  const [, maker = '', rest = '', major = '', minor] =
    /^(AMAZON|ANTHROPIC|META|MISTRAL|COHERE|AI21|DEEPSEEK|STABILITY|TITAN)_(\w+?)_V(\d)(?:_(\d))?(?:_\d{3,4})?$/.exec(
      constant,
    ) ?? []
  if (maker === '') return undefined
  const name = `${maker === 'TITAN' ? 'AMAZON.TITAN_' : `${maker}.`}${rest.replace(/^AMAZON_/, '')}`
    .toLowerCase()
    .replaceAll('_', '-')
    .replace(/titan-embeddings?-g1-/, 'titan-embed-')
  const full = `${name}-v${major}`
  const numbered = `${full}:${minor ?? 0}`
  if (minor === undefined && WITHOUT_MINOR.test(full) && familyOf(full)) return full
  return familyOf(numbered) ? numbered : undefined
}

/** The first of Bedrock, whose versions have one number. */
const WITHOUT_MINOR = /^(?:amazon\.titan-[\w-]+-v1|anthropic\.claude(?:-instant)?-v\d|cohere\.[\w-]+-v\d+)$/

/** Constants that put the words of a name in another order, or leave some out. */
const REORDERED: readonly [RegExp, string][] = [
  [/^GIGA_CHAT_(PRO|MAX|LITE)_(\d)$/, 'GigaChat-$2-$1'],
  [/^(Small|Large)Embedding(\d)$/, 'text-embedding-$2-$1'],
  [/^AdaEmbeddingV2$/, 'text-embedding-ada-002'],
  [/^TEXT_ADA_002$/, 'text-embedding-ada-002'],
  [/^TEXT_(\d)_(SMALL|LARGE)$/, 'text-embedding-$1-$2'],
  [/^(?:CreateImageModel)?DallE(\d)$/, 'dall-e-$1'],
  [/^TTSModel(\d)$/, 'tts-$1'],
  [/^TTSModel(\d)HD$/, 'tts-$1-hd'],
]

/** `GPT_4_O_MINI`, `GPT4oMini`, `ModelClaude3_7SonnetLatest`: the constants of client libraries spell out the name. */
export function nameOfConstant(constant: string, ofModels = false): string | undefined {
  const bedrock = nameOnBedrock(constant)
  if (bedrock !== undefined) return bedrock
  const reordered = REORDERED.find(([pattern]) => pattern.test(constant))
  if (reordered) return constant.replace(...reordered).toLowerCase()
  const bare = constant.replace(
    /^(?:Chat)?Models?_?(?=[A-Z])|^(?:Chat|Embedding|Foundation|Anthropic|OpenAI|OpenAi)Models?_?|_?MODEL$/,
    '',
  )
  const saysModel = ofModels || bare.length < constant.length
  const words = bare
    .replaceAll(/(\d)Dot(?=\d)/g, '$1.')
    .replaceAll(/([a-z])([A-Z])/g, '$1-$2')
    .replaceAll(/([A-Za-z]{2,})(\d)/g, '$1-$2')
    .replaceAll(/(\d)([A-Z][a-z])/g, '$1-$2')
    .replaceAll('_', '-')
    .toLowerCase()
    .replaceAll(/--+/g, '-')
  const written = bare.toLowerCase().replaceAll('_', '-')
  // Underscores part the words already: `ACME3_2` is no `acme-3.2`.
  const parted = /^[A-Z]+\d+(?:_[A-Z\d]+)*$/.test(bare) ? [written] : []
  const tries = [...parted, words, words.replaceAll(/(\d)-o(?=-|$)/g, '$1o'), written]
    .flatMap((one) => [
      one,
      one.replace(/^text-embed-(?!ding)/, 'text-embedding-'),
      one.replace('textembedding', 'text-embedding').replace('-ada-v2', '-ada-002'),
    ])
    .flatMap((one) => [one.replaceAll(/(\d)-(\d)(?!\d)/g, '$1.$2'), one])
    .flatMap((one) => [
      one,
      one.replace(/(?<!\d)(\d)(\d)(?=-|$)/, '$1.$2'),
      one.replace(/-?(20\d\d)([01]\d)([0-3]\d)$/, '-$1-$2-$3'),
    ])
    .map((one) => one.replace(/^gpt-?(\d)/, 'gpt-$1').replace(/^o-(\d)/, 'o$1'))
  for (const one of tries) {
    const dotted = one.startsWith('claude') ? one.replaceAll('.', '-') : one
    if (familyOf(dotted) && (saysModel || !WEAK.test(dotted)))
      return dotted.replace(/^gpt-35(?=$|-turbo)/, 'gpt-3.5').replace(/^gpt-3\.5$/, 'gpt-3.5-turbo')
  }
  const known = knownAs(bare)
  if (known !== undefined && !WEAK.test(known)) return known
  return ofModels ? nameOnHub(constant) : undefined
}

/** `TII_UAE_FALCON_7B_INSTRUCT`: the publisher on a hub stands in front. */
function nameOnHub(constant: string): string | undefined {
  const words = constant.toLowerCase().split('_')
  for (let at = 1; at < Math.min(words.length, MOST_WORDS_OF_PUBLISHER + 1); at++) {
    const [model, publishers] = [words.slice(at).join('-'), words.slice(0, at)]
    const publisher = [publishers.join(''), publishers.join('-')].find((one) => ORGANISATIONS.has(one))
    if (publisher !== undefined && familyOf(model)) return `${publisher}/${model}`
  }
  return undefined
}
const MOST_WORDS_OF_PUBLISHER = 3
