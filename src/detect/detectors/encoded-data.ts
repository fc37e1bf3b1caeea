// Personal data, alone and beside credentials, as they stand, and as they stand in base64, hexadecimal, escapes and styled
// letters.
import { alsoEncoded, alsoEncodedBoth } from '../encoded/also-encoded.ts'
import { personal } from './personal/personal.ts'
import { secrets } from './secrets/secrets.ts'

export const encodedPersonal = alsoEncoded(personal)
export const encodedSecretsAndPersonal = alsoEncodedBoth(secrets, personal)
