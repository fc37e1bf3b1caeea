import assert from 'node:assert/strict'
import { test } from 'node:test'
import { unwrapped } from './cells.ts'
import { TRAFFIC_READERS } from './readers/index.ts'
import { observe } from './testing.ts'

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
