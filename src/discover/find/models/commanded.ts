// What a command line is told to serve, to fetch or to ask; one line may hold several.
import type { Unit } from '../../syntax/expr.ts'
import { modelName, plausibleName } from './names.ts'

const OPTION = /(?:^|\s)--(?:served-)?model(?:-name|-id|-path)?[= ]["']?([\w./:@-]+)/g
const FETCHED = /(?:^|\s)(?:vllm serve|ollama (?:pull|run)|lms load) +["']?([\w./:@-]+)/g
/** An indented line of a message tells people what they may do. */
const TOLD = /(?:^|\n)[ \t]+(?:vllm serve|ollama (?:pull|run)|lms load) /
/** Options may stand before the name, and a set of data is fetched in the same way. */
const DOWNLOADED =
  /(?:^|\s)(?:hf|huggingface-cli) download(?![^\n]*--repo-type[= ](?:dataset|space))(?: +--[\w-]+(?: +(?!--)\S+)??){0,8} +["']?([\w.-]+\/[\w.-]+)/g
/** `RUN python -c "…; SentenceTransformer('acme/acme-2')"`: an image fetches what it will need. */
const PREFETCHED =
  /\b(?:SentenceTransformer|CrossEncoder|TextEmbedding|DefaultEmbedding|WhisperModel|from_pretrained|snapshot_download)\((?:\w+=)?\\?["']([\w./:@-]+)\\?["']/g
/** `whisper talk.wav --model tiny`: its sizes are words of every day. */
const WHISPERED =
  /(?:^|[\s;&|])(?:whisper|whisperx|whisper-ctranslate2|insanely-fast-whisper) [^\n;|&]{0,300}?--model(?:-name)?[= ]["']?((?:tiny|base|small|medium|large|turbo)(?:[.-][a-z\d.-]{1,20})?)(?![\w./-])/g
/** `wget https://hub/acme/resolve/main/acme.safetensors`: the weights themselves. */
const WEIGHTS = /\bhttps:\/\/[\w.:-]+\/[\w./@%+-]+\.(?:safetensors|gguf|ckpt|pth?|onnx|tflite)\b/g
const FETCHES = /\b(?:wget|curl|aria2c|gdown)\s|^ADD\s/
/** The body of a request that is sent from a script. */
const ASKED = /[{,]\s*\\?"model\\?"\s*:\s*\\?"([\w./:@-]+)\\?"/g

/** Such a body as a program writes it out: what else a request says stands beside it. */
const BODY = /"(?:messages|prompt|input|contents|max_tokens)"\s*:/

export const writtenOut = (text: string): string[] =>
  BODY.test(text) ? [...text.matchAll(ASKED)].map(([, name = '']) => name) : []

/** Most texts say none of these. */
const SAYS =
  /wget|curl|aria2c|gdown|^ADD |model|serve|ollama|load|from_pretrained|(?:Transformer|Encoder|Embedding|Model)\(/i

export function commandedIn(text: string, unit: Unit): string[] {
  if (!SAYS.test(text)) return []
  if (unit.format === 'code' && /\be\.g\.|\bexample\b/i.test(text)) return []
  const script = unit.language === 'shell' || unit.format === 'yaml'
  const shell = script || unit.language === 'docker'
  const told = unit.format === 'code' && !shell && !text.includes('#!') && TOLD.test(text)
  const sizes = text.includes('whisper') ? [...text.matchAll(WHISPERED)].map(([, size = '']) => size) : []
  const named = [
    OPTION,
    ...(told ? [] : [FETCHED]),
    DOWNLOADED,
    ...(script ? [ASKED] : []),
    ...(shell ? [PREFETCHED] : []),
  ]
    .flatMap((pattern) => [...text.matchAll(pattern)].map(([, name = '']) => name))
    .filter((name) => modelName(name) !== undefined || plausibleName(name))
  const fetched = FETCHES.test(text) ? (text.match(WEIGHTS) ?? []).flatMap((url) => modelName(url)?.name ?? []) : []
  return [...new Set([...sizes, ...named, ...fetched])]
}
