// What a person keeps for himself: password, passkeys, theme.
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Fingerprint, Plus, Trash2 } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { api, ApiError, read, type Reply } from '../../api.ts'
import { toWords } from '../../lib/format.ts'
import { useSession } from '../../session.ts'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/dialog.tsx'
import { PasswordField } from '../../ui/field.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Card, Facts, Page, Section } from '../../ui/page.tsx'
import { Problem } from '../../ui/states.tsx'
import { setTheme, THEMES, useTheme } from '../../ui/theme.ts'
import { Time } from '../../ui/time.tsx'
import { toast } from '../../ui/toast.tsx'
import { makePasskey, suggestPasskeyName } from '../session/passkey.ts'

export function Account() {
  const { account, permissions, passkeys: possible } = useSession()
  const passkeys = useQuery(read('/api/me/passkeys'))
  return (
    <Page title="My account" lead="How you sign in, and how the console looks to you.">
      <div className="grid gap-8 lg:grid-cols-[minmax(0,1fr)_18rem]">
        <div>
          <Section title="Passkeys" note="A fingerprint, a face or a security key instead of a password.">
            <Loaded query={passkeys}>
              {({ items, hasPassword }) => (
                <Passkeys items={items} possible={possible} lastWay={!hasPassword && items.length === 1} />
              )}
            </Loaded>
          </Section>
          <Section title="Password">
            <Loaded query={passkeys}>{({ hasPassword }) => <Password has={hasPassword} />}</Loaded>
          </Section>
        </div>
        <div>
          <Section title="You">
            <Facts
              rows={[
                ['Name', account?.name],
                ['E-mail', account?.email],
                ['Role', account && toWords(account.role)],
              ]}
            />
            <details className="mt-3 text-sm">
              <summary className="w-fit rounded-xs text-ink-2 hover:text-ink">
                What you may do ({permissions.length})
              </summary>
              <ul className="mt-2 grid gap-0.5 font-mono text-xs text-ink-2">
                {permissions.map((permission) => (
                  <li key={permission}>{permission}</li>
                ))}
              </ul>
            </details>
          </Section>
          <Section title="Theme">
            <ThemePicker />
          </Section>
        </div>
      </div>
    </Page>
  )
}

type Passkey = Reply<'GET', '/api/me/passkeys'>['items'][number]

function Passkeys({ items, possible, lastWay }: { items: readonly Passkey[]; possible: boolean; lastWay: boolean }) {
  const client = useQueryClient()
  const [removing, setRemoving] = useState<Passkey>()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  const refresh = () => client.invalidateQueries({ queryKey: ['/api/me/passkeys'] })

  async function add() {
    setBusy(true)
    setError(undefined)
    try {
      const { options } = await api.post('/api/me/passkeys/options')
      const response = await makePasskey(options)
      if (!response) return
      await api.post('/api/me/passkeys', { body: { name: suggestPasskeyName(), response } })
      await refresh()
      toast('The passkey works from now on.')
    } catch (trouble) {
      setError(trouble)
    } finally {
      setBusy(false)
    }
  }
  return (
    <div className="grid gap-3">
      <Problem error={error} />
      {items.length > 0 && (
        <ul className="divide-y divide-line rounded-md border border-line">
          {items.map((passkey) => (
            <li key={passkey.id} className="flex items-center gap-3 px-4 py-2.5 text-sm">
              <Fingerprint size={17} aria-hidden className="shrink-0 text-ink-3" />
              <div className="min-w-0 grow">
                <p className="truncate font-medium">{passkey.name}</p>
                <p className="text-xs text-ink-3">
                  Added <Time at={passkey.createdAt} />
                  {passkey.lastUsedAt ? (
                    <>
                      {' · used '}
                      <Time at={passkey.lastUsedAt} />
                    </>
                  ) : (
                    ' · not used yet'
                  )}
                </p>
              </div>
              <Button
                small
                variant="quiet"
                icon={Trash2}
                aria-label={`Remove ${passkey.name}`}
                disabled={lastWay}
                title={lastWay ? 'It is your only way in. Set a password first.' : undefined}
                onClick={() => setRemoving(passkey)}
              />
            </li>
          ))}
        </ul>
      )}
      {items.length === 0 && (
        <p className="rounded-md border border-dashed border-line px-4 py-3 text-sm text-ink-2">
          You have none yet. A passkey cannot be guessed, phished or reused.
        </p>
      )}
      {possible ? (
        <div>
          <Button icon={Plus} busy={busy} onClick={() => void add()}>
            Add a passkey
          </Button>
        </div>
      ) : (
        <p className="text-xs text-ink-3">
          Browsers offer passkeys at https addresses and at <code className="font-mono">localhost</code>, not at this
          one.
        </p>
      )}
      {removing && (
        <Confirm
          title={`Remove ${removing.name}?`}
          action="Remove the passkey"
          onClose={() => setRemoving(undefined)}
          onConfirm={async () => {
            await api.delete('/api/me/passkeys/:id', { params: { id: removing.id } })
            await refresh()
          }}
        >
          The device can no longer sign in with it. The key stays in the device until you delete it there.
        </Confirm>
      )}
    </div>
  )
}

function Password({ has }: { has: boolean }) {
  const client = useQueryClient()
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  const issue = (path: string) =>
    error instanceof ApiError ? error.issues.find((found) => found.path === path)?.message : undefined
  async function submit(event: FormEvent) {
    event.preventDefault()
    setBusy(true)
    setError(undefined)
    try {
      await api.post('/api/me/password', { body: has ? { current, next } : { next } })
      setCurrent('')
      setNext('')
      await client.invalidateQueries({ queryKey: ['/api/me/passkeys'] })
      toast('The password is set. Your other sessions have ended.')
    } catch (trouble) {
      setError(trouble)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Card>
      <form onSubmit={submit} className="grid max-w-sm gap-4">
        <Problem error={error} />
        {has && (
          <PasswordField
            label="Current password"
            autoComplete="current-password"
            required
            value={current}
            onChange={(event) => setCurrent(event.target.value)}
            error={issue('current')}
          />
        )}
        <PasswordField
          label="New password"
          autoComplete="new-password"
          required
          minLength={12}
          hint="12 characters or more."
          value={next}
          onChange={(event) => setNext(event.target.value)}
        />
        <div>
          <Button type="submit" busy={busy}>
            {has ? 'Change the password' : 'Set a password'}
          </Button>
        </div>
      </form>
    </Card>
  )
}

function ThemePicker() {
  const theme = useTheme()
  return (
    <fieldset className="grid gap-2">
      <legend className="sr-only">Theme</legend>
      {THEMES.map((choice) => (
        <label key={choice} className="flex items-center gap-2.5 text-sm">
          <input
            type="radio"
            name="theme"
            value={choice}
            checked={theme === choice}
            onChange={() => setTheme(choice)}
            className="size-4 accent-accent"
          />
          {toWords(choice)}
        </label>
      ))}
    </fieldset>
  )
}
