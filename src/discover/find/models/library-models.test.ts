// Models of libraries' own lists: each row of knowledge, by its example, and what only looks like one.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { LIBRARY_MODELS } from '../../knowledge/library-models.ts'
import { namesOf, tryTrees } from '../../testing.ts'

describe('each row finds what its example says', () => {
  for (const { path, example } of LIBRARY_MODELS)
    test(String(path), async () =>
      assert.deepEqual(await namesOf({ [example.file]: example.text }, 'models'), [example.model]),
    )
})

tryTrees([
  [
    'a shape that is trained from nothing, a list of names, and a file of weights are none',
    'models',
    {
      'a.py':
        'import whisper\nfrom torchvision import models\nfrom tensorflow.keras.applications import ResNet50\na = models.resnet18()\nb = models.vgg16(pretrained=False)\nc = ResNet50(weights=None)\nd = models.get_model("alexnet")\ne = whisper.load_model("./out/tuned.pt")\nf = models.list_models()\n',
    },
    [],
  ],
  [
    'by whichever name the module was imported',
    'models',
    {
      'a.py':
        'import torchvision.models as zoo\nfrom torchvision.models.detection import fasterrcnn_resnet50_fpn as boxes\nfrom faster_whisper import WhisperModel as Ear\na = zoo.vgg16(pretrained=True)\nb = boxes(weights="DEFAULT")\nc = Ear(model_size_or_path="large-v3")\n',
    },
    ['fasterrcnn_resnet50_fpn', 'large-v3', 'vgg16'],
  ],
  [
    'a module of the project that is called like a library holds models of its own',
    'models',
    {
      'whisper.py': 'import torch\ndef load_model(name): ...\n',
      'a.py': 'import torch\nfrom whisper import load_model\nm = load_model("base")\n',
    },
    [],
  ],
])
