import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { unwrapped } from './cells.ts'
import { createObserver, type Observed } from './observe.ts'
import { TRAFFIC_READERS } from './readers/index.ts'
import { isShadow, shadowAi } from './shadow.ts'

/** A small stand-in for the knowledge of hosts: whole names, and a path where a host is shared. */
const serviceOf = (host: string, path: string | undefined): string | undefined => {
  if (host === 'api.openai.com' || host === 'chatgpt.com') return 'openai'
  if (host === 'api.anthropic.com') return 'anthropic'
  if (host === 'shared.example' && path?.startsWith('/ai/')) return 'example'
  return undefined
}

async function observe(...files: string[][]): Promise<Observed> {
  const observer = createObserver(serviceOf)
  for (const [i, lines] of files.entries()) await observer.read(`log-${i}`, each(lines))
  return observer.result()
}

async function* each(lines: readonly string[]) {
  yield* lines
}

const zeekHead = (fields: string) => ['#separator \\x09', `#fields\t${fields.replaceAll(' ', '\t')}`]
const tabs = (text: string) => text.replaceAll(' | ', '\t')

/** One call of ann (or her machine) to OpenAI in each format, and one line that is nobody's business. */
const FORMATS: Record<
  string,
  { lines: string[]; who: string; host?: string; sent?: number; received?: number; seen: string }
