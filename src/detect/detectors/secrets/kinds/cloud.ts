// Credentials of clouds, hosting, networks, identity and secret stores.
import { decodesTo, hasAwsAccount } from '../checksum.ts'
import type { TokenRow } from '../kind.ts'

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'
const mixed = (s: string): boolean => /\d/.test(s) && /[A-Za-z]/.test(s)

export const CLOUD: readonly TokenRow[] = [
  ['aws-access-token', 'AWS access key id', '(?:AKIA|ASIA|ABIA|ACCA|A3T[A-Z0-9])[A-Z0-9]{16}', { gates: ['akia', 'asia', 'abia', 'acca', 'a3t'], entropy: 3, checksum: hasAwsAccount, accept: (s) => /\d/.test(s) || hasAwsAccount(s) }],
  ['aws-mws-token', 'Amazon MWS auth token', `amzn[.]mws[.]${UUID}`, {}],
  ['gcp-api-key', 'Google API key', 'AIza[\\w-]{35}(?![\\w-])', { entropy: 3.4, accept: mixed }],
  ['gcp-oauth-client-secret', 'Google OAuth client secret', 'GOCSPX-[\\w-]{28}(?![\\w-])', { entropy: 3 }],
  ['gcp-oauth-access-token', 'Google OAuth access token', 'ya29[.][\\w-]{30,400}', { entropy: 3.5 }],
  ['gcp-oauth-refresh-token', 'Google OAuth refresh token', '1//0[\\w-]{40,110}', { entropy: 3.5 }],
  ['gcp-oauth-client-id', 'Google OAuth client id', '[0-9]{6,14}-[0-9a-z]{32}[.]apps[.]googleusercontent[.]com', { gates: ['.apps.googleusercontent.com'], back: 47, severity: 'low' }],
  ['firebase-cloud-messaging-key', 'Firebase messaging key', 'AAAA[\\w-]{7}:APA91b[\\w-]{120,160}', { gates: [':apa91b'], back: 11 }],
  ['azure-ad-client-secret', 'Azure AD client secret', '(?<![\\w~.-])[\\w~.]{3}\\dQ~[\\w~.-]{31,34}(?![\\w~.-])', { gates: ['q~'], back: 4, entropy: 3.4, accept: (s) => (s.match(/~/g)?.length ?? 0) <= 3 && mixed(s) }],
  ['azure-storage-key', 'Azure storage account key', '(?:AccountKey|SharedAccessKey)=(?<secret>[0-9A-Za-z+/]{42,88}={0,2})', { gates: ['accountkey=', 'sharedaccesskey='], entropy: 3.5, severity: 'critical' }],
  ['azure-sas-signature', 'Azure shared access signature', 'sig=(?<secret>[0-9A-Za-z%+/]{43,63}(?:%3[Dd]|=))', { entropy: 3.5 }],
  ['azure-key-signed', 'Azure resource key', '[0-9A-Za-z+/]{52}JQQJ99[A-Z0-9]{2}A[A-L][0-9A-Za-z+/]{14,24}', { gates: ['jqqj99'], back: 52, entropy: 4 }],
  ['azure-devops-key', 'Azure platform key', '[0-9A-Za-z]{33}(?:AZDO|APIM|AzSe|ACDb|ASt|AzCa|AzFu|ARm|AIoT|AMLW)[0-9A-Za-z+/=]{5,44}', { gates: ['azdo', 'apim', 'azse', 'acdb', 'azca', 'azfu', 'aiot', 'amlw'], back: 76, entropy: 4.3, accept: mixed }],
  ['alibaba-access-key-id', 'Alibaba Cloud access key id', 'LTAI[0-9A-Za-z]{12,20}', { entropy: 2.5, accept: mixed }],
  ['tencent-secret-id', 'Tencent Cloud secret id', 'AKID[0-9A-Za-z]{32}', { entropy: 3.5 }],
  ['yandex-aws-access-token', 'Yandex Cloud static key', 'YC[A-Z]{2}[0-9A-Za-z_-]{36}', { gates: ['yca', 'ycb', 'ycc', 'ycd', 'yce', 'ycf', 'ycg', 'ych', 'yci', 'ycj', 'yck', 'ycl', 'ycm', 'ycn', 'yco', 'ycp', 'ycq', 'ycr', 'ycs', 'yct', 'ycu', 'ycv', 'ycw', 'ycx', 'ycy', 'ycz'], entropy: 3.8, accept: mixed }],
  ['yandex-api-key', 'Yandex Cloud API key', 'AQVN[\\w-]{35,38}', { entropy: 3 }],
  ['yandex-access-token', 'Yandex Cloud IAM token', 't1[.][0-9A-Z]?[\\w-]{0,80}[=]{0,2}[.][\\w-]{40,86}={0,2}', { gates: ['t1.'], entropy: 3.5, anyCase: true, accept: mixed }],
  ['yandex-oauth-token', 'Yandex OAuth token', 'y0_[\\w-]{52,60}', { entropy: 3.5 }],
  ['oracle-cloud-id', 'Oracle Cloud resource id', 'ocid1[.](?:user|tenancy)[.]oc1[.][.][0-9a-z]{60}', { severity: 'low' }],
  ['digitalocean-pat', 'DigitalOcean personal token', 'dop_v1_[0-9a-f]{64}', { entropy: 3 }],
  ['digitalocean-access-token', 'DigitalOcean access token', 'doo_v1_[0-9a-f]{64}', { entropy: 3 }],
  ['digitalocean-refresh-token', 'DigitalOcean refresh token', 'dor_v1_[0-9a-f]{64}', { entropy: 3, anyCase: true }],
  ['heroku-api-key-v2', 'Heroku API key', 'HRKU-(?:AA[\\w-]{58}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})', { entropy: 3 }],
  ['flyio-access-token', 'Fly.io token', '(?:fo1_[\\w-]{43}|fm[12][ar]?_[0-9A-Za-z+/]{100,800}={0,3})(?![\\w+/=-])', { gates: ['fo1_', 'fm1a_', 'fm1r_', 'fm2_', 'fm1_', 'fm2a_', 'fm2r_'], entropy: 3.5 }],
  ['netlify-pat', 'Netlify personal token', 'nfp_[0-9A-Za-z]{36}', { entropy: 3 }],
  ['render-api-key', 'Render API key', 'rnd_[0-9A-Za-z]{28,36}', { entropy: 3.5 }],
  ['scalingo-api-token', 'Scalingo token', 'tk-us-[\\w-]{48}', { entropy: 2 }],
  ['deno-deploy-token', 'Deno Deploy token', 'dd[po]_[0-9A-Za-z]{36}', { gates: ['ddp_', 'ddo_'], entropy: 3 }],
  ['supabase-token', 'Supabase token', 'sbp_(?:v0_)?[0-9a-f]{40}', { entropy: 3 }],
  ['supabase-secret-key', 'Supabase secret key', 'sb_secret_[\\w-]{22}_[\\w-]{8}', { entropy: 3.5 }],
  ['cloudflare-origin-ca-key', 'Cloudflare origin CA key', 'v1[.]0-[0-9a-f]{24}-[0-9a-f]{146}', { entropy: 2 }],
  ['cloudflare-token', 'Cloudflare API token', 'cf(?:ut|at|k)_[0-9A-Za-z]{40}[0-9a-f]{8}', { gates: ['cfut_', 'cfat_', 'cfk_'], entropy: 3 }],
  ['tailscale-key', 'Tailscale key', 'tskey-[a-z]{3,12}-[0-9A-Za-z]{10,20}-[0-9A-Za-z]{20,36}', { entropy: 2.3 }],
  ['defined-networking-api-token', 'Defined Networking token', 'dnkey-[\\w=-]{26}-[\\w=-]{52}', { entropy: 3 }],
  ['netbird-token', 'NetBird token', 'nbp_[0-9A-Za-z]{36}', { entropy: 3 }],
  ['vault-service-token', 'HashiCorp Vault service token', 'hv[sr][.][\\w-]{24,140}', { gates: ['hvs.', 'hvr.'], entropy: 3.5 }],
  ['vault-batch-token', 'HashiCorp Vault batch token', 'hvb[.][\\w-]{90,300}', { entropy: 3.5 }],
  ['vault-legacy-token', 'HashiCorp Vault legacy token', '(?<![0-9A-Za-z_$])s[.][0-9A-Za-z]{24}(?![\\w(])', { gates: ['s.'], entropy: 3.5, accept: (s) => (s.match(/\d/g)?.length ?? 0) >= 2 && /[a-z]/.test(s.slice(2)) && !/[a-z]{9}/.test(s) }],
  ['hashicorp-tf-api-token', 'Terraform Cloud token', '[0-9a-z]{14}[.]atlasv1[.][0-9a-z_=-]{60,70}', { gates: ['.atlasv1.'], back: 14, entropy: 3.5, anyCase: true }],
  ['pulumi-api-token', 'Pulumi token', 'pul-[0-9a-f]{40}', { entropy: 2.5 }],
  ['doppler-api-token', 'Doppler token', 'dp[.](?:pt|ct|sa|scim|audit|st)[.](?:[a-z0-9_-]{2,35}[.])?[0-9A-Za-z]{40,44}', { gates: ['dp.pt.', 'dp.ct.', 'dp.sa.', 'dp.scim.', 'dp.audit.', 'dp.st.'], entropy: 2.5 }],
  ['infisical-token', 'Infisical service token', 'st[.][0-9a-f]{24}[.][0-9a-f]{32}[.][0-9a-f]{32}', { entropy: 3 }],
  ['1password-secret-key', '1Password secret key', 'A3-[A-Z0-9]{6}-(?:[A-Z0-9]{11}|[A-Z0-9]{6}-[A-Z0-9]{5})-[A-Z0-9]{5}-[A-Z0-9]{5}-[A-Z0-9]{5}', { entropy: 3.2 }],
  ['1password-service-account-token', '1Password service account', 'ops_eyJ[0-9A-Za-z+/_-]{200,1500}={0,3}', { entropy: 4 }],
  ['age-secret-key', 'age secret key', 'AGE-SECRET-KEY-1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}', { entropy: 3 }],
  ['authress-service-client-access-key', 'Authress access key', '(?:sc|ext|scauth|authress)_[0-9a-z]{5,30}[.][0-9a-z]{4,6}[.]acc[_-][0-9a-z-]{10,32}[.][0-9a-z+/_=-]{30,120}', { gates: ['sc_', 'ext_', 'scauth_', 'authress_'], entropy: 2, anyCase: true }],
  ['clerk-secret-key', 'Clerk or WorkOS secret key', 'sk_(?:live|test)_[a-z0-9]{8,}[A-Z][0-9A-Za-z]{24,110}', { gates: ['sk_live_', 'sk_test_'], entropy: 3.5 }],
  ['openshift-user-token', 'OpenShift user token', 'sha256~[\\w-]{43}(?!\\w)', { entropy: 3.5, accept: (s) => longMixed(s.slice(7)) }],
  ['kubernetes-service-account', 'Kubernetes service account token', 'eyJhbGciOiJSUzI1NiIsImtpZCI6I[\\w-]{10,400}[.][\\w-]{40,2000}[.][\\w-]{40,700}', { entropy: 4, checksum: decodesTo(/^\{"alg/) }],
  ['harness-api-key', 'Harness access token', '(?:pat|sat)[.][\\w-]{22}[.][0-9A-Za-z]{24}[.][0-9A-Za-z]{20}', { gates: ['pat.', 'sat.'], entropy: 3 }],
  ['prefect-api-token', 'Prefect API token', 'pn[ub]_[0-9A-Za-z]{36}', { gates: ['pnu_', 'pnb_'], entropy: 2.5 }],
  ['octopus-deploy-api-key', 'Octopus Deploy API key', '(?<![\\w-])API-[A-Z0-9]{26,32}', { entropy: 3, accept: (s) => (s.match(/\d/g)?.length ?? 0) >= 2 && !/^API-[0-9A-F]{32}$/.test(s) }],
  ['infracost-api-token', 'Infracost API key', 'ico-[0-9A-Za-z]{32}', { entropy: 3, accept: (s) => /[A-Z]/.test(s) && !/^ico-[0-9a-f]{32}$/.test(s) }],
]

function longMixed(text: string): boolean {
  return /\d/.test(text) && /[a-z]/.test(text) && /[A-Z]/.test(text) && !/x{5}/i.test(text)
}
