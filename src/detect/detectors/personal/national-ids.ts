// National identity, tax and health numbers: their shape and their check digits. `alone` says that shape and check
// together are rare enough to stand without a word of context; the others need one of their words near by.
import { isDayMonth, luhn, mod11And10, verhoeff, weighted } from './check-digits.ts'
import {
  day,
  isBaltic,
  isBelgian,
  isCodiceFiscale,
  isCpf,
  isDni,
  isHkid,
  isMyNumber,
  isNir,
  isNorwegian,
  isNric,
  isPps,
  isRut,
  isSsn,
  isTaiwanese,
  isTurkish,
} from './national-checks.ts'

export interface NationalId {
  country: string
  id: string
  title: string
  /** Sticky, tried where the number begins; letters of either case. */
  pattern: RegExp
  check: (compact: string) => boolean
  alone: boolean
  words: RegExp
}

type Row = [
  country: string,
  id: string,
  title: string,
  pattern: string,
  check: (s: string) => boolean,
  words: string,
  alone?: true,
]

const ROWS: Row[] = [
  ['US', 'us-ssn', 'US social security number', '\\d{3}([- ])\\d{2}\\1\\d{4}', isSsn, 'ssn|social sec', true],
  [
    'US',
    'us-ssn',
    'US social security number',
    '\\d{3}[- .]?\\d{2}[- .]?\\d{4}',
    (s) => s.length === 9,
    'ssn|social sec|social insurance|itin|taxpayer',
  ],
  [
    'GB',
    'gb-nino',
    'UK national insurance number',
    '[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\\d{2} ?\\d{2} ?\\d{2} ?[A-D]',
    (s) => !/^(?:BG|GB|KN|NK|NT|TN|ZZ)/i.test(s),
    'national insurance|\\bni\\b|nino',
    true,
  ],
  [
    'GB',
    'gb-nhs',
    'NHS number',
    '\\d{3} ?\\d{3} ?\\d{4}',
    (s) => (11 - (weighted(s, [10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11)) % 11 === Number(s[9]),
    '\\bnhs\\b|health service',
  ],
  [
    'CA',
    'ca-sin',
    'Canadian social insurance number',
    '[1-79]\\d{2}([- ]?)\\d{3}\\1\\d{3}',
    luhn,
    '\\bsin\\b|social insurance|\\bnas\\b',
  ],
  [
    'FR',
    'fr-nir',
    'French social security number',
    '[12] ?\\d{2} ?(?:0[1-9]|1[0-2]|[2-9]\\d) ?(?:\\d{2}|2[AB]) ?\\d{3} ?\\d{3} ?\\d{2}',
    isNir,
    's[ée]curit[ée] sociale|\\bnir\\b|insee',
    true,
  ],
  ['DE', 'de-tax-id', 'German tax id', '[1-9]\\d ?\\d{3} ?\\d{3} ?\\d{3}', mod11And10, 'steuer|\\bidnr|tax id|tin\\b'],
  ['ES', 'es-dni', 'Spanish DNI or NIE', '(?:\\d{8}|[XYZ]\\d{7})[- ]?[A-Z]', isDni, 'dni|nie|nif', true],
  [
    'IT',
    'it-codice-fiscale',
    'Italian tax code',
    '[A-Z]{6}\\d{2}[A-EHLMPR-T]\\d{2}[A-Z]\\d{3}[A-Z]',
    isCodiceFiscale,
    'codice fiscale',
    true,
  ],
  [
    'NL',
    'nl-bsn',
    'Dutch citizen service number',
    '\\d{9}|\\d{4}[. ]\\d{2}[. ]\\d{3}',
    (s) => s !== '000000000' && weighted(s, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0,
    '\\bbsn\\b|burgerservice|sofi',
  ],
  [
    'BE',
    'be-national-number',
    'Belgian national number',
    '\\d{2}[. ]?\\d{2}[. ]?\\d{2}[- ]?\\d{3}[. ]?\\d{2}',
    isBelgian,
    'rijksregister|registre national|niss|insz|national number',
  ],
  [
    'PL',
    'pl-pesel',
    'Polish PESEL',
    '\\d{11}',
    (s) => weighted(s, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]) % 10 === 0 && isDayMonth(day(s, 4), day(s, 2) % 20),
    'pesel',
  ],
  [
    'SE',
    'se-personnummer',
    'Swedish personal number',
    '(?:19|20)?\\d{6}[-+]?\\d{4}',
    (s) => luhn(s.slice(-10)) && isDayMonth(day(s.slice(-10), 4) % 60, day(s.slice(-10), 2)),
    'personnummer|personal (?:identity )?number|samordning',
  ],
  [
    'NO',
    'no-fodselsnummer',
    'Norwegian birth number',
    '\\d{6} ?\\d{5}',
    isNorwegian,
    'f(?:ø|o)dselsnummer|personnummer|fnr|national id',
  ],
  [
    'DK',
    'dk-cpr',
    'Danish CPR number',
    '\\d{6}[- ]?\\d{4}',
    (s) => isDayMonth(day(s, 0), day(s, 2)),
    '\\bcpr\\b|personnummer',
  ],
  [
    'FI',
    'fi-hetu',
    'Finnish personal identity code',
    '\\d{6}[-+A-FU-Y]\\d{3}[0-9A-Y]',
    (s) =>
      '0123456789ABCDEFHJKLMNPRSTUVWXY'[Number(s.slice(0, 6) + s.slice(-4, -1)) % 31] === s.at(-1)?.toUpperCase() &&
      isDayMonth(day(s, 0), day(s, 2)),
    'hetu|henkil',
    true,
  ],
  [
    'PT',
    'pt-nif',
    'Portuguese NIF',
    '[1235689]\\d{2} ?\\d{3} ?\\d{3}',
    (s) => {
      const rest = weighted(s, [9, 8, 7, 6, 5, 4, 3, 2]) % 11
      return Number(s[8]) === (rest < 2 ? 0 : 11 - rest)
    },
    '\\bnif\\b|contribuinte',
  ],
  ['BR', 'br-cpf', 'Brazilian CPF', '\\d{3}\\.\\d{3}\\.\\d{3}-\\d{2}', isCpf, 'cpf', true],
  ['BR', 'br-cpf', 'Brazilian CPF', '\\d{11}', isCpf, 'cpf'],
  ['CL', 'cl-rut', 'Chilean RUT', '\\d{1,2}\\.\\d{3}\\.\\d{3}-[\\dK]|\\d{7,8}-[\\dK]', isRut, '\\bru[tn]\\b', true],
  [
    'AR',
    'ar-cuit',
    'Argentine CUIT',
    '(?:20|2[3-7]|30|3[34])-?\\d{8}-?\\d',
    (s) => {
      const rest = (11 - (weighted(s, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11)) % 11
      return rest === Number(s[10])
    },
    'cui[tl]',
  ],
  [
    'MX',
    'mx-curp',
    'Mexican CURP',
    '[A-Z][AEIOUX][A-Z]{2}\\d{6}[HMX][A-Z]{2}[B-DF-HJ-NP-TV-Z]{3}[0-9A-Z]\\d',
    (s) => isDayMonth(day(s, 8), day(s, 6)),
    'curp',
    true,
  ],
  ['IN', 'in-aadhaar', 'Indian Aadhaar number', '[2-9]\\d{3}([ -]?)\\d{4}\\1\\d{4}', verhoeff, 'aadha+r|uidai|आधार'],
  [
    'IN',
    'in-pan',
    'Indian PAN',
    '[A-Z]{3}[ABCFGHJLPT][A-Z]\\d{4}[A-Z]',
    () => true,
    '\\bpan\\b|permanent account|income tax',
  ],
  [
    'CN',
    'cn-resident-id',
    'Chinese resident id',
    '[1-8]\\d{5}(?:18|19|20)\\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])\\d{3}[\\dX]',
    (s) =>
      '10X98765432'[weighted(s, [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]) % 11] === s[17]?.toUpperCase(),
    '身份证',
    true,
  ],
  [
    'KR',
    'kr-rrn',
    'Korean resident number',
    '\\d{6}-[1-8]\\d{6}',
    (s) => isDayMonth(day(s, 4), day(s, 2)),
    '주민|rrn|resident registration',
    true,
  ],
  [
    'JP',
    'jp-my-number',
    'Japanese My Number',
    '\\d{4}([ -]?)\\d{4}\\1\\d{4}',
    isMyNumber,
    'my ?number|マイナンバー|個人番号',
  ],
  [
    'ZA',
    'za-id',
    'South African id number',
    '\\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])\\d{4}[01]\\d{2}',
    luhn,
    '\\bid\\b|identity',
  ],
  ['TR', 'tr-tckn', 'Turkish identity number', '[1-9]\\d{10}', isTurkish, 't\\.?c\\.? ?kimlik|tckn|kimlik'],
  [
    'AU',
    'au-tfn',
    'Australian tax file number',
    '\\d{3} ?\\d{3} ?\\d{2,3}',
    (s) => s.length === 9 && weighted(s, [1, 4, 3, 7, 5, 8, 6, 9, 10]) % 11 === 0,
    '\\btfn\\b|tax file',
  ],
  [
    'AU',
    'au-medicare',
    'Australian Medicare number',
    '[2-6]\\d{3} ?\\d{5} ?\\d(?:[ /-]?\\d)?',
    (s) => weighted(s, [1, 3, 7, 9, 1, 3, 7, 9]) % 10 === Number(s[8]),
    'medicare',
  ],
  [
    'CH',
    'ch-ahv',
    'Swiss AHV number',
    '756\\.\\d{4}\\.\\d{4}\\.\\d{2}|756\\d{10}',
    (s) => weighted(s, [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1]) % 10 === 0,
    'ahv|avs',
    true,
  ],
  [
    'AT',
    'at-svnr',
    'Austrian insurance number',
    '[1-9]\\d{3} ?\\d{6}',
    (s) => weighted(s, [3, 7, 9, 0, 5, 8, 4, 2, 1, 6]) % 11 === Number(s[3]),
    'sozialversicherung|svnr|sv-nummer',
  ],
  [
    'CZ',
    'cz-rodne-cislo',
    'Czech or Slovak birth number',
    '\\d{6}/?\\d{4}',
    (s) => Number(s) % 11 === 0 && isDayMonth(day(s, 4), (day(s, 2) % 50) % 20 || day(s, 2) % 50),
    'rodn[ée]',
  ],
  [
    'RO',
    'ro-cnp',
    'Romanian CNP',
    '[1-9]\\d{12}',
    (s) =>
      (weighted(s, [2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9]) % 11) % 10 === Number(s[12]) &&
      isDayMonth(day(s, 5), day(s, 3)),
    '\\bcnp\\b|cod numeric',
  ],
  [
    'BG',
    'bg-egn',
    'Bulgarian EGN',
    '\\d{10}',
    (s) => (weighted(s, [2, 4, 8, 5, 10, 9, 7, 3, 6]) % 11) % 10 === Number(s[9]),
    '\\begn\\b|егн',
  ],
  [
    'EE',
    'ee-isikukood',
    'Estonian or Lithuanian personal code',
    '[1-6]\\d{10}',
    isBaltic,
    'isikukood|asmens kodas|personal code',
  ],
  ['GR', 'gr-amka', 'Greek AMKA', '\\d{11}', (s) => luhn(s) && isDayMonth(day(s, 0), day(s, 2)), 'amka|αμκα'],
  ['IL', 'il-id', 'Israeli identity number', '\\d{9}', luhn, 'teudat|תעודת|ת\\.ז|israeli id'],
  ['SG', 'sg-nric', 'Singapore NRIC', '[STFG]\\d{7}[A-Z]', isNric, 'nric|fin\\b', true],
  ['HK', 'hk-id', 'Hong Kong identity card', '[A-Z]{1,2}\\d{6}\\([0-9A]\\)', isHkid, 'hkid', true],
  ['IE', 'ie-pps', 'Irish PPS number', '\\d{7}[A-W][A-IW]?', isPps, '\\bpps'],
  ['TW', 'tw-id', 'Taiwanese identity number', '[A-Z][12]\\d{8}', isTaiwanese, '身分證|national id'],
]

/** Behind each: no number goes on. */
const END = '(?![\\dA-Za-z]|[-.]\\d)'
/** At least one of them is there; few numbers are any. What a pattern refers back to has a name, since numbers would shift. */
export const ANY_NATIONAL_ID = new RegExp(
  `(?:${ROWS.map(([, , , pattern], i) => pattern.replace(/(?<!\\)\((?!\?)/, `(?<g${i}>`).replaceAll('\\1', `\\k<g${i}>`)).join('|')})${END}`,
  'iy',
)

export const NATIONAL_IDS: readonly NationalId[] = ROWS.map(([country, id, title, pattern, check, words, alone]) => ({
  country,
  id,
  title,
  pattern: new RegExp(`(?:${pattern})${END}`, 'iy'),
  check,
  words: new RegExp(words, 'i'),
  alone: alone ?? false,
}))
