// Every format of lock file and manifest, as its tool writes it: which package about AI in which version, on which line.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { evidenceOf } from '../testing.ts'
import { readLock } from './locks.ts'
import { readSource } from './read-file.ts'

const LOCKS: [file: string, text: string, expected: [name: string, version: string, line: number][]][] = [
  [
    'package-lock.json',
    '{\n  "packages": {\n    "": {\n      "dependencies": { "openai": "^4.0.0" }\n    },\n    "node_modules/openai": {\n      "version": "4.20.1",\n      "dev": true\n    },\n    "node_modules/left-pad": {\n      "version": "1.0.0"\n    },\n    "node_modules/x/node_modules/@ai-sdk/openai": {\n      "version": "1.2.3"\n    }\n  }\n}\n',
    [
      ['openai', '4.20.1', 6],
      ['@ai-sdk/openai', '1.2.3', 13],
    ],
  ],
  [
    'pnpm-lock.yaml',
    "lockfileVersion: '9.0'\npackages:\n\n  openai@4.20.1:\n    resolution: {integrity: x}\n\n  '@ai-sdk/openai@1.2.3(zod@3.0.0)':\n    resolution: {integrity: x}\n\nsnapshots:\n\n  openai@4.20.1(zod@3.0.0): {}\n",
    [
      ['openai', '4.20.1', 4],
      ['@ai-sdk/openai', '1.2.3', 7],
    ],
  ],
  ['old/pnpm-lock.yaml', 'packages:\n  /openai/4.2.0:\n    dev: true\n', [['openai', '4.2.0', 2]]],
  [
    'yarn.lock',
    'openai@^4.0.0, openai@^4.1.0:\n  version "4.20.1"\n  dependencies:\n    zod "1"\n\n"@ai-sdk/openai@npm:^1.0.0":\n  version: 1.2.3\n',
    [
      ['openai', '4.20.1', 1],
      ['@ai-sdk/openai', '1.2.3', 6],
    ],
  ],
  [
    'bun.lock',
    '{\n  "packages": {\n    "openai": ["openai@4.20.1", "", {}, "sha"],\n  }\n}\n',
    [['openai', '4.20.1', 3]],
  ],
  [
    'poetry.lock',
    '[[package]]\nname = "openai"\nversion = "1.30.0"\n\n[[package]]\nname = "six"\nversion = "1"\n',
    [['openai', '1.30.0', 2]],
  ],
  [
    'uv.lock',
    'version = 1\n[[package]]\nname = "langchain-core"\nversion = "0.3.1"\n',
    [['langchain-core', '0.3.1', 3]],
  ],
  ['pdm.lock', '[[package]]\nname = "anthropic"\nversion = "0.40.0"\n', [['anthropic', '0.40.0', 2]]],
  ['pylock.toml', '[[packages]]\nname = "anthropic"\nversion = "0.40.0"\n', [['anthropic', '0.40.0', 2]]],
  [
    'Pipfile.lock',
    '{\n  "default": {\n    "openai": {\n      "index": "pypi",\n      "version": "==1.30.0"\n    }\n  }\n}\n',
    [['openai', '1.30.0', 3]],
  ],
  ['Cargo.lock', '[[package]]\nname = "async-openai"\nversion = "0.20.0"\n', [['async-openai', '0.20.0', 2]]],
  [
    'go.sum',
    'github.com/openai/openai-go v0.1.0 h1:abc=\ngithub.com/openai/openai-go v0.1.0/go.mod h1:abc=\n',
    [['github.com/openai/openai-go', 'v0.1.0', 1]],
  ],
  ['Gemfile.lock', 'GEM\n  specs:\n    ruby-openai (7.0.1)\n      faraday (>= 1)\n', [['ruby-openai', '7.0.1', 3]]],
  [
    'composer.lock',
    '{\n  "packages": [\n    {\n      "name": "openai-php/client",\n      "version": "v0.10.1"\n    }\n  ]\n}\n',
    [['openai-php/client', 'v0.10.1', 4]],
  ],
  [
    'gradle.lockfile',
    '# made\ndev.langchain4j:langchain4j:0.35.0=compileClasspath\nempty=\n',
    [['dev.langchain4j:langchain4j', '0.35.0', 2]],
  ],
  [
    'packages.lock.json',
    '{\n  "dependencies": {\n    "net8.0": {\n      "Azure.AI.OpenAI": {\n        "type": "Direct",\n        "resolved": "2.0.0"\n      }\n    }\n  }\n}\n',
    [['Azure.AI.OpenAI', '2.0.0', 4]],
  ],
]

