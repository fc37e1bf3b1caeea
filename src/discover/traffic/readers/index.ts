// The registry of what logs are read; the first that knows the first lines of a file reads it.
import type { TrafficReader } from '../flow.ts'
import { cef } from './cef.ts'
import { cloudflare } from './cloudflare.ts'
import { coredns } from './coredns.ts'
import { cortex } from './cortex.ts'
import { googleCloud } from './google-cloud.ts'
import { paloAlto } from './palo-alto.ts'
import { route53 } from './route53.ts'
import { squid } from './squid.ts'
import { vpcFlow } from './vpc-flow.ts'
import { zeek } from './zeek.ts'
import { zscaler } from './zscaler.ts'

export const TRAFFIC_READERS: readonly TrafficReader[] = [
  zeek,
  cef,
  paloAlto,
  cortex,
  route53,
  googleCloud,
  zscaler,
  cloudflare,
  squid,
  coredns,
  vpcFlow,
]
