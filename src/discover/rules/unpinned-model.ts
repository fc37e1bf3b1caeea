// Whoever may write to a repository on a hub changes what runs here with the next start.
import { field, lastName, textField } from '../syntax/expr.ts'
import { defineRule } from './define.ts'
import { calls, hit, isTrue } from './look.ts'

const FETCHES =
  /^(?:from_pretrained|pipeline|SentenceTransformer|CrossEncoder|snapshot_download|hf_hub_download|HuggingFaceEmbeddings?)$/

export const unpinnedModel = defineRule({
  id: 'unpinned-model',
  title: 'A model is fetched without a fixed revision',
  severity: 'medium',
  confidence: 0.8,
  threats: ['supply-chain-model-poisoning'],
  controls: ['supply-chain-manage', 'runtime-model-integrity'],
  remedy: 'name the commit of the model (`revision="<commit>"`), or serve a copy of your own',
  *checkUnit(unit, evidence) {
    if (unit.format !== 'code' && unit.format !== 'notebook') return
    const told = new Set<string>()
    for (const [call, { scope, asked }] of calls(unit)) {
      // What lies here already is not fetched.
      if (isTrue(field(call, 'local_files_only'))) continue
      if (asked || !FETCHES.test(lastName(call.callee)) || textField(call, 'repo_type') === 'dataset') continue
      if (field(call, 'revision', 'commit_hash', 'model_revision') ?? field(field(call, 'model_kwargs'), 'revision'))
        continue
      const [name] = evidence.resolver.texts(
        field(call, 'model', 'model_name', 'repo_id', 'pretrained_model_name_or_path') ??
          call.args[call.args.length > 1 && lastName(call.callee) === 'pipeline' ? 1 : 0],
        unit,
        scope,
      )
      if (!name || !/^[\w.-]+\/[\w.-]+$/.test(name.text) || /^\.{1,2}\//.test(name.text) || told.has(name.text))
        continue
      // A model and its tokenizer come from one place.
      told.add(name.text)
      const remote =
        isTrue(field(call, 'trust_remote_code')) || isTrue(field(field(call, 'model_kwargs'), 'trust_remote_code'))
      yield hit(unit, call.line, name.text, {
        severity: remote ? 'high' : unit.format === 'notebook' ? 'low' : 'medium',
      })
    }
  },
  examples: {
    hit: [{ 'a.py': 'from transformers import AutoModel\nm = AutoModel.from_pretrained("org/model-7b")\n' }],
    miss: [
      {
        'a.py':
          'from transformers import AutoModel\nm = AutoModel.from_pretrained("org/model-7b", revision="0a1b2c")\n',
      },
      { 'a.py': 'from transformers import AutoModel\nm = AutoModel.from_pretrained("./models")\n' },
      {
        'a.py':
          'from transformers import AutoModel\nm = AutoModel.from_pretrained("org/model-7b", local_files_only=True)\n',
      },
      {
        'a.py':
          'from huggingface_hub import snapshot_download\nsnapshot_download(repo_id="org/data-1", repo_type="dataset")\n',
      },
    ],
  },
})
