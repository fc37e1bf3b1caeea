// Which files of a tree are named like a model. Most trees hold none, and then nothing else of what reads models is needed.
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { DISCOVER_LIMITS } from '../limits.ts'
import { walk } from '../walk.ts'

const NAMED_SO =
  /\.(?:pkl|pickle|p|dill|joblib|sav|pt|pth|bin|ckpt|h5|hdf5|keras|onnx|gguf|ggml|safetensors|np[yz]|pb|pbtxt|tflite|mlmodel|skops|nemo|mar|rds|rda|rdata|llamafile|pmml|msgpack|model|params|pdparams|pdmodel|weights|xgb|cbm|engine|plan|trt)$/i

export const isNamedLikeModel = (file: string): boolean => NAMED_SO.test(file)

/** A repository holds a thousand other files for each model, so its name decides what is read here. */
export function* namedLikeModels(path: string): Generator<string> {
  if (!statSync(path).isDirectory()) {
    if (isNamedLikeModel(path)) yield path
    return
  }
  for (const file of walk(path, DISCOVER_LIMITS, () => undefined)) if (isNamedLikeModel(file)) yield join(path, file)
}
