// Where the name of a model comes from, in each language: constants, settings, defaults, options of the command line. The
// names are nobody's, so that none is found but by following it.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { namesOf } from './testing.ts'

const rows: [title: string, tree: Record<string, string>, expected: string[]][] = [
  [
    'Python: a constant of another file',
    {
      'consts.py': 'DEFAULT_MODEL = "gpt-4o"\n',
      'a.py':
        'from openai import OpenAI\nfrom consts import DEFAULT_MODEL\nOpenAI().chat.completions.create(model=DEFAULT_MODEL, messages=[])\n',
    },
    ['gpt-4o'],
  ],
  [
    'Python: a member of a module',
    {
      'pkg/__init__.py': '',
      'pkg/settings.py': 'MODEL = "acme-chat-7b"\n',
      'pkg/a.py':
        'from openai import OpenAI\nfrom . import settings\nOpenAI().chat.completions.create(model=settings.MODEL, messages=[])\n',
    },
    ['acme-chat-7b'],
  ],
  [
    'Python: an f-string',
    {
      'a.py':
        'from openai import OpenAI\nSIZE = "7b"\nOpenAI().chat.completions.create(model=f"acme-{SIZE}-chat", messages=[])\n',
    },
    ['acme-7b-chat'],
  ],
  [
    'Python: a table',
    {
      'a.py':
        'from openai import OpenAI\nMODELS = {"fast": "gpt-4o-mini", "best": "gpt-4.1"}\nOpenAI().chat.completions.create(model=MODELS["best"], messages=[])\n',
    },
    ['gpt-4.1', 'gpt-4o-mini'],
  ],
  [
    'Python: argparse',
    {
      'a.py':
        'import argparse\nfrom openai import OpenAI\np = argparse.ArgumentParser()\np.add_argument("--model", default="acme-7b-instruct")\nargs = p.parse_args()\nOpenAI().chat.completions.create(model=args.model, messages=[])\n',
    },
    ['acme-7b-instruct'],
  ],
  [
    'Python: click',
    {
      'a.py':
        'import click\nfrom openai import OpenAI\n@click.command()\n@click.option("--model", default="acme-7b-instruct")\ndef main(model):\n    OpenAI().chat.completions.create(model=model, messages=[])\n',
    },
    ['acme-7b-instruct'],
  ],
  [
    'Python: typer',
    {
      'a.py':
        'import typer\nfrom openai import OpenAI\ndef main(model: str = typer.Option("acme-7b-instruct")):\n    OpenAI().chat.completions.create(model=model, messages=[])\n',
    },
    ['acme-7b-instruct'],
  ],
  [
    'Python: a class of settings',
    {
      'cfg.py':
        'from dataclasses import dataclass\n@dataclass\nclass Config:\n    model_name: str = "acme-7b-instruct"\n',
      'a.py':
        'from openai import OpenAI\nfrom cfg import Config\ncfg = Config()\nOpenAI().chat.completions.create(model=cfg.model_name, messages=[])\n',
    },
    ['acme-7b-instruct'],
  ],
  [
    'Python: settings of pydantic',
    {
      's.py':
        'from pydantic_settings import BaseSettings\nfrom pydantic import Field\nclass Settings(BaseSettings):\n    chat_model: str = Field(default="acme-7b-instruct", alias="CHAT_MODEL")\nsettings = Settings()\n',
      'a.py':
        'from openai import OpenAI\nfrom s import settings\nOpenAI().chat.completions.create(model=settings.chat_model, messages=[])\n',
    },
    ['acme-7b-instruct'],
  ],
  [
    'Python: a condition',
    {
      'a.py':
        'from openai import OpenAI\nOpenAI().chat.completions.create(model="acme-1b" if fast else "acme-70b", messages=[])\n',
    },
    ['acme-1b', 'acme-70b'],
  ],
  [
    'Python: one or the other',
    {
      'a.py':
        'import os\nfrom openai import OpenAI\nOpenAI().chat.completions.create(model=os.environ.get("M") or "acme-70b", messages=[])\n',
    },
    ['acme-70b'],
  ],
  [
    'Python: what the constructor is given',
    {
      'a.py':
        'from openai import OpenAI\nclass A:\n    def __init__(self, model="acme-70b"):\n        self.model = model\n    def go(self):\n        OpenAI().chat.completions.create(model=self.model, messages=[])\n',
    },
    ['acme-70b'],
  ],
  [
    'Python: settings that are spread',
    {
      'a.py':
        'from openai import OpenAI\nparams = {"model": "acme-70b", "temperature": 0}\nOpenAI().chat.completions.create(**params, messages=[])\n',
    },
    ['acme-70b'],
  ],
  [
    'Python: a key of YAML',
    {
      'config.yaml': 'llm:\n  model: acme-70b\n  temperature: 0\n',
      'a.py':
        'import yaml\nfrom openai import OpenAI\ncfg = yaml.safe_load(open("config.yaml"))\nOpenAI().chat.completions.create(model=cfg["llm"]["model"], messages=[])\n',
    },
    ['acme-70b'],
  ],
  [
    'TypeScript: a constant of another file',
    {
      'models.ts': 'export const MODEL = "acme-70b"\n',
      'a.ts':
        'import OpenAI from "openai"\nimport { MODEL } from "./models"\nnew OpenAI().responses.create({ model: MODEL })\n',
    },
    ['acme-70b'],
  ],
  [
    'Python: a loop over an enumeration of another file, by names and by values',
    {
      'kinds.py': 'import enum\nclass Tongue(enum.StrEnum):\n  pol = "pl"\n  eng = "en"\n\nclass Plain:\n  no = "no"\n',
      'a.py':
        'from transformers import VitsModel\nfrom kinds import Tongue, Plain\nfor one in Tongue:\n  VitsModel.from_pretrained("acme/say-2-" + one.name)\n  VitsModel.from_pretrained(f"acme/hear-2-{one.value}")\nfor two in Plain:\n  VitsModel.from_pretrained("acme/see-2-" + two.name)\n',
    },
    ['acme/hear-2-en', 'acme/hear-2-pl', 'acme/say-2-eng', 'acme/say-2-pol'],
  ],
  [
    'TypeScript: an enum',
    {
      'models.ts': 'export enum Models { Fast = "acme-1b", Best = "acme-70b" }\n',
      'a.ts':
        'import OpenAI from "openai"\nimport { Models } from "./models"\nnew OpenAI().responses.create({ model: Models.Best })\n',
    },
    ['acme-70b'],
  ],
  [
    'TypeScript: an object',
    {
      'a.ts':
        'import OpenAI from "openai"\nconst MODELS = { best: "acme-70b" } as const\nnew OpenAI().responses.create({ model: MODELS.best })\n',
    },
    ['acme-70b'],
  ],
  [
    'TypeScript: a template',
    {
      'a.ts':
        'import OpenAI from "openai"\nconst size = "70b"\nnew OpenAI().responses.create({ model: `acme-${size}` })\n',
    },
    ['acme-70b'],
  ],
  [
    'TypeScript: a checked environment',
    {
      'env.ts':
        'import { z } from "zod"\nexport const env = z.object({ LLM_MODEL: z.string().default("acme-70b") }).parse(process.env)\n',
      'a.ts':
        'import OpenAI from "openai"\nimport { env } from "./env"\nnew OpenAI().responses.create({ model: env.LLM_MODEL })\n',
    },
    ['acme-70b'],
  ],
  [
    'TypeScript: a default of a parameter',
    {
      'a.ts':
        'import OpenAI from "openai"\nexport async function ask(q: string, model = "acme-70b") { return new OpenAI().responses.create({ model }) }\n',
    },
    ['acme-70b'],
  ],
  [
    'TypeScript: a field',
    {
      'a.ts':
        'import OpenAI from "openai"\nclass A { private model = "acme-70b"; go() { return new OpenAI().responses.create({ model: this.model }) } }\n',
    },
    ['acme-70b'],
  ],
  [
    'TypeScript: commander',
    {
      'a.ts':
        'import { Command } from "commander"\nimport OpenAI from "openai"\nconst o = new Command().option("-m, --model <m>", "model", "acme-70b").parse().opts()\nnew OpenAI().responses.create({ model: o.model })\n',
    },
    ['acme-70b'],
  ],
  [
    'Go: a constant',
    {
      'a.go':
        'package a\nimport "github.com/sashabaranov/go-openai"\nconst model = "acme-70b"\nfunc f() { openai.NewClient("").CreateChatCompletion(ctx, openai.ChatCompletionRequest{Model: model}) }\n',
    },
    ['acme-70b'],
  ],
  [
    'Go: a constant of another file of the package',
    {
      'a.go':
        'package a\nimport "github.com/sashabaranov/go-openai"\nfunc f() { openai.NewClient("").CreateChatCompletion(ctx, openai.ChatCompletionRequest{Model: defaultModel}) }\n',
      'b.go': 'package a\n// openai\nconst defaultModel = "acme-70b"\n',
    },
    ['acme-70b'],
  ],
  [
    'Go: a constant of the library',
    {
      'a.go':
        'package a\nimport "github.com/sashabaranov/go-openai"\nfunc f() { openai.NewClient("").CreateChatCompletion(ctx, openai.ChatCompletionRequest{Model: openai.GPT4oMini}) }\n',
    },
    ['gpt-4o-mini'],
  ],
  [
    'Go: a flag',
    {
      'a.go':
        'package a\nimport ("flag"; "github.com/sashabaranov/go-openai")\nvar model = flag.String("model", "acme-70b", "m")\nfunc f() { openai.NewClient("").CreateChatCompletion(ctx, openai.ChatCompletionRequest{Model: *model}) }\n',
    },
    ['acme-70b'],
  ],
  [
    'Java: a constant of another class',
    {
      'src/C.java': 'package p;\npublic class C { public static final String MODEL = "acme-70b"; /* langchain4j */ }\n',
      'src/A.java':
        'package p;\nimport dev.langchain4j.model.openai.OpenAiChatModel;\nclass A { Object m = OpenAiChatModel.builder().modelName(C.MODEL).build(); }\n',
    },
    ['acme-70b'],
  ],
  [
    'Java: a default in an annotation',
    {
      'A.java':
        'import dev.langchain4j.model.openai.OpenAiChatModel;\nimport org.springframework.beans.factory.annotation.Value;\nclass A { @Value("${ai.model:acme-70b}") private String model; Object m() { return OpenAiChatModel.builder().modelName(model).build(); } }\n',
    },
    ['acme-70b'],
  ],
  [
    'Java: a key of settings',
    {
      'application.properties': 'ai.model=acme-70b\nspring.ai.openai.chat.options.model=gpt-4o\n',
      'A.java':
        'import dev.langchain4j.model.openai.OpenAiChatModel;\nclass A { @Value("${ai.model}") private String model; Object m() { return OpenAiChatModel.builder().modelName(model).build(); } }\n',
    },
    ['acme-70b', 'gpt-4o'],
  ],
  [
    'Kotlin: a constant',
    {
      'A.kt':
        'import com.aallam.openai.api.model.ModelId\nimport com.aallam.openai.client.OpenAI\nconst val MODEL = "acme-70b"\nval m = ModelId(MODEL)\n',
    },
    ['acme-70b'],
  ],
  [
    'C#: a constant',
    {
      'A.cs':
        'using OpenAI.Chat;\nclass A { const string Model = "acme-70b"; object C() => new ChatClient(model: Model, apiKey: k); }\n',
    },
    ['acme-70b'],
  ],
  [
    'C#: when nothing is configured',
    {
      'A.cs':
        'using OpenAI.Chat;\nclass A { object C(IConfiguration c) => new ChatClient(c["Model"] ?? "acme-70b", k); }\n',
    },
    ['acme-70b'],
  ],
  [
    'C#: settings of the app',
    {
      'appsettings.json': '{"OpenAI":{"ChatModel":"acme-70b","ApiKey":""}}',
      'A.cs':
        'using OpenAI.Chat;\nclass A { object C(IConfiguration c) => new ChatClient(c["OpenAI:ChatModel"], k); }\n',
    },
    ['acme-70b'],
  ],
  [
    'Rust: a constant',
    {
      'a.rs':
        'use async_openai::types::CreateChatCompletionRequestArgs;\nconst MODEL: &str = "acme-70b";\nfn f() { CreateChatCompletionRequestArgs::default().model(MODEL).build(); }\n',
    },
    ['acme-70b'],
  ],
  [
    'Ruby: a constant',
    { 'a.rb': 'require "openai"\nMODEL = "acme-70b"\nOpenAI::Client.new.chat(parameters: { model: MODEL })\n' },
    ['acme-70b'],
  ],
  [
    'Ruby: the environment',
    { 'a.rb': 'require "openai"\nOpenAI::Client.new.chat(parameters: { model: ENV.fetch("MODEL", "acme-70b") })\n' },
    ['acme-70b'],
  ],
  [
    'PHP: a constant of the class',
    {
      'a.php':
        '<?php\nuse OpenAI;\nclass A { const MODEL = "acme-70b"; function f() { OpenAI::client($k)->chat()->create(["model" => self::MODEL]); } }\n',
    },
    ['acme-70b'],
  ],
  [
    'PHP: the environment',
    { 'a.php': '<?php\nuse OpenAI;\nOpenAI::client($k)->chat()->create(["model" => env("MODEL", "acme-70b")]);\n' },
    ['acme-70b'],
  ],
]

for (const [title, tree, expected] of rows) {
  test(title, async () => assert.deepEqual(await namesOf(tree, 'models'), expected))
}

test('a source file called env is code', async () => {
  const tree = {
    'src/env.py': 'import openai\nc = openai.OpenAI()\nr = c.responses.create(model="gpt-4o", input="x")\n',
  }
  assert.deepEqual(await namesOf(tree, 'models'), ['gpt-4o'])
})
