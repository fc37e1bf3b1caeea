// Credentials as they stand, and as they stand in base64, hexadecimal, escapes and styled letters.
import { alsoEncoded } from '../../encoded/also-encoded.ts'
import { secrets } from './secrets.ts'

export const encodedSecrets = alsoEncoded(secrets)
