// Every row of knowledge is tried: a row that matches nothing, or that another row hides, is a mistake.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { evidenceOf, namesOf } from '../testing.ts'
import { DEFAULT_MODELS } from './default-models.ts'
import { HOSTS, providerOfHost } from './hosts.ts'
import { familyOf, FAMILIES } from './models.ts'
import { packageNamed, packageOfModule, PACKAGES } from './packages.ts'
import { providerNamed, providerOfClass } from './providers.ts'
import { processorMs } from '../../lib/testing.ts'

const LANGUAGES = {
  pypi: 'python',
  npm: 'typescript',
  golang: 'go',
  maven: 'java',
  nuget: 'csharp',
  cargo: 'rust',
  gem: 'ruby',
  composer: 'php',
  'github-actions': '',
}

describe('packages', () => {
  for (const one of PACKAGES) {
    test(`${one.ecosystem} ${one.name}`, () => {
      assert.equal(packageNamed(one.ecosystem, one.name), one)
      for (const module of one.modules) {
        const meant = packageOfModule(LANGUAGES[one.ecosystem], module)
        assert(meant, `${module} is not found`)
        // Two packages may share a module; then they must agree on what it shows.
        assert.deepEqual(
          [meant.provider ?? meant.adapts, meant.vectorStore],
          [one.provider ?? one.adapts, one.vectorStore],
        )
      }
    })
  }
  test('each is listed once', () => {
    const keys = PACKAGES.map(({ ecosystem, name }) => `${ecosystem} ${name.toLowerCase()}`)
    assert.deepEqual(
      keys.filter((key, at) => keys.indexOf(key) !== at),
      [],
    )
  })
  test('a package that only begins alike is another', () => {
    assert.equal(packageOfModule('python', 'openai_helpers'), undefined)
    assert.equal(packageOfModule('typescript', 'openai-edgeless'), undefined)
    assert.equal(packageNamed('golang', 'github.com/openai/openai-go-tools'), undefined)
    assert.equal(packageNamed('golang', 'github.com/cohere-ai/cohere-go/v2')?.provider, 'cohere')
  })
})

/** One for each rule that asks for a path. */
const PATHS = ['/ai/run/x', '/serving-endpoints/x', '/api/v2/cortex/x', '/auth/generative-language', '/.api/completions/stream', '/chat/', '/duckchat/v1/chat', '/copilot'] // prettier-ignore

describe('hosts', () => {
  test('each stands there once', () => {
    const named = HOSTS.map(({ host }) => host)
    assert.deepEqual(
      named.filter((host, at) => named.indexOf(host) !== at),
      [],
    )
  })
  for (const rule of HOSTS) {
    const host = rule.host.replaceAll('*', 'acme')
    test(rule.host, () => {
      const path = rule.paths ? PATHS.find((one) => rule.paths?.test(one)) : undefined
      assert.equal(providerOfHost(host, path)?.provider, rule.provider)
      assert.equal(providerOfHost(`eu.${host}`.toUpperCase(), path)?.provider, rule.provider)
      const near = rule.host.startsWith('*') ? [] : [`not${host}`]
      for (const other of [`${host}.evil.test`, ...near]) assert.notEqual(providerOfHost(other, path), rule, other)
      if (rule.paths) assert.equal(providerOfHost(host)?.paths, undefined)
    })
  }
  test('hosts that serve other things are left alone', () => {
    for (const host of [
      'fonts.googleapis.com',
      'www.googleapis.com',
      'storage.googleapis.com',
      's3.amazonaws.com',
      'huggingface.co',
      'openai.com',
      'google.com',
      'localhost',
      'github.com',
      'www.bing.com',
      'mychatgpt.com',
    ]) {
      assert.equal(providerOfHost(host), undefined, host)
    }
  })
})

