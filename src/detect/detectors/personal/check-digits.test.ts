import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { ibanMod97, isDayMonth, luhn, mod11And10, verhoeff } from './check-digits.ts'
import { NATIONAL_IDS } from './national-ids.ts'

test('a check digit catches every single wrong digit', () => {
  const cases: [string, (digits: string) => boolean][] = [
    ['4111111111111111', luhn],
    ['236', verhoeff],
    ['36574261809', mod11And10],
  ]
  for (const [right, check] of cases) {
    assert.ok(check(right), right)
    for (let i = 0; i < right.length; i++) {
      for (let digit = 0; digit < 10; digit++) {
        const wrong = right.slice(0, i) + String(digit) + right.slice(i + 1)
        assert.equal(check(wrong), wrong === right, wrong)
      }
    }
  }
})

test('the registry example of an IBAN passes and no neighbour of it does', () => {
  assert.ok(ibanMod97('GB82WEST12345698765432'))
  assert.ok(!ibanMod97('GB82WEST12345698765431'))
  assert.ok(!ibanMod97('GB28WEST12345698765432'))
  assert.ok(!ibanMod97('GB82WEST1234569876543é'))
})

test('the thirtieth of February is no day', () => {
  assert.ok(isDayMonth(29, 2) && isDayMonth(31, 12))
  assert.ok(!isDayMonth(30, 2) && !isDayMonth(31, 4) && !isDayMonth(1, 13) && !isDayMonth(0, 1))
})

/** Numbers that each scheme's publisher or textbook gives, or made by the rule. */
const RIGHT: Record<string, string[]> = {
  'us-ssn': ['219-09-9999'],
  'gb-nino': ['AB123456C', 'ab 12 34 56 c'],
  'gb-nhs': ['943 476 5919', '9434765919'],
  'ca-sin': ['130 692 544'],
  'fr-nir': ['255081416802538', '2 55 08 14 168 025 38'],
  'de-tax-id': ['86095742719', '36 574 261 809'],
  'es-dni': ['12345678Z', 'X1234567L', 'Y1234567X'],
  'it-codice-fiscale': ['RSSMRA85T10A562S'],
  'nl-bsn': ['111222333'],
  'be-national-number': ['85.07.30-033.28'],
  'pl-pesel': ['44051401359'],
  'se-personnummer': ['811218-9876', '19811218-9876'],
  'fi-hetu': ['131052-308T'],
  'pt-nif': ['123456789'],
  'br-cpf': ['529.982.247-25'],
  'cl-rut': ['12.345.678-5'],
  'ar-cuit': ['20-12345678-6'],
  'in-aadhaar': ['2341 2341 2346'],
  'cn-resident-id': ['11010519491231002X'],
  'za-id': ['8001015009087'],
  'tr-tckn': ['10000000146'],
  'au-tfn': ['123 456 782'],
  'ch-ahv': ['756.9217.0769.85'],
  'cz-rodne-cislo': ['736028/5163'],
  'ro-cnp': ['1800101221144'],
  'bg-egn': ['7523169263'],
  'ee-isikukood': ['37605030299'],
  'sg-nric': ['S1234567D'],
  'hk-id': ['A123456(3)'],
  'ie-pps': ['1234567T'],
  'tw-id': ['A123456789'],
}

const passes = (id: string, written: string): boolean =>
  NATIONAL_IDS.some((row) => {
    row.pattern.lastIndex = 0
    return (
      row.id === id && row.pattern.exec(written)?.[0] === written && row.check(written.replaceAll(/[\s./()-]/g, ''))
    )
  })

for (const [id, numbers] of Object.entries(RIGHT)) {
  test(`${id}: the examples pass, and nearly no random neighbour does`, () => {
    for (const written of numbers) assert.ok(passes(id, written), written)
    if (id === 'us-ssn' || id === 'gb-nino') return
    const written = numbers[0] ?? ''
    let passed = 0
    const neighbours = [...written].flatMap((char, i) =>
      /\d/.test(char) ? [`${written.slice(0, i)}${(Number(char) + 1) % 10}${written.slice(i + 1)}`] : [],
    )
    for (const neighbour of neighbours) if (passes(id, neighbour)) passed++
    assert.ok(passed <= neighbours.length / 4, `${passed} of ${neighbours.length}`)
  })
}

test('the table covers more than fifteen countries with check digits', () => {
  assert.ok(new Set(NATIONAL_IDS.map(({ country }) => country)).size >= 30)
})

test('no check throws, whatever the digits', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[0-9A-Z]{0,20}$/), (text) => {
      for (const { check } of NATIONAL_IDS) assert.equal(typeof check(text), 'boolean')
    }),
  )
})
