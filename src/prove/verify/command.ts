// The command line of the verifier, and the only part of it that touches files. Loads what Node has only when it runs,
// so that the verifier can be imported in a browser.
import { NotValid } from './not-valid.ts'
import { verifyDirectory } from './directory.ts'
import { verifyDocument } from './document.ts'
import { verifyProof } from './proof.ts'
import { verifyReport } from './report.ts'
import type { Step, Trust, Verdict } from './steps.ts'

const USAGE = `usage: verify FILE [--key KEY|FILE]... [--checkpoint FILE]... [--json]

FILE is a report (HTML, JSON, or CSV and PDF with FILE.proof.json beside), a .tlog-proof or a folder with an exported log.
--key         a verifier key that you already trust, or a file with one a line
--checkpoint  an older checkpoint that you kept: the log must extend it
--json        print the steps as JSON

exit 0: it verifies; 1: it does not; 2: it could not be checked
`
const MOST_BYTES = 256 * 1024 * 1024

interface Arguments {
  file: string
  keys: string[]
  checkpoints: string[]
  json: boolean
}

class CannotRun extends Error {}

export async function runVerify(args: readonly string[], print: (text: string) => void): Promise<0 | 1 | 2> {
  try {
    const wanted = parseArguments(args)
    if (!wanted) {
      print(USAGE)
      return 2
    }
    const verdict = await verifyPath(wanted.file, await readTrust(wanted))
    print(wanted.json ? `${JSON.stringify(verdict)}\n` : toText(wanted.file, verdict))
    return verdict.ok ? 0 : 1
  } catch (error) {
    if (!(error instanceof CannotRun) && !(error instanceof NotValid)) throw error
    print(`could not check: ${error.message}\n`)
    return 2
  }
}

/** Checks whatever lies at a path. */
export async function verifyPath(path: string, trust: Trust): Promise<Verdict> {
  const [{ stat, readFile, readdir }, { join }] = await Promise.all([import('node:fs/promises'), import('node:path')])
  const about = await stat(path).catch(() => undefined)
  if (!about) throw new CannotRun(`${path} is not there`)
  if (about.size > MOST_BYTES) throw new CannotRun(`${path} is larger than ${MOST_BYTES} bytes`)
  const optional = (name: string) => readFile(name).catch(() => undefined)
  if (about.isDirectory()) {
    return verifyDirectory(
      {
        read: (name) => optional(join(path, name)),
        async checkpoints() {
          const names = (await readdir(join(path, 'checkpoints')).catch(() => [])).filter((name) => /^\d+$/.test(name))
          return Promise.all(names.map((name) => readFile(join(path, 'checkpoints', name), 'utf8')))
        },
      },
      trust,
    )
  }
  const bytes = await readFile(path)
  const text = bytes.toString('utf8')
  if (text.startsWith('c2sp.org/tlog-proof@')) return verifyProof(text, trust)
  const proof = (await optional(`${path}.proof.json`))?.toString('utf8')
  const verdict = await verifyDocument(bytes, trust, proof)
  return verdict ?? verifyReport(text, { ...trust, beside: (sha256) => optional(join(`${path}.attachments`, sha256)) })
}

function parseArguments(args: readonly string[]): Arguments | undefined {
  const wanted: Arguments = { file: '', keys: [], checkpoints: [], json: false }
  for (let i = 0; i < args.length; i++) {
    const [word = '', value] = args.slice(i, i + 2)
    if (word === '--json') wanted.json = true
    else if ((word === '--key' || word === '--checkpoint') && value !== undefined) {
      wanted[word === '--key' ? 'keys' : 'checkpoints'].push(value)
      i++
    } else if (word.startsWith('-') || wanted.file !== '') return undefined
    else wanted.file = word
  }
  return wanted.file === '' ? undefined : wanted
}

async function readTrust({ keys, checkpoints }: Arguments): Promise<Trust> {
  if (keys.length === 0)
    throw new CannotRun('give the verifier key of the log with --key; a report cannot vouch for itself')
  const texts = await Promise.all(keys.map((key) => (/^\S+\+[0-9a-f]{8}\+\S+$/.test(key) ? key : readText(key))))
  return {
    keys: texts.flatMap((text) => text.split('\n').filter((line) => line.trim() !== '')),
    checkpoints: await Promise.all(checkpoints.map(readText)),
  }
}

async function readText(path: string): Promise<string> {
  const { readFile, stat } = await import('node:fs/promises')
  const size = (await stat(path).catch(() => undefined))?.size
  if (size === undefined) throw new CannotRun(`${path} is not there`)
  if (size > MOST_BYTES) throw new CannotRun(`${path} is larger than ${MOST_BYTES} bytes`)
  return readFile(path, 'utf8')
}

function toText(file: string, { ok, steps }: Verdict): string {
  const lines = steps.map((step) => `${step.ok ? '✓' : '✗'} ${step.step.padEnd(12)}${shown(step)}\n`)
  return `${lines.join('')}${ok ? `verified: ${file}` : `NOT VERIFIED: ${file}`}\n`
}

/** Text from the file goes to a terminal: nothing in it may move the cursor. */
function shown({ message, code }: Step): string {
  const safe = message.replaceAll(/[\p{C}]/gu, '?')
  return code === undefined ? safe : `${code}: ${safe}`
}
