// Follows a one-time link: the first owner, an invitation, or a way back in.
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Fingerprint } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { api, ApiError, type Reply } from '../../api.ts'
import { formatAbsolute, toWords } from '../../lib/format.ts'
import { forgetSecret, useLinkSecret } from '../../lib/link-secret.ts'
import { signedIn } from '../../session.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { PasswordField, TextField } from '../../ui/field.tsx'
import { Problem, SkeletonLines } from '../../ui/states.tsx'
import { Frame, Or } from './frame.tsx'
import { makePasskey, suggestPasskeyName } from './passkey.ts'

type Purpose = Reply<'POST', '/api/links/inspect'>

async function passkeyFor(person: { secret: string; name: string | undefined; email: string | undefined }) {
  const { options } = await api.post('/api/links/passkey/options', { body: person })
  const response = await makePasskey(options)
  return response && { passkey: { name: suggestPasskeyName(), response } }
}

const TITLES = {
  owner: 'Welcome. This installation is yours',
  invitation: 'You are invited',
  recovery: 'Come back in',
} as const

export function Welcome() {
  const { secret, tries } = useLinkSecret()
  const link = useQuery({
    queryKey: ['link', tries],
    queryFn: () => api.post('/api/links/inspect', { body: { secret } }),
    enabled: secret !== '',
    retry: false,
    staleTime: Infinity,
  })
  if (secret === '') {
    return (
      <Frame title="This link is not complete" lead="A one-time link ends with # and a long word. Copy all of it.">
        <ButtonLink to="/sign-in">Go to sign in</ButtonLink>
      </Frame>
    )
  }
  if (link.error) {
    return (
      <Frame title="This link does not work">
        <Problem error={link.error} />
        <ButtonLink to="/sign-in" className="mt-4">
          Go to sign in
        </ButtonLink>
      </Frame>
    )
  }
  if (!link.data) {
    return (
      <Frame title="One moment">
        <SkeletonLines lines={3} />
      </Frame>
    )
  }
  return <Redeem key={tries} secret={secret} link={link.data} />
}

function Redeem({ secret, link }: { secret: string; link: Purpose }) {
  const navigate = useNavigate()
  const [name, setName] = useState(link.name ?? '')
  const [email, setEmail] = useState(link.email ?? '')
  const [password, setPassword] = useState('')
  const [busy, setBusy] = useState<'password' | 'passkey'>()
  const [error, setError] = useState<unknown>()
  const issue = (path: string) =>
    error instanceof ApiError ? error.issues.find((found) => found.path === path)?.message : undefined

  async function enter(way: 'password' | 'passkey') {
    setBusy(way)
    setError(undefined)
    try {
      const person = {
        secret,
        name: name.trim() || undefined,
        email: link.email ? undefined : email.trim() || undefined,
      }
      const credential = way === 'password' ? { password } : await passkeyFor(person)
      if (!credential) return
      const { csrf } = await api.post('/api/links/redeem', { body: { ...person, ...credential } })
      forgetSecret()
      await signedIn(csrf)
      await navigate({ to: '/', replace: true })
    } catch (trouble) {
      setError(trouble)
    } finally {
      setBusy(undefined)
    }
  }
  function submit(event: FormEvent) {
    event.preventDefault()
    void enter('password')
  }

  const lead =
    link.purpose === 'owner'
      ? 'Make the first account. Everything it does is recorded from here on.'
      : `${link.email} · ${toWords(link.role)}`
  return (
    <Frame title={TITLES[link.purpose]} lead={lead}>
      <form onSubmit={submit} className="grid gap-4">
        <Problem error={error} />
        <TextField
          label="Your name"
          name="name"
          autoComplete="name"
          required
          value={name}
          onChange={(event) => setName(event.target.value)}
          error={issue('name')}
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- the page has one purpose
          autoFocus
        />
        {link.email === undefined && (
          <TextField
            label="E-mail address"
            type="email"
            name="email"
            autoComplete="username"
            required
            value={email}
            onChange={(event) => setEmail(event.target.value)}
            hint="You sign in with it. Parapet sends no mail."
            error={issue('email')}
          />
        )}
        <PasswordField
          label="Password"
          name="new-password"
          autoComplete="new-password"
          required
          minLength={12}
          value={password}
          onChange={(event) => setPassword(event.target.value)}
          hint="12 characters or more. Four random words make a good one."
          error={issue('password')}
        />
        <Button type="submit" variant="primary" busy={busy === 'password'} className="h-9">
          {link.purpose === 'recovery' ? 'Set the password and sign in' : 'Create the account'}
        </Button>
      </form>
      {link.passkeys && (
        <>
          <Or />
          <Button
            icon={Fingerprint}
            busy={busy === 'passkey'}
            disabled={name.trim() === '' || email.trim() === ''}
            onClick={() => void enter('passkey')}
            className="h-9 w-full"
          >
            Use a passkey instead of a password
          </Button>
        </>
      )}
      <p className="mt-6 text-xs text-ink-3">This link works once and ends {formatAbsolute(link.expiresAt)}.</p>
    </Frame>
  )
}
