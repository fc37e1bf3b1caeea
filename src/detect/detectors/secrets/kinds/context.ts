// Secrets that are known by what stands round them: keys in armour, addresses with a password, headers, files of tools.
import { decodesTo, hasJwtHeader } from '../checksum.ts'
import { entropy } from '../entropy.ts'
import { isPlaceholder } from '../placeholder.ts'
import { isGenerated } from '../randomness.ts'
import type { TokenRow } from '../kind.ts'

const isBody = (armour: string): boolean => {
  const inside = armour.replace(/^-----BEGIN[^-]{0,110}-----/, '').replace(/-----END[^]*$|KEY(?: BLOCK)?-----$/, '')
  const body = inside.replace(/\\[nrt]|\s/g, '')
  return body.length >= 40 && entropy(body) >= 3.5 && !isPlaceholder(body.slice(0, 64))
}

const isPassword = (secret: string): boolean =>
  !isPlaceholder(secret) && !/^[$%<{[*]|[{}<>]|\$\(|^x{3,}$/i.test(secret) && new Set(secret).size > 2

/** In an address even a poor password opens a door, unless it is the very word of the documentation. */
const isPasswordInAddress = (secret: string): boolean =>
  isPassword(secret) || /^(?=.{7})[a-z]{3,}\d{2,4}$/i.test(secret)

const isCredential = (secret: string): boolean =>
  !isPlaceholder(secret) && isGenerated(secret.slice(0, 120).replace(/=+$/, ''), 3)

export const CONTEXT: readonly TokenRow[] = [
  [
    'private-key',
    'Private key',
    '-----BEGIN[ A-Z0-9_-]{0,100}PRIVATE KEY(?: BLOCK)?-----(?:[^-]|-(?!----)){40,6000}(?:-----END[ A-Z0-9_-]{0,100}-----|-----)?',
    { accept: isBody, severity: 'critical', longest: 6300 },
  ],
  [
    'putty-private-key',
    'PuTTY private key',
    'Private-Lines: \\d{1,3}\\s{1,2}(?<secret>(?:[0-9A-Za-z+/=]{1,64}\\s{1,2}){1,60})',
    { entropy: 3.5, severity: 'critical', longest: 4100 },
  ],
  [
    'service-account-key-id',
    'Google service account key id',
    '"private_key_id"\\s{0,4}:\\s{0,4}"(?<secret>[0-9a-z]{40})"',
    { entropy: 2.5, severity: 'medium' },
  ],
  [
    'jwt',
    'JSON Web Token',
    'ey[0-9A-Za-z]{17,1500}[.]ey[0-9A-Za-z/\\\\_-]{17,3000}[.](?:[0-9A-Za-z/\\\\_-]{10,700}={0,2})?',
    { entropy: 3, checksum: hasJwtHeader },
  ],
  [
    'jwt-encrypted',
    'Encrypted JSON Web Token',
    'eyJ[\\w-]{17,800}[.][\\w-]{0,700}[.][\\w-]{10,40}[.][\\w-]{10,3000}[.][\\w-]{16,60}',
    { entropy: 3.5, checksum: hasJwtHeader },
  ],
  ['jwt-base64', 'JSON Web Token in base64', 'ZXlK[0-9A-Za-z+/_-]{48,600}={0,2}', { entropy: 3.5, goesOn: true }],
  [
    'password-in-url',
    'Password in an address',
    '(?<=[a-z0-9+.]{2})://[^\\s:@/"\'`<>\\\\]{0,64}:(?<secret>[^\\s"\'`<>/\\\\@]{2,100}(?:@[^\\s"\'`<>/\\\\@]{1,60})?)@(?=[\\w\\[.-])',
    { gates: ['://'], accept: isPasswordInAddress },
  ],
  [
    'password-in-netrc',
    'Password in a netrc file',
    'machine\\s{1,4}\\S{1,80}\\s{1,8}login\\s{1,4}\\S{1,80}\\s{1,8}password\\s{1,4}(?<secret>\\S{4,100})',
    { accept: isPassword },
  ],
  [
    'curl-auth-user',
    'Password given to curl',
    '(?<=\\s)(?<=\\bcurl\\b[^]{0,300})(?:-u|--user)[ \\t=]{0,5}(?:"(?<secret>[^"\\n]{1,64}:[^"\\n]{3,100})"|\'(?<secret>[^\'\\n]{1,64}:[^\'\\n]{3,100})\'|(?<secret>[^\\s"\'$<{[:]{2,64}:[^\\s"\'$<{[]{4,100}))',
    { gates: ['-u', '--user'], accept: isPair },
  ],
  [
    'authorization-header',
    'Credential in an authorization header',
    'authorization["\']?\\s{0,3}[:=]\\s{0,3}["\'`]?(?:(?:bearer|token|apikey|api-key|key|oauth)\\s{1,3})?(?<secret>[\\w+/=.~:-]{12,400})',
    { anyCase: true, goesOn: true, accept: isCredential },
  ],
  [
    'basic-authorization-header',
    'Password in a basic authorization header',
    'authorization["\']?\\s{0,3}[:=]\\s{0,3}["\'`]?basic\\s{1,3}(?<secret>[0-9A-Za-z+/_-]{8,400}={0,2})',
    { anyCase: true, accept: decodesTo(/^[\x20-\x7e]{1,80}:[\x20-\x7e]{3,}$/) },
  ],
  [
    'bearer-token',
    'Bearer token',
    'bearer\\s{1,2}(?<secret>[\\w+/=.~-]{20,400})',
    { anyCase: true, goesOn: true, accept: isCredential },
  ],
  [
    'password-in-words',
    'Password told in a sentence',
    '(?:password|passcode|passphrase|pwd) (?:[\\w ]{0,40} )?(?:is|was)(?: now)?[ :]{1,3}["\'`]?(?<secret>[^\\s"\'`]{6,64})',
    {
      gates: ['password ', 'passcode ', 'passphrase ', 'pwd '],
      anyCase: true,
      goesOn: true,
      accept: (secret) =>
        isPassword(secret) &&
        /\d/.test(secret) &&
        /[A-Za-z]/.test(secret) &&
        !/^\d+(?:st|nd|rd|th|[a-z]{1,3})$/i.test(secret),
    },
  ],
  [
    'password-option',
    'Password given on a command line',
    '(?:--pass(?:word|wd|phrase)?[ \\t]{1,3}|\\bsshpass -p[ \\t]{0,2})["\']?(?<secret>[^\\s"\'`$<{-][^\\s"\'`]{5,80})',
    {
      gates: ['--pass', 'sshpass'],
      goesOn: true,
      accept: (secret) => isPassword(secret) && /\d/.test(secret) && /[A-Za-z]/.test(secret),
    },
  ],
  [
    'mysql-password',
    'Password given to a database client',
    '(?<=\\bmysql(?:dump|admin)?\\b[^\\n]{0,120}) -p(?<secret>[^\\s"\'`$<{-][^\\s"\'`]{5,80})',
    {
      gates: [' -p'],
      goesOn: true,
      accept: (secret) => isPassword(secret) && /\d/.test(secret) && /[A-Za-z]/.test(secret),
    },
  ],
  [
    'nuget-config-password',
    'Password in a NuGet configuration',
    'ClearTextPassword"\\s{1,4}value\\s{0,2}=\\s{0,2}"(?<secret>[^"\\n]{4,100})"',
    { anyCase: true, accept: isPassword },
  ],
  [
    'maven-settings-password',
    'Password in an XML configuration',
    '<(?:password|passphrase|secret|apiKey|accessKey)>(?<secret>[^<>\\s]{6,100})</',
    {
      gates: ['<password>', '<passphrase>', '<secret>', '<apikey>', '<accesskey>'],
      anyCase: true,
      accept: (s) => isPassword(s) && /\d|[^\w]/.test(s),
    },
  ],
  [
    'kubernetes-secret-yaml',
    'Kubernetes secret',
    'kind:[ \\t]{0,4}["\']?Secret["\']?\\s(?:[^]{0,400}?)\\b(?:data|stringData):\\s{1,20}[\\w.-]{1,80}:[ \\t]{0,4}["\']?(?<secret>[\\w+/=-]{8,400})',
    { anyCase: true, accept: isPassword },
  ],
  [
    'kubernetes-secret-yaml-data-first',
    'Kubernetes secret',
    '\\bdata:\\s{1,20}[\\w.-]{1,80}:[ \\t]{0,4}["\']?(?<secret>[\\w+/=-]{8,400})["\']?\\s(?:[^]{0,400}?)\\bkind:[ \\t]{0,4}["\']?Secret\\b',
    { gates: ['data:'], anyCase: true, accept: isPassword },
  ],
  [
    'ethereum-private-key',
    'Private key of a wallet',
    '(?:private[_-]?key|wallet[_-]?key|secret[_-]?key)[\\w-]{0,20}["\']?\\s{0,3}[:=]?\\s{0,3}["\']?(?<secret>(?:0x)?[0-9a-f]{64})(?![0-9a-z])',
    {
      gates: ['privatekey', 'private_key', 'private-key', 'wallet_key', 'walletkey', 'secret_key', 'secretkey'],
      anyCase: true,
      entropy: 3,
      severity: 'critical',
    },
  ],
  [
    'aws-key-pair',
    'AWS secret access key',
    '(?<![0-9A-Za-z+/=])(?:AKIA|ASIA)[A-Z0-9]{16}["\',:;\\s|]{1,6}(?:[\\w -]{0,40}[:=]\\s{0,2}["\']?)?(?<secret>[0-9A-Za-z+/]{40})(?![0-9A-Za-z+/=])',
    { gates: ['akia', 'asia'], entropy: 4, severity: 'critical' },
  ],
]

function isPair(pair: string): boolean {
  const at = pair.indexOf(':')
  const [user, password] = [pair.slice(0, at), pair.slice(at + 1)]
  if (/^[$%<{[]/.test(user) || /[$]\{|\{\{|\$[A-Z_(]/.test(pair) || !isPassword(password)) return false
  return !/^(?:user(?:name)?|test|admin|xxx|foo)$/i.test(user) || /\d/.test(password)
}