describe('names of models', () => {
  for (const { vendor, role, pattern, hits, misses } of FAMILIES) {
    test(`${vendor} ${role}: ${hits[0]}`, () => {
      for (const name of hits) assert.match(name, pattern)
      for (const name of misses) assert.equal(familyOf(name), undefined, name)
    })
  }
  test('no name takes long, however it is repeated', () => {
    const tails = ['-1', '-1b', '.1', '.a', '-a', '-mini', '-v1', '-latest', ':a', '-7b', '1']
    let tried = 0
    const took = processorMs(() => {
      for (const { pattern, hits } of FAMILIES) {
        for (const name of hits) {
          for (const tail of tails) {
            pattern.test(`${(name + tail.repeat(40)).slice(0, 118)}!`)
            tried += 1
          }
        }
      }
    })
    assert(took < tried, 'more than a millisecond for each')
  })
})

describe('models that libraries take by themselves', () => {
  const modules: Record<string, [file: string, line: string]> = {
    'dev.langchain4j': [
      'A.java',
      'import dev.langchain4j.model.embedding.EmbeddingModel;\nclass A { Object e = new CALL(); }',
    ],
    chromadb: ['a.py', 'import chromadb\nx = chromadb.CALL("a")'],
    llama_index: ['a.py', 'from llama_index.embeddings.openai import CALL\nx = CALL()'],
  }
  for (const { calls, from, model } of DEFAULT_MODELS) {
    for (const call of calls) {
      test(`${call}: ${model}`, async () => {
        const key = Object.keys(modules).find((one) => from.test(one)) ?? ''
        const [file, line] = modules[key] ?? ['a.py', 'from langchain_openai import CALL\nx = CALL()']
        const { collector } = await evidenceOf({ [file]: line.replaceAll('CALL', call) })
        assert(collector.of('models').some((item) => item.name === model && item.stance === 'implicit'))
      })
    }
  }
})

test('a provider goes by one name', () => {
  for (const [word, provider] of [
    ['google_genai', 'google'],
    ['vertex_ai', 'google-vertex-ai'],
    ['bedrock_converse', 'aws-bedrock'],
    ['X-AI', 'xai'],
  ] as const) {
    assert.equal(providerNamed(word), provider)
  }
  assert.equal(providerNamed('http'), undefined)
})

test('all eight languages show an import of an SDK and the model that is asked', async () => {
  const trees: Record<string, string> = {
    'a.py': 'from openai import OpenAI\nOpenAI().responses.create(model="gpt-4.1")\n',
    'a.ts': 'import OpenAI from "openai"\nnew OpenAI().responses.create({ model: "gpt-4.1" })\n',
    'a.go':
      'package a\nimport "github.com/openai/openai-go"\nfunc f() { c.New(ctx, openai.Params{Model: "gpt-4.1"}) }\n',
    'A.java':
      'import com.openai.client.OpenAIClient;\nclass A { void f() { p.builder().model("gpt-4.1").build(); } }\n',
    'a.kt': 'import com.aallam.openai.client.OpenAI\nfun f() { val m = ModelId("gpt-4.1") }\n',
    'a.cs': 'using OpenAI.Chat;\nclass A { object c = new ChatClient(model: "gpt-4.1", key); }\n',
    'a.rs': 'use async_openai::Client;\nfn f() { let r = Args::default().model("gpt-4.1").build(); }\n',
    'a.rb': 'require "openai"\nOpenAI::Client.new.chat(parameters: { model: "gpt-4.1" })\n',
    'a.php': "<?php use OpenAI\\Client; $c = OpenAI::client($k); $c->chat()->create(['model' => 'gpt-4.1']);\n",
  }
  for (const [file, text] of Object.entries(trees)) {
    assert.deepEqual(await namesOf({ [file]: text }, 'models'), ['gpt-4.1'], file)
    assert.deepEqual(await namesOf({ [file]: text }, 'providers'), ['openai'], file)
  }
})

test('a class that only sounds like a provider, or counts its tokens, asks nobody', () => {
  for (const name of ['CoherenceEvaluator', 'MistralTokenizer', 'GPT2TokenizerFast'])
    assert.equal(providerOfClass(name), undefined, name)
  assert.equal(providerOfClass('CohereEmbeddings'), 'cohere')
})
