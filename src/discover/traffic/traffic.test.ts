import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { TRAFFIC_READERS } from './readers/index.ts'
import { isShadow, shadowAi } from './shadow.ts'
import { observe, tabs, zeekHead } from './testing.ts'

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

const HANDSHAKES = [
  ...zeekHead('ts uid id.orig_h id.orig_p id.resp_h id.resp_p server_name'),
  tabs('1763719200.5 | C1 | 10.0.0.7 | 50000 | 104.18.7.192 | 443 | api.openai.com'),
  tabs('1763719200.6 | C2 | 10.0.0.8 | 50000 | 1.2.3.4 | 443 | api.openai.com.evil.example'),
]
const CONNECTIONS = [
  ...zeekHead('ts uid id.orig_h id.orig_p id.resp_h id.resp_p orig_bytes resp_bytes'),
  tabs('1763719200.5 | C1 | 10.0.0.7 | 50000 | 104.18.7.192 | 443 | 20000 | 5000'),
  tabs('1763719200.6 | C2 | 10.0.0.8 | 50000 | 1.2.3.4 | 443 | 777 | 5000'),
]

test('a connection whose handshake named the host is one call, with its bytes', async () => {
  for (const files of [
    [HANDSHAKES, CONNECTIONS],
    [CONNECTIONS, HANDSHAKES],
  ]) {
    const [openai, ...others] = shadowAi(await observe(...files), { providers: [], sanctioned: undefined })
    assert.deepEqual(
      [openai?.provider, openai?.users, openai?.calls, openai?.sent, openai?.received, others.length],
      ['openai', 1, 1, 20_000, 5000, 0],
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
