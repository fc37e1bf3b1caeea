// Models that libraries carry in lists of their own, so that no hub is named and one word is enough. Some are told the
// name; of others, what is called is the model. Paths begin with the module that a file imports, whatever it calls it.
import type { Role } from './families/family.ts'

export interface LibraryModel {
  path: RegExp
  role: Role
  /** Keywords that name it; the first argument does so as well. Absent where a group of the path is the name. */
  named?: readonly string[]
  /** What must be given for it to come trained, and what it means when it is not given; absent where it always does. */
  trained?: { by: readonly string[]; otherwise: boolean }
  example: { file: string; text: string; model: string }
}

const python = (text: string, model: string) => ({ file: 'a.py', text, model })
const script = (text: string, model: string) => ({ file: 'a.ts', text, model })

export const LIBRARY_MODELS: readonly LibraryModel[] = [
  {
    path: /^whisper\.load_model$/,
    role: 'transcription',
    named: ['name'],
    example: python('import whisper\nmodel = whisper.load_model("base")\n', 'base'),
  },
  {
    path: /^(?:faster_whisper(?:\.\w+)?\.WhisperModel|whisperx\.load_model|pywhispercpp\.model\.Model)$/,
    role: 'transcription',
    named: ['model_size_or_path', 'whisper_arch', 'model'],
    example: python('from faster_whisper import WhisperModel\nm = WhisperModel("small", device="cpu")\n', 'small'),
  },
  {
    path: /^(?:clip\.load|open_clip\.create_model(?:_and_transforms|_from_pretrained)?)$/,
    role: 'vision',
    named: ['name', 'model_name'],
    example: python('import torch, clip\nmodel, prepare = clip.load("ViT-B/32", device=d)\n', 'ViT-B/32'),
  },
  {
    path: /^timm\.create_model$/,
    role: 'vision',
    named: ['model_name'],
    example: python('import timm\nm = timm.create_model("convnext_tiny", pretrained=True)\n', 'convnext_tiny'),
  },
  {
    path: /^spacy\.load$/,
    role: 'completion',
    named: ['name'],
    example: python('import spacy\nnlp = spacy.load("en_core_web_sm")\n', 'en_core_web_sm'),
  },
  {
    path: /^flair\.(?:nn|models)\.\w+\.load$/,
    role: 'completion',
    named: ['model_path', 'model_name'],
    example: python('from flair.models import SequenceTagger\nt = SequenceTagger.load("ner-large")\n', 'ner-large'),
  },
  {
    path: /^TTS\.api\.TTS$/,
    role: 'speech',
    named: ['model_name'],
    example: python('from TTS.api import TTS\nt = TTS("tts_models/en/acme/vits")\n', 'tts_models/en/acme/vits'),
  },
  {
    path: /^uform\.get_model(?:_onnx)?$/,
    role: 'embedding',
    named: ['model_name'],
    example: python('from uform import get_model\nm = get_model("acme/uform-2")\n', 'acme/uform-2'),
  },
  {
    path: /^keybert\.KeyBERT$/,
    role: 'embedding',
    named: ['model'],
    example: python('from keybert import KeyBERT\nk = KeyBERT("acme-mpnet")\n', 'acme-mpnet'),
  },
  {
    path: /^gensim\.downloader\.load$/,
    role: 'embedding',
    named: ['name'],
    example: python('import gensim.downloader as api\nv = api.load("glove-twitter-25")\n', 'glove-twitter-25'),
  },
  {
    path: /^rembg\.(?:session_factory\.)?new_session$/,
    role: 'vision',
    named: ['model_name'],
    example: python('from rembg import new_session\ns = new_session("isnet-anime")\n', 'isnet-anime'),
  },
  {
    path: /^insightface\.app\.FaceAnalysis$/,
    role: 'vision',
    named: ['name'],
    example: python('from insightface.app import FaceAnalysis\na = FaceAnalysis(name="buffalo_l")\n', 'buffalo_l'),
  },
  {
    path: /^keras_(?:hub|nlp|cv)\.models\.\w+\.from_preset$/,
    role: 'completion',
    named: ['preset'],
    example: python('import keras_hub\nm = keras_hub.models.Causal.from_preset("gemma_2b_en")\n', 'gemma_2b_en'),
  },
  {
    path: /^tensorflow_hub\.(?:load|KerasLayer|Module)$/,
    role: 'embedding',
    named: ['handle'],
    example: python(
      'import tensorflow_hub as hub\nm = hub.load("https://tfhub.dev/google/universal-sentence-encoder/4")\n',
      'google/universal-sentence-encoder/4',
    ),
  },
  {
    path: /^torchvision\.models\.(?:[a-z]+\.)?((?!get_|list_)[a-z]+(?:_?[a-z\d]+)*)$/,
    role: 'vision',
    trained: { by: ['weights', 'pretrained'], otherwise: false },
    example: python('from torchvision import models\nm = models.resnet50(weights="DEFAULT")\n', 'resnet50'),
  },
  {
    path: /^(?:tensorflow\.)?keras\.applications\.(?:\w+\.)?([A-Z]\w*)$/,
    role: 'vision',
    trained: { by: ['weights'], otherwise: true },
    example: python('import tensorflow as tf\nm = tf.keras.applications.MobileNetV2()\n', 'MobileNetV2'),
  },
  {
    path: /^@tensorflow-models\/([\w-]+)(?:\.default)?\.(?:load|create\w+)$/,
    role: 'vision',
    example: script('import * as net from "@tensorflow-models/mobilenet"\nconst m = await net.load()\n', 'mobilenet'),
  },
]

/** What stands round a name in an address from which a library fetches it. */
export const ADDRESS_OF_LIBRARY =
  /^https:\/\/(?:tfhub\.dev|(?:www\.)?kaggle\.com\/models)\/([\w.-]+(?:\/[\w.-]+){1,5}?)(?:\/?(?:\?.*)?)$/