> = {
  squid: {
    lines: [
      '1763719200.123    310 10.0.0.7 TCP_TUNNEL/200 16425 CONNECT api.openai.com:443 ann HIER_DIRECT/104.18.7.192 -',
      '1763719201.123     12 10.0.0.8 TCP_MISS/200 900 GET http://news.example/today - HIER_DIRECT/1.2.3.4 text/html',
    ],
    who: 'ann',
    received: 16_425,
    seen: 'http',
  },
  zscaler: {
    lines: [
      '{"sourcetype":"zscalernss-web","event":{"datetime":"2026-11-21 10:00:00","action":"Allowed","requestsize":"5120","responsesize":"900","urlcategory":"AI","ClientIP":"10.0.0.7","user":"ann","department":"Sales","url":"api.openai.com/v1/chat/completions","hostname":"api.openai.com"}}',
      '{"sourcetype":"zscalernss-web","event":{"action":"Allowed","urlcategory":"News","user":"bob","url":"news.example/","hostname":"news.example"}}',
    ],
    who: 'ann',
    sent: 5120,
    received: 900,
    seen: 'http',
  },
  'palo-alto': {
    lines: [
      '<14>Nov 21 10:00:00 fw 1,2026/11/21 10:00:00,0123,THREAT,url,2560,2026/11/21 10:00:00,10.0.0.7,104.18.7.192,,,rule,ann,,ssl,vsys1,trust,untrust,e1,e2,log,,1,1,5000,443,0,0,0x0,tcp,alert,"api.openai.com/v1/chat",(9999),ai,informational,client-to-server',
      '1,2026/11/21 10:00:00,0123,SYSTEM,general,0,2026/11/21 10:00:00,,,,',
    ],
    who: 'ann',
    seen: 'http',
  },
  cloudflare: {
    lines: [
      '{"Datetime":"2026-11-21T10:00:00Z","Email":"ann","HTTPHost":"api.openai.com","HTTPMethod":"POST","URL":"https://api.openai.com/v1/chat","Action":"allow","SourceIP":"10.0.0.7"}',
      '{"Datetime":"2026-11-21T10:00:00Z","Email":"bob","HTTPHost":"news.example","Action":"allow"}',
    ],
    who: 'ann',
    seen: 'http',
  },
  coredns: {
    lines: [
      '2026-11-21T10:00:00.5Z [INFO] 10.0.0.7:54321 - 4711 "A IN API.OpenAI.com. udp 40 false 512" NOERROR qr,rd,ra 96 0.01s',
      '[INFO] 10.0.0.8:1 - 4712 "A IN news.example. udp 40 false 512" NOERROR qr,rd,ra 96 0.01s',
    ],
    who: '10.0.0.7',
    seen: 'dns',
  },
  route53: {
    lines: [
      '{"version":"1.1","account_id":"1","vpc_id":"vpc-1","query_timestamp":"2026-11-21T10:00:00Z","query_name":"api.openai.com.","query_type":"A","query_class":"IN","rcode":"NOERROR","answers":[{"Rdata":"104.18.7.192","Type":"A","Class":"IN"}],"srcaddr":"10.0.0.7","srcport":"5000","transport":"UDP","srcids":{"instance":"i-1"}}',
      '{"version":"1.1","query_timestamp":"2026-11-21T10:00:00Z","query_name":"news.example.","rcode":"NOERROR","srcaddr":"10.0.0.8"}',
    ],
    who: '10.0.0.7',
    seen: 'dns',
  },
  'google-cloud': {
    lines: [
      '{"insertId":"1","jsonPayload":{"queryName":"api.openai.com.","queryType":"A","rdata":"api.openai.com.\\t300\\tIN\\ta\\t104.18.7.192","responseCode":"NOERROR","sourceIP":"10.0.0.7"},"timestamp":"2026-11-21T10:00:00Z"}',
      '{"insertId":"2","jsonPayload":{"queryName":"news.example.","queryType":"A","responseCode":"NOERROR","sourceIP":"10.0.0.8"},"timestamp":"2026-11-21T10:00:00Z"}',
    ],
    who: '10.0.0.7',
    seen: 'dns',
  },
  cortex: {
    lines: [
      '{"LogType":"THREAT","Subtype":"url","TimeGenerated":"2026-11-21T10:00:00Z","SourceAddress":"10.0.0.7","SourceUser":"ann","DestinationAddress":"104.18.7.192","URL":"api.openai.com/v1/chat","Action":"alert"}',
      '{"LogType":"SYSTEM","Subtype":"general","SourceAddress":"10.0.0.8"}',
    ],
    who: 'ann',
    seen: 'http',
  },
  zeek: {
    lines: [
      ...zeekHead('ts uid id.orig_h id.orig_p id.resp_h id.resp_p version cipher server_name'),
      tabs('1763719200.5 | C1 | 10.0.0.7 | 50000 | 104.18.7.192 | 443 | TLSv13 | x | api.openai.com'),
      tabs('1763719200.6 | C2 | 10.0.0.8 | 50000 | 1.2.3.4 | 443 | TLSv13 | x | news.example'),
    ],
    who: '10.0.0.7',
    seen: 'sni',
  },
}

