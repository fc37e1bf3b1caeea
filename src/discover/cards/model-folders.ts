// Folders of a tree in which the weights of a model lie, told by the names of the files: what is known of the model stands
// beside them, or in their heads.
import { dirname } from 'node:path'

export interface ModelFolder {
  /** As it is shown; empty for the root. */
  folder: string
  /** On the disk. */
  path: string
  /** Where the root was cloned from. */
  remote?: string | undefined
  weights: string[]
}

const WEIGHTS =
  /\.(?:safetensors|gguf|onnx|keras|h5|ckpt|pth?|tflite|mlmodel)$|(?:^|\/)(?:pytorch_model|adapter_model|model)[\w.-]*\.bin$/i
const MOST_FOLDERS = 2000
const MOST_WEIGHTS = 50

export class ModelFolders {
  readonly #found = new Map<string, ModelFolder>()

  /** `file` as it is shown, `path` on the disk. */
  see(file: string, path: string, remote: string | undefined): void {
    if (!WEIGHTS.test(file)) return
    const end = file.lastIndexOf('/')
    const folder = end < 0 ? '' : file.slice(0, end)
    const known = this.#found.get(folder)
    if (known !== undefined) {
      if (known.weights.length < MOST_WEIGHTS) known.weights.push(file.slice(end + 1))
    } else if (this.#found.size < MOST_FOLDERS) {
      this.#found.set(folder, { folder, path: dirname(path), remote, weights: [file.slice(end + 1)] })
    }
  }

  all(): ModelFolder[] {
    return [...this.#found.values()]
  }
}
