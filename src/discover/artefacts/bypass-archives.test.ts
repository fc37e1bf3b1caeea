// Known ways around scanners by containers that two readers take differently. Each file is built here.
import { type Case, judgeAll } from './testing-cases.ts'
import { EVIL, ggufOf, join, op, pickle, tarOf, tensor, torchZip, zipOf } from './testing.ts'

const { call, dict, global, int, text, tuple, list, make } = op
const GOOD = pickle(dict({ w: tensor() }))

const chat = (template: string) => ggufOf({ 'general.architecture': 'llama', 'tokenizer.chat_template': template })

const cases: Case[] = [
  {
    row: 13,
    what: 'has a false flag of encryption',
    file: 'model.pt',
    content: zipOf([{ name: 'a/data.pkl', data: EVIL, flag: 1 }]),
  },
  {
    row: 13,
    what: 'has a wrong checksum',
    file: 'model.pt',
    content: zipOf([{ name: 'a/data.pkl', data: EVIL, crc: 1 }]),
  },
  {
    row: 13,
    what: 'names a member twice, the first harmful',
    file: 'model.pt',
    content: zipOf([
      { name: 'a/data.pkl', data: EVIL },
      { name: 'a/data.pkl', data: GOOD },
    ]),
  },
  {
    row: 13,
    what: 'names a member twice, the last harmful',
    file: 'model.pt',
    content: zipOf([
      { name: 'a/data.pkl', data: GOOD },
      { name: 'a/data.pkl', data: EVIL },
    ]),
  },
  {
    row: 13,
    what: 'names a harmless member twice',
    file: 'model.pt',
    content: zipOf([
      { name: 'a/data.pkl', data: GOOD },
      { name: 'a/data.pkl', data: GOOD },
    ]),
    verdict: 'suspicious',
    technique: 'archive-differs',
  },
  {
    row: 13,
    what: 'names a member otherwise in its local header',
    file: 'model.pt',
    content: zipOf([{ name: 'a/datap.kl', central: 'a/data.pkl', data: GOOD }]),
    verdict: 'suspicious',
    technique: 'archive-differs',
  },
  {
    row: 13,
    what: 'stands behind other bytes',
    file: 'model.pt',
    content: zipOf([{ name: 'a/data.pkl', data: EVIL }], Buffer.from('GIF89a'.repeat(20))),
  },
  {
    row: 13,
    what: 'tells sizes only after the data',
    file: 'model.pt',
    content: zipOf([{ name: 'a/data.pkl', data: EVIL, descriptor: true, method: 8 }]),
  },
  { row: 13, what: 'hides a member from its directory', file: 'model.zip', content: hiddenMember() },
  {
    row: 13,
    what: 'lies in another zip',
    file: 'model.zip',
    content: zipOf([{ name: 'inner.zip', data: zipOf([{ name: 'x.p', data: EVIL, method: 8 }]) }]),
  },
  {
    row: 15,
    what: 'evaluates its magic number',
    file: 'model.pt',
    content: join(pickle(call(global('builtins', 'eval'), text('1'))), GOOD),
  },
  {
    row: 15,
    what: 'is a legacy tar',
    file: 'model.tar',
    content: tarOf([
      { name: 'sys_info', data: pickle(dict({})) },
      { name: 'pickle', data: EVIL },
    ]),
  },
  {
    row: 15,
    what: 'packages source that runs a command',
    file: 'model.pt',
    content: zipOf([
      { name: 'p/.data/extern_modules', data: join('os\n') },
      { name: 'p/hook.py', data: join('import os\ndef go():\n  os.system("x")\n') },
    ]),
  },
  {
    row: 15,
    what: 'reads a file from TorchScript',
    file: 'model.pt',
    content: zipOf([
      { name: 'm/constants.pkl', data: pickle(tuple()) },
      {
        name: 'm/code/__torch__.py',
        data: join(
          'class M(Module):\n  def forward(self, x: Tensor) -> Tensor:\n    y = torch.from_file("/etc/passwd", False, 4)\n    return y\n',
        ),
      },
    ]),
  },
  {
    row: 15,
    what: 'claims more of a storage than there is',
    file: 'model.pt',
    content: torchZip(pickle(dict({ w: tensor({ count: 100, size: 100 }) }))),
    technique: 'layout-broken',
  },
  {
    row: 15,
    what: 'has a view beyond its storage',
    file: 'model.pt',
    content: torchZip(pickle(dict({ w: tensor({ size: 100 }) }))),
    technique: 'layout-broken',
  },
  {
    row: 15,
    what: 'assigns items to a tensor',
    file: 'model.pt',
    content: torchZip(pickle(join(tensor(), '(', int(1), int(2), 'u'))),
    technique: 'layout-broken',
  },
  {
    row: 15,
    what: 'names a class for Lightning to instantiate',
    file: 'model.ckpt',
    content: torchZip(pickle(dict({ hyper_parameters: dict({ class_path: text('os.system') }) }))),
  },
  ...['../../x.py', '/etc/cron.d/x', 'C:\\x.dll', '..\\..\\x', 'a/../../x'].map((name): Case => ({
    row: 26,
    what: `has a member ${name}`,
    file: 'm.zip',
    content: zipOf([{ name, data: join('x') }]),
    technique: 'archive-traversal',
  })),
  {
    row: 26,
    what: 'has a symbolic link out of the folder',
    file: 'm.zip',
    content: zipOf([{ name: 'link', data: join('/etc/passwd'), attributes: 0xa1ff0000 }]),
    technique: 'archive-link',
  },
  {
    row: 26,
    what: 'has a symbolic link out of the folder in a tar',
    file: 'm.tar',
    content: tarOf([{ name: 'a/link', type: '2', link: '../../etc' }]),
    technique: 'archive-link',
  },
  {
    row: 26,
    what: 'has a hard link out of the folder',
    file: 'm.tar',
    content: tarOf([{ name: 'link', type: '1', link: '/etc/passwd' }]),
    technique: 'archive-link',
  },
  {
    row: 26,
    what: 'is a bomb',
    file: 'm.zip',
    content: zipOf([{ name: 'zeros.bin', data: Buffer.alloc(11 * 1024 * 1024), method: 8 }]),
    technique: 'archive-bomb',
  },
  {
    row: 26,
    what: 'is a llamafile',
    file: 'm.llamafile',
    content: zipOf([{ name: 'm.gguf', data: chat('{{ messages }}') }], join("MZqFpD='\n", Buffer.alloc(64))),
    verdict: 'suspicious',
    technique: 'executable-model',
  },
  {
    row: 26,
    what: 'is a .pth file with an import',
    file: 'x.pth',
    content: join('import os; os.system("x")\n'),
    technique: 'archive-imports-at-start',
  },
  {
    row: 12,
    what: 'lists an unknown class of a pickle',
    file: 'm.pkl',
    content: pickle(make('my.own', 'Thing')),
    verdict: 'suspicious',
    technique: 'pickle-unknown-global',
  },
  {
    row: 11,
    what: 'keeps a pickle as base64',
    file: 'm.pkl',
    content: pickle(list(text(EVIL.toString('base64')))),
    verdict: 'suspicious',
    technique: 'pickle-nested',
  },
]

function hiddenMember(): Buffer {
  const whole = zipOf([
    { name: 'a.txt', data: join('text') },
    { name: 'data.p', data: EVIL },
    { name: 'z.txt', data: join('text') },
  ])
  const directory = whole.indexOf('PK\u0001\u0002', 0, 'latin1')
  const second = whole.indexOf('PK\u0001\u0002', directory + 4, 'latin1')
  const third = whole.indexOf('PK\u0001\u0002', second + 4, 'latin1')
  const end = whole.indexOf('PK\u0005\u0006', 0, 'latin1')
  const kept = join(whole.subarray(directory, second), whole.subarray(third, end))
  const record = Buffer.from(whole.subarray(end))
  record.writeUInt16LE(2, 8)
  record.writeUInt16LE(2, 10)
  record.writeUInt32LE(kept.length, 12)
  return join(whole.subarray(0, directory), kept, record)
}

judgeAll(cases)