/** The same call as other versions, settings and collectors write it. */
const VARIATIONS: [what: string, format: string, lines: string[], who: string][] = [
  [
    'Squid behind syslog',
    'squid',
    [
      '<134>Nov 21 10:00:00 proxy squid[912]: 1763719200.123 310 10.0.0.7 TCP_TUNNEL/200 16425 CONNECT api.openai.com:443 ann HIER_DIRECT/104.18.7.192 -',
    ],
    'ann',
  ],
  [
    'Squid behind syslog, by a worker',
    'squid',
    [
      'Nov 21 10:00:00 proxy (squid-1): 1763719200.123 310 10.0.0.7 TCP_TUNNEL/200 16425 CONNECT api.openai.com:443 ann HIER_DIRECT/104.18.7.192 -',
    ],
    'ann',
  ],
  [
    'Squid, combined',
    'squid',
    [
      '10.0.0.7 - ann [21/Nov/2026:10:00:00 +0000] "CONNECT api.openai.com:443 HTTP/1.1" 200 16425 "-" "curl/8.0" TCP_TUNNEL:HIER_DIRECT',
    ],
    'ann',
  ],
  [
    'Squid, common, with line ends of Windows',
    'squid',
    [
      '10.0.0.7 - ann [21/Nov/2026:10:00:00 +0000] "POST http://api.openai.com/v1 HTTP/1.1" 200 16425 TCP_MISS:HIER_DIRECT\r',
    ],
    'ann',
  ],
  [
    'Zscaler between tabs, the time first',
    'zscaler',
    [
      '2026-11-21 10:00:00\treason=Allowed\taction=Allowed\tresponsesize=900\trequestsize=5120\turlcategory=AI\tclienttranstime=0\tClientIP=10.0.0.7\tuser=ann\turl=api.openai.com/v1\thostname=api.openai.com',
    ],
    'ann',
  ],
  [
    'Zscaler as CSV without a heading',
    'zscaler',
    [
      '"Sat Nov 21 10:00:00 2026","ann","HTTPS","api.openai.com/v1/chat","Allowed","OpenAI","AI","5120","900","Business","AI","None","None","0","Sales","10.0.0.7"',
    ],
    'ann',
  ],
  [
    'Cloudflare, a session of the network',
    'cloudflare',
    [
      '{"SessionID":"1","SessionStartTime":"2026-11-21T10:00:00Z","Email":"ann","SourceIP":"10.0.0.7","OriginIP":"104.18.7.192","ResolvedFQDN":"api.openai.com","BytesSent":5120,"BytesReceived":900}',
    ],
    'ann',
  ],
  [
    'Palo Alto as JSON, in the other spelling',
    'cortex',
    [
      '{"log_type":{"id":3,"value":"threat"},"sub_type":{"id":1,"value":"url"},"time_generated":"2026-11-21T10:00:00Z","source_ip":{"value":"10.0.0.7"},"source_user":"ann","url_domain":"api.openai.com"}',
    ],
    'ann',
  ],
  [
    'Zscaler in the common event format',
    'cef',
    [
      '<134>Nov 21 10:00:00 nss CEF:0|Zscaler|NSSWeblog|5.7|Allowed|Allowed|3|act=Allowed dhost=api.openai.com src=10.0.0.7 in=900 out=5120 request=api.openai.com/v1 rt=Nov 21 2026 10:00:00 requestClientApplication=Mozilla/5.0 (X11; Linux) suser=ann',
    ],
    'ann',
  ],
  [
    'Palo Alto in the common event format',
    'cef',
    [
      'CEF:0|Palo Alto Networks|PAN-OS|10.0.0|url|THREAT|1|rt=Nov 21 2026 10:00:00 GMT src=10.0.0.7 suser=ann request=api.openai.com/v1 act=alert',
    ],
    'ann',
  ],
  [
    'Palo Alto in the common event format, its addresses in quotes',
    'cef',
    [
      'CEF:0|Palo Alto Networks|PAN-OS|10.2.0|url|THREAT|1|rt=Nov 21 2026 10:00:00 GMT src=10.0.0.7 suser=ann request="api.openai.com/v1" act=alert',
    ],
    'ann',
  ],
  [
    'Palo Alto as its console exports it',
    'palo-alto',
    [
      'Domain,Receive Time,Serial #,Type,Threat/Content Type,Config Version',
      '1,2026/11/21 10:00:00,0123,THREAT,url,2560,2026/11/21 10:00:00,10.0.0.7,104.18.7.192,,,rule,ann,,ssl,vsys1,trust,untrust,e1,e2,log,,1,1,5000,443,0,0,0x0,tcp,alert,"api.openai.com/v1/chat",(9999)',
    ],
    'ann',
  ],
  [
    'Cloudflare, times in nanoseconds',
    'cloudflare',
    [
      '{"Action":"allow","Datetime":1795255200000000000,"Email":"ann","HTTPHost":"api.openai.com","SourceIP":"10.0.0.7","URL":"https://api.openai.com/v1"}',
    ],
    'ann',
  ],
  [
    'CoreDNS within what Docker writes, behind its banner',
    'coredns',
    [
      String.raw`{"log":".:53\n","stream":"stdout","time":"2026-11-21T10:00:00Z"}`,
      String.raw`{"log":"[INFO] 10.0.0.7:5 - 2 \"A IN api.openai.com. udp 41 false 4096\" NOERROR qr,rd,ra 68 0.03s\n","stream":"stdout","time":"2026-11-21T10:00:00Z"}`,
    ],
    '10.0.0.7',
  ],
  [
    'CoreDNS within what Filebeat sends',
    'coredns',
    [
      String.raw`{"@timestamp":"2026-11-21T10:00:00Z","message":"[INFO] 10.0.0.7:5 - 2 \"AAAA IN api.openai.com. udp 41 false 4096\" NOERROR qr 68 0.03s"}`,
    ],
    '10.0.0.7',
  ],
  [
    'Zeek, its members one in the other',
    'zeek',
    ['{"ts":1763719200.5,"id":{"orig_h":"10.0.0.7","resp_h":"1.2.3.4"},"server_name":"api.openai.com"}'],
    '10.0.0.7',
  ],
  [
    'Zeek between commas',
    'zeek',
    ['#separator ,', '#fields,ts,id.orig_h,id.resp_h,server_name', '1763719200.5,10.0.0.7,1.2.3.4,api.openai.com'],
    '10.0.0.7',
  ],
]

