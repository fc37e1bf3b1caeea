import assert from 'node:assert/strict'
import { test } from 'node:test'
import { routes } from '../../server/routes/index.ts'
import { fieldsOf } from './fields.ts'

test('what must not stand in a shell history is asked for with a prompt', () => {
  const secrets = routes.flatMap((route) =>
    fieldsOf(route).flatMap(({ name, secret }) => (secret ? [`${route.id} ${name}`] : [])),
  )
  assert.deepEqual(secrets.toSorted(), [
    'answer-assurance-link secret',
    'change-password current',
    'change-password next',
    'inspect-assurance-link secret',
    'inspect-link secret',
    'redeem-link password',
    'redeem-link secret',
    'set-upstream-key key',
    'sign-in password',
    'start-passkey-for-link secret',
  ])
})
