import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { acceptDetector, inPieces } from '../../accept.ts'
import { createEngine } from '../../engine.ts'
import { acceptPace } from '../../pace.ts'
import { personal } from './personal.ts'

acceptDetector(personal)
acceptPace(personal)

const engine = createEngine([personal])
const found = (text: string): string[] =>
  engine.scan(text).findings.map(({ kind, start, end }) => `${kind}: ${text.slice(start, end)}`)

const CASES: [text: string, ...found: string[]][] = [
  ['mailto:jo.o-neil+x@mail.example.co.uk.', 'email: jo.o-neil+x@mail.example.co.uk'],
  ['josé@correo.test, ünal@köln.test', 'email: josé@correo.test', 'email: ünal@köln.test'],
  ['git clone git@host.test:a/b.git and ssh://git@host.test/a'],
  ['reach me: 0161 496 0018', 'phone: 0161 496 0018'],
  ['Bureau : 01 42 68 53 00', 'phone: 01 42 68 53 00'],
  ['tel. 030/901820', 'phone: 030/901820'],
  ['+33 1 42 68 53 00 or +1 (212) 555-0147 ext. 12', 'phone: +33 1 42 68 53 00', 'phone: +1 (212) 555-0147 ext. 12'],
  ['fax +46 (0)8 928 571 38', 'phone: +46 (0)8 928 571 38'],
  ['from 2021-03-04 to 2022-05-06, 10 000 000 euros, 1.234.567 items'],
  ['pay with 5555-5555-5555-4444 now', 'card: 5555-5555-5555-4444'],
  ['amex 378282246310005', 'card: 378282246310005'],
  ['order 4111111111111111'],
  ['de89370400440532013000', 'iban: de89370400440532013000'],
  ['DE89370400440532013001 is no account'],
  ['my bsn is 111222333', 'nl-bsn: 111222333'],
  ['111222333 parcels'],
  ['CPF 529.982.247-25', 'br-cpf: 529.982.247-25'],
  ['tax id number: 36574261809', 'de-tax-id: 36574261809'],
  ['from 2001:db8:85a3::8a2e:370:7334', 'ip: 2001:db8:85a3::8a2e:370:7334'],
  ['127.0.0.1 and 255.255.255.0 and ::1'],
  ['DOB: 03/04/1985', 'date-of-birth: 03/04/1985'],
  ['geboren am 4. Mai 1962'],
  ['born on July 4, 1990 in Ohio', 'date-of-birth: July 4, 1990'],
  ['the release of 03/04/2021'],
  ["driver's license number is D1234567", 'driver-licence: D1234567'],
  ['221B Baker Street, London', 'address: 221B Baker Street'],
  ['Hauptstraße 12, 10115 Berlin', 'address: Hauptstraße 12, 10115 Berlin'],
  ['P.O. Box 4410', 'address: P.O. Box 4410'],
  ['Dr. Okonkwo will see you', 'person: Okonkwo'],
  ['a letter from Ingrid van der Berg', 'person: Ingrid van der Berg'],
  ['Will Grace mark May? Ruby on Rails, Jenkins, Docker and Julia'],
  ['name: Deploy Docker Image'],
  ['Krisztián was late, said Matthias', 'person: Krisztián', 'person: Matthias'],
  ['a novel by Pyotr Romanov and one by Halla Jónsdóttir', 'person: Pyotr Romanov', 'person: Halla Jónsdóttir'],
  ['Slovenko Lesson 4 of Casanova', 'person: Slovenko'],
  ['my name is lena andersson, hello', 'person: lena andersson'],
  ['my name is known to many people there'],
  ['ask mr. elliott about it', 'person: elliott'],
  ['everybody calls me Božena', 'person: Božena'],
  ['She shouted at David', 'person: David'],
  ['the suite 12 of tests, Unit tests 5, apt 3'],
  ['Storgata 5\nApt. 14', 'address: Storgata 5', 'address: Apt. 14'],
  ['Lives at 12 Rua das Flores 9, Porto', 'address: 12 Rua das Flores 9'],
  ['14 Holmatun 45\nSuite 757', 'address: 14 Holmatun 45', 'address: Suite 757'],
  ['my zip code is 90801', 'address: 90801'],
  ['version 2 Build Tools 14 of 3 March 2021'],
  ['Flat 722 20 40 rue Victor Hugo', 'address: Flat 722', 'address: 20 40 rue Victor Hugo'],
  ['office (579)888-3058 fax', 'phone: 888-3058'],
  ['born on 12 03 1984', 'date-of-birth: 12 03 1984'],
  ['at 5.1234, 6.1234 today', 'coordinates: 5.1234, 6.1234'],
  ['12 34 56 78 90 12 34 56 78 and 1=2=3=4=5=6=7=8=9'],
]

for (const [text, ...expected] of CASES) {
  test(`personal: ${text}`, () => assert.deepEqual(found(text), expected))
}

test('a finding never repeats what it found', () => {
  for (const finding of engine.scan('ada.byron@mail.test, +44 20 7946 0018, 219-09-9998').findings) {
    assert.doesNotMatch(`${finding.note} ${finding.redaction}`, /byron|7946|9998/)
  }
})

test('personal data is the same however a stream is cut', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.constantFrom(...CASES.map(([text]) => text)),
    fc.constantFrom('@', ':', ' ', '\n', '+', '(', 'Dr. ', 'Maria ', 'name is ', 'born ', 'phone ', '\ud83d', '7', '-'),
    fc.stringMatching(/^[0-9 .-]{1,20}$/),
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 50 }), (pieces) => {
      assert.deepEqual(inPieces(engine, pieces, 'user'), engine.scan(pieces.join('')))
    }),
    { numRuns: 200 },
  )
})