describe('lock files', () => {
  for (const [file, text, expected] of LOCKS) {
    test(file, () => {
      const found = readLock(file, text)
      assert.deepEqual(
        found.map(({ name, version, line }) => [name, version, line]),
        expected,
      )
    })
  }

  test('who is only needed for tests, and who was asked for, is known where the format says it', () => {
    const [npm] = readLock('package-lock.json', LOCKS[0]?.[1] ?? '')
    assert.equal(npm?.development, true)
    assert.equal(readLock('packages.lock.json', LOCKS.at(-1)?.[1] ?? '')[0]?.direct, true)
    assert.equal(readLock('pnpm-lock.yaml', 'packages:\n  openai@4.20.1:\n')[0]?.direct, false)
  })

  test('lines of any length, and files without an end, take no more than one look', () => {
    const long = `"node_modules/${'a'.repeat(200_000)}`
    assert.deepEqual(readLock('package-lock.json', long.repeat(20)), [])
  })
})

const MANIFESTS: [file: string, text: string, expected: [name: string, version: string | undefined][]][] = [
  [
    'requirements.txt',
    'openai==1.30.0\n    # via -r requirements.in\nmcp==1.2.0\n    # via openai-agents\nanthropic>=0.3 # via\n    #   app (pyproject.toml)\ncohere\n',
    [
      ['openai', '==1.30.0'],
      ['anthropic', '>=0.3'],
      ['cohere', undefined],
    ],
  ],
  ['constraints.txt', 'openai==1.30.0\n', []],
  [
    'environment.yml',
    'name: x\ndependencies:\n  - python=3.11\n  - conda-forge::langchain=0.2\n  - pip:\n      - openai==1.30.0\n',
    [
      ['python', '=3.11'],
      ['langchain', '=0.2'],
      ['openai', '==1.30.0'],
    ],
  ],
  [
    'pom.xml',
    '<project><properties>\n<l4j.version>0.35.0</l4j.version>\n</properties>\n<dependencyManagement><dependencies>\n<dependency>\n<groupId>org.springframework.ai</groupId>\n<artifactId>spring-ai-starter-vector-store-milvus</artifactId>\n</dependency>\n</dependencies>\n</dependencyManagement>\n<dependencies>\n<dependency>\n<groupId>dev.langchain4j</groupId>\n<artifactId>langchain4j</artifactId>\n<version>${l4j.version}</version>\n</dependency>\n</dependencies></project>\n',
    [['dev.langchain4j:langchain4j', '0.35.0']],
  ],
  [
    'gradle/libs.versions.toml',
    '[versions]\nl4j = "0.35.0"\n[libraries]\na = { module = "dev.langchain4j:langchain4j", version.ref = "l4j" }\nb = "com.openai:openai-java:1.0.0"\nc = { group = "io.modelcontextprotocol.sdk", name = "mcp", version = "0.9.0" }\n',
    [
      ['dev.langchain4j:langchain4j', '0.35.0'],
      ['com.openai:openai-java', '1.0.0'],
      ['io.modelcontextprotocol.sdk:mcp', '0.9.0'],
    ],
  ],
]

describe('manifests', () => {
  for (const [file, text, expected] of MANIFESTS) {
    test(file, async () => {
      const { dependencies = [] } = await readSource(file, text)
      assert.deepEqual(
        dependencies.filter(({ direct }) => direct).map(({ name, version }) => [name, version]),
        expected,
      )
    })
  }
})

const lock = (version: string) => `[[package]]\nname = "openai"\nversion = "${version}"\n`

const sdks = async (tree: Record<string, string>) =>
  (await evidenceOf(tree)).collector
    .of('sdks')
    .map(({ name, attributes: { version, purl, range, transitive }, evidence }) => [
      name,
      version,
      purl,
      range,
      transitive,
      evidence.map(({ file }) => file).join(' '),
    ])

describe('versions and package URLs', () => {
  test('a lock file says which version a range means, and what came along', async () => {
    assert.deepEqual(
      await sdks({
        'package.json': '{"dependencies": {"@langchain/openai": "^1.0.0"}}',
        'package-lock.json':
          '{\n"packages": {\n"node_modules/@langchain/openai": {\n"version": "1.2.10"\n},\n"node_modules/openai": {\n"version": "6.25.0"\n}}}',
      }),
      [
        [
          '@langchain/openai',
          '1.2.10',
          'pkg:npm/%40langchain/openai@1.2.10',
          '^1.0.0',
          undefined,
          'package.json package-lock.json',
        ],
        ['openai', '6.25.0', 'pkg:npm/openai@6.25.0', undefined, true, 'package-lock.json'],
      ],
    )
  })

  test('in a tree of several projects the closest lock file counts', async () => {
    const tree = {
      'uv.lock': lock('1.0.0'),
      'a/pyproject.toml': '[project]\ndependencies = ["openai>=1"]\n',
      'a/uv.lock': lock('2.0.0'),
    }
    const [found] = await sdks(tree)
    assert.deepEqual(found?.slice(0, 3), ['openai', '2.0.0', 'pkg:pypi/openai@2.0.0'])
  })

  test('what only came along is no framework in use', async () => {
    const { collector } = await evidenceOf({ 'poetry.lock': '[[package]]\nname = "langchain"\nversion = "0.3.0"\n' })
    assert.deepEqual(collector.of('frameworks'), [])
    assert.deepEqual(
      collector.of('sdks').map(({ name, stance }) => [name, stance]),
      [['langchain', 'inferred']],
    )
  })
})
