// How the names of models look, vendor by vendor, and what makes a name on a hub credible.
import type { Family } from './families/family.ts'
import { HOSTED } from './families/hosted.ts'
import { OPEN_WEIGHTS } from './families/open-weights.ts'
import { OTHERS } from './families/others.ts'

export const FAMILIES: readonly Family[] = [...HOSTED, ...OPEN_WEIGHTS, ...OTHERS]

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
   philschmid neuralmagic redhatai casperhansen ai4bharat sarvamai stepfun-ai stability-ai recraft-ai ideogram-ai phind wizardlm naver prunaai luma lumalabs mixedbread-ai krutrim-ai-labs playht supabase bria krea wan-video fofr tencentarc lucataco sczhou nightmareai`.split(
    /\s+/,
  ),
)

/** Most texts are no name at all, and one pattern tells as much as all of them one after the other. */
const ANY_FAMILY = new RegExp(FAMILIES.map(({ pattern }) => pattern.source).join('|'))
const known = new Map<string, Family | undefined>()

/** The family of a whole name, or nothing. The name is the model's own: no provider in front. */
export function familyOf(name: string): Family | undefined {
  if (name.length < 2 || name.length > 120) return undefined
  const lower = name.toLowerCase()
  if (known.has(lower)) return known.get(lower)
  const found = ANY_FAMILY.test(lower) ? FAMILIES.find(({ pattern }) => pattern.test(lower)) : undefined
  if (known.size > 20_000) known.clear()
  known.set(lower, found)
  return found
}

const squeezed = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
const SPELLED = new Map(FAMILIES.flatMap(({ hits }) => hits.map((hit) => [squeezed(hit), hit])))

/** `AllMiniLML6V2`: a name that is known, without all that stands between its letters. */
export const knownAs = (constant: string): string | undefined => SPELLED.get(squeezed(constant))

/** `organisation/model`, as hubs and gateways write it. */
export function splitHubName(name: string): { organisation: string; model: string } | undefined {
  const match = /^(?:~?)([A-Za-z0-9][\w.-]{0,60})\/([A-Za-z0-9][\w.:@-]{1,100})$/.exec(name)
  const [, organisation = '', model = ''] = match ?? []
  return match ? { organisation, model } : undefined
}
