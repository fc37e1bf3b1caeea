// Everything an operator can set. Secrets are references, never values.
import { z } from 'zod'
import { IssuersConfig } from '../admit/issuers.ts'
import { GatewayLimits, RoutesConfig, UpstreamsConfig } from '../enforce/config.ts'
import { PricesConfig } from '../enforce/spend/prices.ts'
import { RecordRule } from '../enforce/record-rule.ts'
import { GuardsConfig } from '../enforce/policy.ts'
import { LEVELS } from '../model/risk.ts'
import { RESOURCE_LIMITS } from '../detect/detectors/resource/limits.ts'
import { LogConfig } from '../prove/publish/config.ts'
import { ScanSettings } from './scans/config.ts'

const secret = (text: string) => z.string().min(1).describe(text).meta({ secret: true })

const MIB = 1024 * 1024

const Limits = z.strictObject({
  headerSeconds: z.int().min(1).max(120).default(10).describe('a client must have sent its headers by then'),
  requestSeconds: z.int().min(1).max(3600).default(60).describe('a client must have sent its whole request by then'),
  connections: z.int().min(10).max(100_000).default(2000).describe('most connections at once'),
  bodyBytes: z
    .int()
    .min(1024)
    .max(64 * MIB)
    .default(MIB)
    .describe('most bytes of a request body, where a route says nothing else'),
  eventStreams: z.int().min(1).max(10_000).default(200).describe('most live event streams at once'),
  eventStreamsPerAccount: z.int().min(1).max(1000).default(12).describe('most live event streams of one account'),
  workers: z.int().min(1).max(64).default(2).describe('most jobs that run at once'),
})

const LogSettings = z.strictObject({
  origin: LogConfig.shape.origin,
  keys: z
    .array(secret('a private Ed25519 key (PEM)'))
    .max(16)
    .optional()
    .describe(
      'keys of the log in the order of their use, the same for every replica; made in the data directory unless given',
    ),
  checkpointSeconds: z.int().min(1).max(60).default(30).describe('how long an entry may wait for a checkpoint'),
  publish: LogConfig.shape.publish,
})

const RiskSettings = z.strictObject({
  appetite: z
    .enum(LEVELS)
    .default('medium')
    .describe('residual risk up to this level needs no second person to accept'),
  acceptanceDays: z.int().min(1).max(730).default(365).describe('most days a risk may be accepted for'),
  acceptanceDaysAboveAppetite: z.int().min(1).max(365).default(90).describe('the same for a risk above the appetite'),
  reviewDays: z.int().min(1).max(730).default(90).describe('days after which a system is to be reviewed again'),
})

const Secrets = z.strictObject({
  keys: z
    .array(secret('a key of 32 bytes in base64'))
    .max(16)
    .optional()
    .describe(
      'keys that secrets in the database are encrypted with, the newest first, the same for every replica; made in the data directory unless given',
    ),
})

const count = (fallback: number, text: string) => z.int().min(1).max(1e9).default(fallback).describe(text)

const DetectLimits = z.strictObject({
  characters: count(RESOURCE_LIMITS.characters, 'longest text, in characters'),
  tokens: count(RESOURCE_LIMITS.tokens, 'most tokens of a text, estimated'),
  repeated: count(RESOURCE_LIMITS.repeated, 'how many characters may say again what was said before'),
  depth: count(RESOURCE_LIMITS.depth, 'deepest nesting of brackets, elements, quotations and lists'),
  unpackRatio: count(RESOURCE_LIMITS.unpackRatio, 'how many times its size a packed part may unpack to'),
  unpackedBytes: count(RESOURCE_LIMITS.unpackedBytes, 'a packed part may unpack to so many bytes in any case'),
  expanded: count(RESOURCE_LIMITS.expanded, 'how many characters entities or aliases may stand for'),
  pile: count(RESOURCE_LIMITS.pile, 'how many combining marks may pile up'),
})

const ClassifierSettings = z.strictObject({
  model: z
    .string()
    .min(1)
    .max(4096)
    .optional()
    .describe('ONNX file of a text classifier that adds its score; none unless named'),
  vocabulary: z.string().min(1).max(4096).optional().describe('its vocabulary; else the vocab.txt beside the model'),
  threshold: z.number().min(0.01).max(0.99).default(0.5).describe('score from which on the classifier flags a text'),
  tokens: z.int().min(8).max(8192).default(512).describe('most tokens that the model reads at once'),
  seconds: z.int().min(1).max(600).default(30).describe('how long the classifier may take for a text'),
})

const Detect = z.strictObject({
  limits: DetectLimits.prefault({}).describe('from where on a text counts as built to exhaust'),
  classifier: ClassifierSettings.prefault({}).describe('a classifier of your own'),
})

const days = (fallback: number, text: string) => z.int().min(1).max(3650).default(fallback).describe(text)

