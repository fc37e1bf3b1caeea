// Keys of providers that are handed on in headers, and headers that only look like it.
import { tryTrees } from '../../testing.ts'

tryTrees([
  [
    'whose key is handed on in a header is asked by another',
    'providers',
    {
      'a.py':
        'import requests\nh = {"X-OpenAI-Api-Key": KEY, "x-cohere-api-key": OTHER}\nrequests.post(WEAVIATE, headers=h)\n',
      'a.ts': 'import weaviate from "weaviate-client"\nconnect({ headers: { "X-HuggingFace-Api-Key": key } })\n',
    },
    ['cohere', 'huggingface', 'openai'],
  ],
  [
    'headers of the house, and those that are let through',
    'providers',
    {
      'a.py':
        'import weaviate\nh = {"X-Acme-Api-Key": KEY, "X-Google-Api-Key": MAPS, "X-Api-Key": K}\nallowed = ["X-OpenAI-Api-Key"]\n',
      'a.yaml': 'openapi: 3.1.0\nheaders:\n  X-OpenAI-Api-Key: { schema: { type: string } }\n',
    },
    [],
  ],
])