for (const [what, format, lines, who] of VARIATIONS) {
  test(`${what}: the call is found, and no line is left unread`, async () => {
    const { uses, logs } = await observe(lines)
    assert.deepEqual(
      uses.map((use) => [use.provider, use.who, use.calls]),
      [['openai', who, 1]],
    )
    assert.deepEqual([logs[0]?.format, logs[0]?.unread], [format, 0])
    assert.deepEqual(
      TRAFFIC_READERS.filter(({ recognises }) => recognises(lines.map(unwrapped))).map(({ id }) => id),
      [format],
    )
  })
}

for (const [what, lines, format = 'vpc-flow'] of [
  [
    'under a heading of version 5, where the packet says nothing of its own',
    [
      'version vpc-id srcaddr dstaddr pkt-srcaddr pkt-dstaddr flow-direction bytes start end action log-status',
      '5 vpc-1 10.0.0.7 104.18.7.192 - - egress 5120 1763719200 1763719260 ACCEPT OK',
    ],
  ],
  [
    'out of CloudWatch',
    [
      '2026-11-21T10:00:00.000Z 2 123456789010 eni-1 10.0.0.7 104.18.7.192 20641 443 6 20 5120 1763719200 1763719260 ACCEPT OK',
      '2026-11-21T10:00:00.000Z 2 123456789010 eni-1 - - - - - - - 1763719200 1763719260 - NODATA',
    ],
  ],
  [
    'of Google',
    [
      '{"jsonPayload":{"bytes_sent":"5120","connection":{"src_ip":"10.0.0.7","dest_ip":"104.18.7.192","src_port":5000,"dest_port":443,"protocol":6},"reporter":"SRC","start_time":"2026-11-21T10:00:00Z"},"timestamp":"2026-11-21T10:00:05Z"}',
      '{"jsonPayload":{"bytes_sent":"5120","connection":{"src_ip":"10.0.0.7","dest_ip":"104.18.7.192"},"src_instance":{"vm_name":"a"},"reporter":"DEST"}}',
    ],
    'google-cloud',
  ],
  [
    'of Cloudflare',
    [
      '{"Datetime":"2026-11-21T10:00:00Z","SourceIP":"10.0.0.7","DestinationIP":"104.18.7.192","SNI":"","BytesSent":5120,"Action":"allow"}',
    ],
    'cloudflare',
  ],
  [
    'of Palo Alto as JSON',
    [
      '{"LogType":"TRAFFIC","Subtype":"end","SourceAddress":"10.0.0.7","DestinationAddress":"104.18.7.192","BytesSent":5120}',
      '{"LogType":"TRAFFIC","Subtype":"start","SourceAddress":"10.0.0.7","DestinationAddress":"104.18.7.192","BytesSent":1}',
    ],
    'cortex',
  ],
] as [string, string[], string?][]) {
  test(`flow logs of a network ${what}: the call is found by its address`, async () => {
    const names = ['{"id.orig_h":"10.0.0.9","query":"api.openai.com","answers":["104.18.7.192"]}']
    const { uses, logs } = await observe(names, [...lines])
    assert.deepEqual(
      uses.filter(({ seen }) => seen === 'address').map((use) => [use.provider, use.who, use.sent]),
      [['openai', '10.0.0.7', 5120]],
    )
    assert.deepEqual([logs[1]?.format, logs[1]?.unread], [format, 0])
  })
}

