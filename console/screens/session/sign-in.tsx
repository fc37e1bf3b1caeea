// Sign in with a password or a passkey, and go back to where one was going.
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Fingerprint } from 'lucide-react'
import { type FormEvent, useEffect, useState } from 'react'
import { api } from '../../api.ts'
import { signedIn, useAnySession } from '../../session.ts'
import { Button } from '../../ui/button.tsx'
import { PasswordField, TextField } from '../../ui/field.tsx'
import { Problem } from '../../ui/states.tsx'
import { Frame, Or } from './frame.tsx'
import { askPasskey } from './passkey.ts'

export function SignIn() {
  const { next } = useSearch({ from: '/sign-in' })
  const navigate = useNavigate()
  const session = useAnySession()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [busy, setBusy] = useState<'password' | 'passkey'>()
  const [error, setError] = useState<unknown>()

  const alreadyIn = session.data?.signedIn === true && busy === undefined
  useEffect(() => {
    if (alreadyIn) void navigate({ href: inside(next), replace: true })
  }, [alreadyIn, navigate, next])

  async function enter(way: 'password' | 'passkey', sign: () => Promise<{ csrf: string } | undefined>) {
    setBusy(way)
    setError(undefined)
    try {
      const reply = await sign()
      if (!reply) return
      await signedIn(reply.csrf)
      await navigate({ href: inside(next), replace: true })
    } catch (trouble) {
      setError(trouble)
      setPassword('')
    } finally {
      setBusy(undefined)
    }
  }
  function submit(event: FormEvent) {
    event.preventDefault()
    void enter('password', () => api.post('/api/session', { body: { email, password } }))
  }

  if (session.data && !session.data.signedIn && !session.data.hasOwner) return <NoOwnerYet />
  return (
    <Frame title="Sign in" lead={next && next !== '/' ? 'Then you go on to where you were.' : undefined}>
      <form onSubmit={submit} className="grid gap-4">
        <Problem error={error} />
        <TextField
          label="E-mail address"
          type="email"
          name="email"
          autoComplete="username webauthn"
          required
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- the page has one purpose
          autoFocus
          value={email}
          onChange={(event) => setEmail(event.target.value)}
        />
        <PasswordField
          label="Password"
          name="password"
          autoComplete="current-password"
          required
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
        <Button type="submit" variant="primary" busy={busy === 'password'} className="h-9">
          Sign in
        </Button>
      </form>
      {session.data?.passkeys && (
        <>
          <Or />
          <Button
            icon={Fingerprint}
            busy={busy === 'passkey'}
            onClick={() => void enter('passkey', askPasskey)}
            className="h-9 w-full"
          >
            Use a passkey
          </Button>
        </>
      )}
      <p className="mt-8 text-xs text-ink-3">
        Lost your way in? An owner can send you a recovery link. On the machine itself,{' '}
        <code className="font-mono">parapet owner-link</code> makes one.
      </p>
    </Frame>
  )
}

function NoOwnerYet() {
  return (
    <Frame
      title="Nobody owns this installation yet"
      lead="When Parapet started it printed a link that works once. Open it to make the first account."
    >
      <p className="text-sm text-ink-2">
        Missed it? Run <code className="rounded-xs bg-sunken px-1.5 py-0.5 font-mono text-xs">parapet owner-link</code>{' '}
        on the machine that runs Parapet, or start it again.
      </p>
    </Frame>
  )
}

/** Only addresses of this console: a link must not send somebody elsewhere after signing in. */
function inside(next: string | undefined): string {
  if (!next?.startsWith('/')) return '/'
  const url = new URL(next, location.origin)
  const here = url.origin === location.origin && url.pathname !== '/sign-in' && url.pathname !== '/welcome'
  return here ? url.pathname + url.search + url.hash : '/'
}
