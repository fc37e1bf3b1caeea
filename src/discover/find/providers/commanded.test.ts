// Commands that reach a provider: each row of knowledge by its example, and what only speaks of one.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { PROVIDER_COMMANDS } from '../../knowledge/commands.ts'
import { namesOf, tryTrees } from '../../testing.ts'

describe('each row finds what its example says', () => {
  for (const { example, provider } of PROVIDER_COMMANDS)
    test(example, async () =>
      assert.deepEqual(await namesOf({ 'a.sh': `#!/bin/sh\n# llm\n${example}\n` }, 'providers'), [provider]),
    )
})

tryTrees([
  [
    'what a script prints, and other services of the same clouds, ask nobody',
    'providers',
    {
      'a.sh':
        '# llm\necho "run ollama pull acme first"\naz cognitiveservices account list\naws s3 cp a b\ngcloud ai-platform jobs list\n',
    },
    [],
  ],
])
