// Which server a verb speaks to.
import type { Flag } from '../verb.ts'

export const URL_FLAG: Flag = {
  name: 'url',
  value: 'url',
  about: 'a running server (else PARAPET_URL); PARAPET_TOKEN signs in',
}
