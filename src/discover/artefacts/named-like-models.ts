// Which files of a tree are named like a model. Most trees hold none, and then nothing else of what reads models is needed.

const NAMED_SO =
  /\.(?:pkl|pickle|p|dill|joblib|sav|pt|pth|bin|ckpt|h5|hdf5|keras|onnx|gguf|ggml|safetensors|np[yz]|pb|pbtxt|tflite|mlmodel|skops|nemo|mar|rds|rda|rdata|llamafile|pmml|msgpack|model|params|pdparams|pdmodel|weights|xgb|cbm|engine|plan|trt)$/i

export const isNamedLikeModel = (file: string): boolean => NAMED_SO.test(file)