const PRETTY = ['[', '{', '"Datetime": "2026-11-21T10:00:00Z",', '"Email": "ann", "Policy": "a } \\" b",', '"QueryName": "api.openai.com",', '"Labels": [{"a": 1}]', '}, {', '"QueryName": "x"', '} ]'] // prettier-ignore

for (const [what, format, lines, unread] of [
  [
    'in one line',
    'route53',
    ['[{"query_name":"news.example.","srcaddr":"10.0.0.8"},{"query_name":"api.openai.com.","srcaddr":"10.0.0.7"}]'],
    0,
  ],
  ['over many lines', 'cloudflare', PRETTY, 0],
  ['cut off', 'cloudflare', PRETTY.slice(0, -1), 1],
] as const)
  test(`a list of objects ${what} is read one by one`, async () => {
    const { uses, logs } = await observe([...lines])
    assert.deepEqual([uses.length, logs[0]?.format, logs[0]?.unread], [1, format, unread])
  })

test('what no reader knows is refused whole', async () => {
  const { logs } = await observe(['[{"name":"api.openai.com","decision":"x"}]'], ['hello', 'world'])
  assert.deepEqual(
    logs.map(({ format }) => format),
    [undefined, undefined],
  )
})

for (const [format, { lines, who, sent, received, seen }] of Object.entries(FORMATS)) {
  test(`${format}: the call is found, with who and how much, and nothing else`, async () => {
    const { uses, logs } = await observe(lines)
    assert.deepEqual(
      uses.map((use) => [use.provider, use.who, use.host, use.seen, use.calls, use.sent, use.received]),
      [['openai', who, 'api.openai.com', seen, 1, sent, received]],
    )
    assert.deepEqual([logs[0]?.format, logs[0]?.unread], [format, 0])
  })

  test(`${format} is taken for nothing else`, () => {
    assert.deepEqual(
      TRAFFIC_READERS.filter(({ recognises }) => recognises(lines)).map(({ id }) => id),
      [format],
    )
  })

  test(`${format}: hosts that only look alike are not claimed`, async () => {
    for (const host of [
      'notopenai.com',
      'api.openai.com.evil.test',
      'fonts.googleapis.com',
      'xapi.openai.com.',
      'openai',
    ]) {
      const other = lines.map((line) =>
        line.replaceAll(/api\.openai\.com\.?/gi, `${host}${format === 'coredns' ? '.' : ''}`),
      )
      assert.deepEqual((await observe(other)).uses, [], host)
    }
  })

  test(`${format}: lines cut anywhere and joined with rubbish are read or counted as unread, never thrown at`, async () => {
    const whole = lines.join('\n')
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length), fc.string({ maxLength: 40 }), async (at, rubbish) => {
        const { logs } = await observe(`${whole.slice(0, at)}${rubbish}${whole.slice(at)}`.split('\n'))
        assert.equal(logs.length, 1)
      }),
      { numRuns: 50 },
    )
  })
}