const RecordSettings = z.strictObject({
  ...RecordRule.shape,
  days: days(90, 'days after which a call is forgotten; its seal in the log stays'),
  contentDays: days(30, 'days after which the words of a call are forgotten, where they are kept'),
  usageDays: days(800, 'days after which the sums by day are forgotten'),
  commitMs: z.int().min(1).max(10_000).default(250).describe('how long a call may wait to be written'),
  sealSeconds: z.int().min(1).max(3600).default(60).describe('how often calls are sealed and become evidence'),
})

const Headers = z
  .array(secret('a header as `name: value`'))
  .max(20)
  .default([])
  .describe('headers that it is sent with, as in `authorization: Bearer …`')

const ExportSettings = z.strictObject({
  otlp: z
    .strictObject({
      url: z
        .url({ protocol: /^https?$/ })
        .optional()
        .describe('OTLP receiver, as in http://collector:4318; none unless given'),
      headers: Headers,
      spans: z.boolean().default(true).describe('a span for each call'),
      metrics: z.boolean().default(true).describe('durations and tokens as histograms'),
      everySeconds: z.int().min(1).max(3600).default(30).describe('how often metrics are told'),
    })
    .prefault({})
    .describe('OpenTelemetry, over HTTP as JSON'),
  ocsf: z
    .strictObject({
      file: z.string().min(1).max(4096).optional().describe('file that events are written to, a line each'),
      fileBytes: z.int().min(65_536).max(1e11).default(104_857_600).describe('a file of this size is put aside'),
      fileCount: z.int().min(0).max(1000).default(5).describe('how many full files are kept'),
      url: z
        .url({ protocol: /^https?$/ })
        .optional()
        .describe('where lists of events are posted to as JSON'),
      headers: Headers,
      syslog: z
        .url({ protocol: /^(udp|tcp|tls)$/ })
        .optional()
        .describe('syslog receiver, as in tls://siem.example:6514; udp:// and tcp:// as well'),
    })
    .prefault({})
    .describe('events of the Open Cybersecurity Schema Framework'),
})

export type Config = z.infer<typeof Config>
export const Config = z.strictObject({
  host: z.string().min(1).max(253).default('127.0.0.1').describe('address to listen on'),
  port: z.int().min(0).max(65535).default(8787).describe('port to listen on; 0 takes a free one'),
  publicUrl: z
    .url({ protocol: /^https?$/ })
    .refine((url) => new URL(url).origin === url, 'must be an origin, as in https://parapet.example')
    .optional()
    .describe('the origin people type, as in https://parapet.example'),
  behindTls: z.boolean().default(false).describe('a proxy in front speaks TLS and is the only way in'),
  trustedProxies: z
    .array(z.string().min(1).max(100))
    .max(50)
    .default([])
    .describe(
      'addresses or networks of proxies whose X-Forwarded-For is believed; with behindTls those on this machine always are',
    ),
  allowedHosts: z
    .array(z.string().regex(/^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)$/i, 'a host name without port'))
    .max(50)
    .default([])
    .describe('further host names this server answers to'),
  dataDir: z.string().min(1).default('parapet-data').describe('folder for the embedded store, keys and checkpoints'),
  databaseUrl: secret('PostgreSQL to use in place of the embedded store').optional(),
  browser: z
    .string()
    .min(1)
    .max(1000)
    .optional()
    .describe('path of a Chromium that prints reports as PDF; looked for in the usual places unless given'),
  log: LogSettings.prefault({}).describe('the evidence log'),
  upstreams: UpstreamsConfig.default({}).describe('where models are, by a name of your choice'),
  routes: RoutesConfig.default({}).describe('which models are served, and by which upstreams'),
  issuers: IssuersConfig.default([]).describe('who vouches for callers of models beside gateway keys (OpenID Connect)'),
  guards: GuardsConfig.prefault({}).describe('what is in force on every route'),
  prices: PricesConfig.default({}).describe(
    'what models cost, by name or pattern, also as `upstream:model`; for others the list prices are known',
  ),
  record: RecordSettings.prefault({}).describe('what is kept of calls to models, and for how long'),
  export: ExportSettings.prefault({}).describe('who else is told of calls to models, never with a word of them'),
  gateway: GatewayLimits.prefault({}).describe('bounds of the gateway'),
  secrets: Secrets.prefault({}).describe('keeping secrets encrypted'),
  risk: RiskSettings.prefault({}).describe('how much risk is borne, by whom and for how long'),
  limits: Limits.prefault({}).describe('bounds'),
  detect: Detect.prefault({}).describe('what is looked for in texts'),
  scans: ScanSettings.prefault({}).describe('looking for AI in sources'),
  logLevel: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent'])
    .default('warn')
    .describe('how much the server tells on standard error'),
})
