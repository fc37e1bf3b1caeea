// What Python source would do when it is imported, and what it keeps for later. Names are followed through imports and plain
// assignments; strings that hold code are read as code once. It looks for programs that are started, source that is hidden, and
// connections made on import: a model's code has no use for these.
import type { TechniqueId } from '../techniques.ts'
import { type Token, pythonTokens } from './python-tokens.ts'

export interface CodeFinding {
  technique: TechniqueId
  verdict: 'malicious' | 'suspicious'
  why: string
  at: number
}

const RUNS =
  /^(?:os\.(?:system|popen\w*|exec[lv]\w*|spawn\w+|posix_spawnp?|startfile|fork|forkpty|_exit|kill\w*|putenv)|(?:posix|nt)\.\w+|commands\.\w+|popen2\.\w+|pty\.spawn|_posixsubprocess\.\w+|asyncio\.create_subprocess_\w+|runpy\.run_\w+|code\.(?:interact|Interactive\w+|compile_command)|timeit\.(?!default_timer$)\w+|cProfile\.run\w*|profile\.run\w*|ctypes\.(?:CDLL|cdll|WinDLL|windll|PyDLL|pythonapi)[\w.]*|pip\.(?:main|_internal)[\w.]*|marshal\.loads?|types\.(?:CodeType|FunctionType)|webbrowser\.open\w*|builtins\.(?:exec|eval|compile)|__builtins__\.\w+|sys\.(?:settrace|setprofile)|platform\.popen|importlib\.import_module\.\w+|torch\.utils\.cpp_extension\.load\w*)$/
const STARTS = /^subprocess\.\w+$/
const CONNECTS =
  /^(?:socket\.(?:socket|create_connection)|urllib\.request\.\w+|urllib2\.\w+|urllib\.urlopen|requests\.(?:get|post|put|request|Session|head)|httpx\.\w+|http\.client\.\w+|httplib\.\w+|aiohttp\.\w+|ftplib\.\w+|smtplib\.\w+|telnetlib\.\w+|paramiko\.\w+|xmlrpc\.client\.\w+)$/
const DESTROYS =
  /^(?:shutil\.(?:rmtree|move|copy\w*)|os\.(?:remove|unlink|rmdir|removedirs|rename|replace|chmod|chown|symlink|link|truncate))$/
const POWERFUL = new Set([
  'os',
  'sys',
  'subprocess',
  'builtins',
  'posix',
  'nt',
  'pty',
  'socket',
  'shutil',
  'ctypes',
  'runpy',
  'importlib',
  'commands',
])
const DEPTH = 3

export function scanPython(text: string, depth = 0): CodeFinding[] {
  const tokens = pythonTokens(text)
  const names = aliases(tokens)
  const found: CodeFinding[] = []
  const add = (technique: TechniqueId, verdict: CodeFinding['verdict'], why: string, token: Token) => {
    if (found.length < 50) found.push({ technique, verdict, why, at: token.at })
  }
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]
    if (!token) continue
    const way = indirectly(tokens, i)
    if (way) add('code-executes', 'malicious', `it goes through ${way} to what it may not name`, token)
    if (token.kind !== 'name' || tokens[i - 1]?.text === '.') continue
    const { path, end } = dotted(tokens, i, names)
    const isCall = tokens[end]?.text === '(' && !/^(?:def|class)$/.test(tokens[i - 1]?.text ?? '')
    const isDecorator = tokens[i - 1]?.text === '@'
    if (!isCall && !isDecorator) {
      // A dangerous function that is handed on: `map(os.system, …)`, `x = exec`.
      if (
        /^(?:os\.(?:system|popen)|subprocess\.\w+|builtins\.(?:exec|eval))$/.test(path) &&
        !isImport(tokens, i) &&
        /^[,)]$/.test(tokens[end]?.text ?? '') &&
        path !== 'subprocess.PIPE' &&
        !/^subprocess\.[A-Z]/.test(path)
      )
        add('code-executes', 'malicious', `it hands ${path} on`, token)
      continue
    }
    const args = argumentsOf(tokens, end)
    judgeCall({ path, token, args, depth, add })
  }
  return found
}

/** From any object to any function: by the frame of a function, the tree of classes, the table of built-in names. */
function indirectly(tokens: readonly Token[], i: number): string | undefined {
  const token = tokens[i]
  const isSubscript = tokens[i - 1]?.text === '[' && tokens[i + 1]?.text === ']'
  if (token?.kind === 'string')
    return isSubscript && /^__(?:builtins|globals|subclasses|import)__$/.test(token.text) ? token.text : undefined
  if (token?.kind !== 'name' || tokens[i - 1]?.text !== '.') return undefined
  if (/^__(?:globals|builtins)__$/.test(token.text)) return token.text
  const isWalk = token.text === '__subclasses__' && /^__(?:base|bases|mro)__$|^[\])]$/.test(tokens[i - 2]?.text ?? '')
  return isWalk ? token.text : undefined
}

