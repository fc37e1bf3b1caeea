// Who may come in, and as what. Accounts are never deleted: the log must always be able to say who it was.
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Ellipsis, UserPlus, Users } from 'lucide-react'
import { useState } from 'react'
import { api, read } from '../../api.ts'
import { toWords } from '../../lib/format.ts'
import { useMay, useSession } from '../../session.ts'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/dialog.tsx'
import { ExportMenu } from '../../ui/export-menu.tsx'
import { Menu, MENU_ITEM } from '../../ui/menu.tsx'
import { Page } from '../../ui/page.tsx'
import { List, usePage } from '../../ui/list.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { Badge } from '../../ui/status.tsx'
import type { Column } from '../../ui/table.tsx'
import { Time } from '../../ui/time.tsx'
import { gather } from '../../lib/gather.ts'
import { ChangeRole, Invite, LinkMade, type NewLink, type Person } from './people-dialogs.tsx'

type Open = { what: 'role' | 'disable' | 'recover'; person: Person }

const STATE_TONE = { active: 'good', invited: 'note', disabled: 'neutral' } as const

export function People() {
  const { new: inviting } = useSearch({ from: '/shell' })
  const navigate = useNavigate()
  const client = useQueryClient()
  const may = useMay()
  const { account: me } = useSession()
  const [open, setOpen] = useState<Open>()
  const [link, setLink] = useState<NewLink>()
  const query = usePage((page) => read('/api/accounts', { query: { ...page } }))
  const refresh = () => client.invalidateQueries({ queryKey: ['/api/accounts'] })
  const showInvite = (on: boolean) =>
    void navigate({ to: '/settings/people', search: on ? { new: '1' } : {}, replace: true })

  const columns: Column<Person>[] = [
    {
      id: 'name',
      head: 'Person',
      cell: (person) => (
        <>
          <span className="font-medium">{person.name}</span>
          {person.id === me?.id && <span className="text-ink-3"> (you)</span>}
          <span className="block text-xs break-all text-ink-3">{person.email}</span>
        </>
      ),
    },
    { id: 'role', head: 'Role', cell: ({ role }) => toWords(role) },
    {
      id: 'state',
      head: 'State',
      hide: 'md',
      cell: ({ state }) => <Badge tone={STATE_TONE[state]}>{toWords(state)}</Badge>,
    },
    { id: 'since', head: 'Since', hide: 'lg', cell: ({ createdAt }) => <Time at={createdAt} /> },
    ...(may('account:write')
      ? [
          {
            id: 'do',
            head: 'Actions',
            end: true,
            className: 'w-20',
            cell: (person: Person) => <Actions person={person} onOpen={setOpen} onEnable={() => void enable(person)} />,
          },
        ]
      : []),
  ]
  async function enable(person: Person) {
    await api.patch('/api/accounts/:id', { params: { id: person.id }, body: { disabled: false } })
    await refresh()
  }
  return (
    <Page
      title="People"
      lead="Everyone who may sign in. A role says what one may do; owners may do everything."
      actions={
        <>
          <ExportMenu
            name="people"
            rows={() =>
              gather(
                (page) => api.get('/api/accounts', { query: { ...page } }),
                ({ id, name, email, role, state, createdAt }) => ({ id, name, email, role, state, createdAt }),
              )
            }
          />
          {may('account:write') && (
            <Button variant="primary" icon={UserPlus} onClick={() => showInvite(true)}>
              Invite someone
            </Button>
          )}
        </>
      }
    >
      <List
        label="People"
        columns={columns}
        page={query}
        rowKey={({ id }) => id}
        empty={
          <EmptyState icon={Users} title="Nobody is here yet">
            People come in by invitation: a link that works once.
          </EmptyState>
        }
      />
      {inviting && !link && (
        <Invite
          onClose={() => showInvite(false)}
          onDone={(made) => {
            setLink(made)
            void refresh()
          }}
        />
      )}
      {link && (
        <LinkMade
          link={link}
          onClose={() => {
            setLink(undefined)
            if (inviting) showInvite(false)
          }}
        />
      )}
      {open?.what === 'role' && (
        <ChangeRole person={open.person} onClose={() => setOpen(undefined)} onDone={() => void refresh()} />
      )}
      {open?.what === 'disable' && (
        <Confirm
          title={`Disable ${open.person.name}?`}
          typed={open.person.email}
          action="Disable the account"
          onClose={() => setOpen(undefined)}
          onConfirm={async () => {
            await api.patch('/api/accounts/:id', { params: { id: open.person.id }, body: { disabled: true } })
            await refresh()
          }}
        >
          All sessions and API tokens of this person stop working at once. The account can be enabled again.
        </Confirm>
      )}
      {open?.what === 'recover' && (
        <Confirm
          title={`Make a recovery link for ${open.person.name}?`}
          action="Make the link"
          onClose={() => setOpen(undefined)}
          onConfirm={async () => {
            const made = await api.post('/api/accounts/:id/recovery-link', { params: { id: open.person.id } })
            setLink({ ...made, name: open.person.name, purpose: 'recovery' })
          }}
        >
          Whoever opens it can sign in as {open.person.name}. Hand it over on a channel where you know who you are
          talking to.
        </Confirm>
      )}
    </Page>
  )
}

interface ActionsProps {
  person: Person
  onOpen: (open: Open) => void
  onEnable: () => void
}

function Actions({ person, onOpen, onEnable }: ActionsProps) {
  return (
    <Menu
      label={`Actions for ${person.name}`}
      button={(props) => (
        <Button small variant="quiet" icon={Ellipsis} aria-label={`Actions for ${person.name}`} {...props} />
      )}
    >
      <button type="button" className={MENU_ITEM} onClick={() => onOpen({ what: 'role', person })}>
        Change the role
      </button>
      {person.state !== 'disabled' && (
        <button type="button" className={MENU_ITEM} onClick={() => onOpen({ what: 'recover', person })}>
          Make a recovery link
        </button>
      )}
      {person.state === 'disabled' ? (
        <button type="button" className={MENU_ITEM} onClick={onEnable}>
          Enable
        </button>
      ) : (
        <button type="button" className={`${MENU_ITEM} text-bad!`} onClick={() => onOpen({ what: 'disable', person })}>
          Disable…
        </button>
      )}
    </Menu>
  )
}