const DNS = [
  ...zeekHead('ts uid id.orig_h id.orig_p id.resp_h id.resp_p query answers'),
  tabs('1763719200.5 | C1 | 10.0.0.7 | 50000 | 10.0.0.1 | 53 | api.openai.com | alias.example,104.18.7.192'),
]
const FLOWS = [
  'version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status',
  '2 123456789012 eni-1 10.0.0.7 104.18.7.192 50000 443 6 20 4096 1763719200 1763719260 ACCEPT OK',
  '2 123456789012 eni-1 10.0.0.9 8.8.8.8 50000 443 6 20 99 1763719200 1763719260 ACCEPT OK',
]

test('an address counts where DNS told what it stands for, whichever log came first', async () => {
  for (const files of [
    [DNS, FLOWS],
    [FLOWS, DNS],
  ]) {
    const { uses } = await observe(...files)
    assert.deepEqual(
      uses.map(({ who, seen, sent }) => [who, seen, sent]),
      [
        ['10.0.0.7', 'address', 4096],
        ['10.0.0.7', 'dns', undefined],
      ],
    )
  }
})

test('an address that stands for something else as well is nobody’s', async () => {
  const shared = [...DNS, tabs('1763719200.7 | C3 | 10.0.0.7 | 50001 | 10.0.0.1 | 53 | news.example | 104.18.7.192')]
  const { uses } = await observe(shared, FLOWS)
  assert.deepEqual(
    uses.map(({ seen }) => seen),
    ['dns'],
  )
})

const lineOf = (path: string) =>
  `1763719200.123 1 10.0.0.7 TCP_MISS/200 5 GET https://shared.example${path} - DIRECT/1.1.1.1 -`

test('a host that serves other things too counts only on its paths', async () => {
  assert.equal((await observe([lineOf('/ai/chat')])).uses.length, 1)
  assert.equal((await observe([lineOf('/news')])).uses.length, 0)
})

test('a file that nobody can read is named, and so are lines that make no sense', async () => {
  const { logs } = await observe(
    ['what is this'],
    ['1763719200.123 1 10.0.0.7 TCP_MISS/200 5 GET http://a.example/ - DIRECT/1.1.1.1 -', 'nonsense'],
  )
  assert.deepEqual(
    logs.map(({ format, lines, unread }) => [format, lines, unread]),
    [
      [undefined, 1, 0],
      ['squid', 2, 1],
    ],
  )
})

test('declared and observed are joined, and shadow use names who', async () => {
  const log = [
    ...(FORMATS['squid']?.lines ?? []),
    '1763719202.123    310 10.0.0.9 TCP_TUNNEL/200 500 CONNECT api.anthropic.com:443 bob HIER_DIRECT/1.1.1.1 -',
  ]
  const observed = await observe(log)
  const all = shadowAi(observed, { providers: ['openai', 'mistral'], sanctioned: undefined })
  assert.deepEqual(
    all.map((one) => [one.provider, one.standing, isShadow(one), one.uses.map(({ who }) => who)]),
    [
      ['anthropic', 'observed', true, ['bob']],
      ['mistral', 'declared', false, []],
      ['openai', 'both', false, ['ann']],
    ],
  )
  const listed = shadowAi(observed, { providers: ['openai'], sanctioned: ['anthropic'] })
  assert.deepEqual(
    listed.filter(isShadow).map(({ provider }) => provider),
    ['openai'],
  )
})

test('what was always blocked is no shadow use', async () => {
  const observed = await observe([
    '1763719200.123 1 10.0.0.7 TCP_DENIED/403 5 CONNECT api.openai.com:443 - HIER_NONE/- -',
  ])
  assert.deepEqual(shadowAi(observed, { providers: [], sanctioned: undefined }).filter(isShadow), [])
})

test('a question to DNS is no second call where the call was seen', async () => {
  const http = FORMATS['zeek']?.lines ?? []
  const [openai] = shadowAi(await observe(DNS, http), { providers: [], sanctioned: undefined })
  assert.deepEqual([openai?.calls, openai?.users], [1, 1])
})