interface Call {
  path: string
  token: Token
  args: readonly Token[]
  depth: number
  add: (technique: TechniqueId, verdict: CodeFinding['verdict'], why: string, token: Token) => void
}

function judgeCall({ path, token, args, depth, add }: Call): void {
  const literals = args.filter(({ kind }) => kind === 'string').map(({ text }) => text)
  if (path === 'exec' || path === 'builtins.exec')
    return add('code-executes', 'malicious', 'it runs text with exec', token)
  if (path === 'eval') return judgeEval(token, args, literals, depth, add)
  if (path === 'compile' && literals.some((text) => text === 'exec' || text === 'eval'))
    return add('code-executes', 'malicious', 'it compiles text', token)
  if (path === '__import__' || path === 'importlib.import_module' || path === 'builtins.__import__') {
    const [name = ''] = [literals.join('')]
    if (
      POWERFUL.has(name.split('.')[0] ?? '') ||
      (path !== 'importlib.import_module' && args.length > 0 && literals.length === 0)
    )
      add('code-executes', 'malicious', `it imports ${name || 'a computed name'} by ${path}`, token)
    return
  }
  if (path === 'getattr' && args[0]?.kind === 'name' && POWERFUL.has(args[0].text)) {
    const attribute = literals.join('')
    if (attribute === '' || RUNS.test(`${args[0].text}.${attribute}`) || STARTS.test(`${args[0].text}.${attribute}`))
      add('code-executes', 'malicious', `it fetches an attribute of ${args[0].text} by name`, token)
    return
  }
  const isHidden = args.some(({ text }) => /^(?:b64decode|b85decode|fromhex|unhexlify|decompress)$/.test(text))
  if (/^(?:_?pickle|cPickle|dill|cloudpickle|joblib|torch|marshal)\.loads?$/.test(path) && isHidden)
    return add('code-executes', 'malicious', `it calls ${path} on hidden bytes`, token)
  if (RUNS.test(path)) return add('code-executes', 'malicious', `it calls ${path}`, token)
  if (STARTS.test(path)) {
    const isShell = args.some(({ text }, i) => text === 'shell' && args[i + 2]?.text === 'True')
    if (!token.inFunction || isShell || startsShell(literals))
      add('code-executes', 'malicious', `it calls ${path}`, token)
    else add('local-code', 'suspicious', `it calls ${path} in a function`, token)
    return
  }
  if (CONNECTS.test(path) && !token.inFunction) add('code-connects', 'malicious', `it calls ${path} on import`, token)
  if (path === 'open' && !token.inFunction && writesOutside(literals))
    add('code-executes', 'malicious', 'it writes to a file outside its folder on import', token)
  if (DESTROYS.test(path) && !token.inFunction) add('code-executes', 'malicious', `it calls ${path} on import`, token)
}

/** A shell for somebody at the other end, or one that is given its script as an argument. */
const startsShell = ([program = '', option]: readonly string[]) =>
  /^(?:\/[\w./-]*\/)?(?:(?:ba|da|k|z|c)?sh|cmd(?:\.exe)?|powershell(?:\.exe)?|pwsh)(?=$|\s)/i.test(program) &&
  (option === undefined || /^[-/]/.test(option))

const writesOutside = (literals: readonly string[]) =>
  literals.some((text) => /^(?:[wax][bt]?\+?[bt]?|r[bt]?\+[bt]?)$/.test(text)) &&
  literals.some((text) => /^(?:~|\/|[A-Za-z]:[\\/])/.test(text))

function judgeEval(
  token: Token,
  args: readonly Token[],
  literals: readonly string[],
  depth: number,
  add: Call['add'],
): void {
  const isHidden = args.some(({ text }) =>
    /^(?:b64decode|decode|fromhex|decompress|__import__|chr|join|getattr)$/.test(text),
  )
  const isCode = depth < DEPTH && literals.some((text) => scanPython(text, depth + 1).length > 0)
  if (!token.inFunction || isHidden || isCode) add('code-executes', 'malicious', 'it evaluates text', token)
  else add('local-code', 'suspicious', 'it evaluates text in a function', token)
}

