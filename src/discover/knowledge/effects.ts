// What a tool can do, from its name, its words and what its code calls. The strongest effect counts.

export const EFFECTS = ['exec', 'money', 'write', 'egress', 'network-read', 'read', 'none'] as const
export type Effect = (typeof EFFECTS)[number]

const BY_WORDS: readonly [Effect, RegExp][] = [
  [
    'exec',
    /\b(?:exec(?:ute)?|bash|shell|terminal|run_?(?:code|command|script|python|query)|eval|python_?repl|code_?interpreter|computer|subprocess|sandbox)\b/,
  ],
  [
    'money',
    /\b(?:pay(?:ment|out)?|transfer_?(?:money|funds)|refund|purchase|buy|checkout|charge|invoice|trade|place_?order|withdraw)\b/,
  ],
  [
    'write',
    /\b(?:create|update|write|edit|delete|remove|insert|save|put|patch|add|set|move|rename|merge|push|commit|replace|upload|deploy|book|cancel|schedule|modify|drop|append|close|assign|fork)\b/,
  ],
  ['egress', /\b(?:send|post|publish|email|mail|notify|tweet|message|webhook|share|reply|comment)\b/],
  [
    'network-read',
    /\b(?:fetch|search|browse|crawl|scrape|download|http|url|web|internet|weather|news|wikipedia|navigate|extract|map|research)\b/,
  ],
  [
    'read',
    /\b(?:read|get|list|query|lookup|look_?up|find|retrieve|show|view|load|describe|status|log|diff|inspect|select|count)\b/,
  ],
]

const BY_CALLS: readonly [Effect, RegExp][] = [
  [
    'exec',
    /(?:^|\.)(?:subprocess\.\w+|os\.system|os\.popen|exec|eval|execSync|spawn|spawnSync|execFile|create_subprocess_(?:exec|shell)|Popen|child_process\.\w+|exec\.Command(?:Context)?|Runtime\.getRuntime\(\)\.exec|ProcessBuilder|Process\.Start|system|shell_exec|Command\.new)$/,
  ],
  [
    'write',
    /(?:^|\.)(?:writeFile|writeFileSync|write_text|write_bytes|unlink|rmtree|insertOne|insert_one|updateOne|update_one|deleteOne|delete_one|save|saveDocument|WriteFile|putObject|put_object|commit|mkdir|rename|appendFile)$/,
  ],
  [
    'egress',
    /(?:^|\.)(?:send_message|sendMail|send_mail|sendEmail|requests\.post|httpx\.post|axios\.post|chat_postMessage|sendmail)$/,
  ],
  [
    'network-read',
    /(?:^|\.)(?:fetch|requests\.get|httpx\.get|axios|axios\.get|urlopen|http\.Get|got|AsyncClient|ClientSession|axiosInstance\.\w+)$/,
  ],
  [
    'read',
    /(?:^|\.)(?:readFile|readFileSync|read_text|read_bytes|readdir|listdir|execute|query|findOne|find_one|ReadFile|glob)$/,
  ],
]

export function effectOf(name: string, description: string, calls: readonly string[]): Effect {
  const byCalls = BY_CALLS.find(([, pattern]) => calls.some((call) => pattern.test(call)))?.[0]
  if (byCalls === 'exec') return byCalls
  const words = name
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll(/[_.:/-]+/g, ' ')
    .toLowerCase()
  // `get_invoice_status` looks something up, whatever it is about.
  const looksUp = /^(?:get|list|read|look ?up|find|retrieve|show|view|describe|count|check|is|has)\b(?!.* and )/.test(
    words,
  )
  const byName: Effect | undefined = looksUp
    ? (BY_WORDS.find(([effect, pattern]) => effect === 'network-read' && pattern.test(words))?.[0] ?? 'read')
    : BY_WORDS.find(([, pattern]) => pattern.test(words))?.[0]
  if (byName !== undefined && byName !== 'read') return byName
  const said = description.slice(0, 200).toLowerCase().split(/[.\n]/)[0] ?? ''
  const byText = byName ?? BY_WORDS.find(([, pattern]) => pattern.test(said))?.[0]
  return strongest(byCalls, byText) ?? 'none'
}

function strongest(...effects: readonly (Effect | undefined)[]): Effect | undefined {
  return EFFECTS.find((effect) => effects.includes(effect))
}