/** What names stand for: imports, and names given to other names. */
function aliases(tokens: readonly Token[]): Map<string, string> {
  const names = new Map<string, string>()
  for (let i = 0; i < tokens.length; i++) {
    const word = tokens[i]
    if (word?.kind !== 'name') continue
    if (word.text === 'import' && isLineStart(tokens, i)) readImport(tokens, i, names)
    else if (word.text === 'from' && isLineStart(tokens, i)) readFrom(tokens, i, names)
    else if (tokens[i + 1]?.text === '=' && tokens[i + 2]?.kind === 'name' && isLineStart(tokens, i)) {
      const { path, end } = dotted(tokens, i + 2, names)
      const next = tokens[end]?.text
      if ((next === '\n' || next === ';' || next === undefined) && names.size < 100_000) names.set(word.text, path)
      else if (path === '__import__' && tokens[end + 1]?.kind === 'string')
        names.set(word.text, tokens[end + 1]?.text ?? '')
      else if (path === 'importlib.import_module' && tokens[end + 1]?.kind === 'string')
        names.set(word.text, tokens[end + 1]?.text ?? '')
    }
  }
  return names
}

const isLineStart = (tokens: readonly Token[], i: number) => i === 0 || /^[\n;:]$/.test(tokens[i - 1]?.text ?? '')

function isImport(tokens: readonly Token[], i: number): boolean {
  for (let k = i - 1; k >= 0 && tokens[k]?.text !== '\n'; k--) if (tokens[k]?.text === 'import') return true
  return false
}

function readImport(tokens: readonly Token[], from: number, names: Map<string, string>): void {
  for (let i = from + 1; i < tokens.length && !/^[\n;]$/.test(tokens[i]?.text ?? ''); i++) {
    if (tokens[i]?.kind !== 'name') continue
    const { path, end } = dotted(tokens, i, new Map())
    const alias = tokens[end]?.text === 'as' ? tokens[end + 1]?.text : undefined
    if (alias) names.set(alias, path)
    i = alias ? end + 1 : end - 1
  }
}

function readFrom(tokens: readonly Token[], from: number, names: Map<string, string>): void {
  const { path, end } = dotted(tokens, from + 1, new Map())
  if (tokens[end]?.text !== 'import') return
  for (let i = end + 1; i < tokens.length && !/^[\n;]$/.test(tokens[i]?.text ?? ''); i++) {
    const name = tokens[i]
    if (name?.text === '*') for (const all of STARRED[path] ?? []) names.set(all, `${path}.${all}`)
    if (name?.kind !== 'name') continue
    const hasAlias = tokens[i + 1]?.text === 'as'
    names.set(hasAlias ? (tokens[i + 2]?.text ?? '') : name.text, `${path}.${name.text}`)
    if (hasAlias) i += 2
  }
}

const STARRED: Record<string, readonly string[]> = {
  os: ['system', 'popen', 'execv', 'execl', 'spawnl', 'remove', 'unlink'],
  subprocess: ['run', 'call', 'check_output', 'check_call', 'Popen', 'getoutput'],
}

/** A dotted name from here, its head resolved; `end` is the token after it. */
function dotted(
  tokens: readonly Token[],
  from: number,
  names: ReadonlyMap<string, string>,
): { path: string; end: number } {
  const head = tokens[from]?.text ?? ''
  let path = names.get(head) ?? head
  let end = from + 1
  // __import__('os').system and importlib.import_module('os').system are names too.
  const isImporter = path === '__import__' || path === 'builtins.__import__'
  if (
    isImporter &&
    tokens[end]?.text === '(' &&
    tokens[end + 1]?.kind === 'string' &&
    tokens[end + 2]?.text === ')' &&
    tokens[end + 3]?.text === '.'
  ) {
    path = tokens[end + 1]?.text ?? ''
    end += 3
  }
  while (tokens[end]?.text === '.' && tokens[end + 1]?.kind === 'name') {
    const isTable =
      `${path}.${tokens[end + 1]?.text ?? ''}` === 'sys.modules' &&
      tokens[end + 2]?.text === '[' &&
      tokens[end + 3]?.kind === 'string'
    if (isTable) {
      path = tokens[end + 3]?.text ?? ''
      end += 5
      continue
    }
    path += `.${tokens[end + 1]?.text ?? ''}`
    end += 2
  }
  return { path, end }
}

function argumentsOf(tokens: readonly Token[], open: number): Token[] {
  const args: Token[] = []
  let depth = 0
  for (let i = open; i < tokens.length && args.length < 2000; i++) {
    const token = tokens[i]
    if (!token) break
    if (token.kind === 'op' && '([{'.includes(token.text)) depth++
    if (token.kind === 'op' && ')]}'.includes(token.text) && --depth <= 0) break
    if (i > open) args.push(token)
  }
  return args
}
