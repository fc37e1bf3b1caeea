// What the model files of a source must be: who must have signed them, which bytes or which commit they are. What is set is
// shown by its name; a field that is left empty leaves what there is.
import { useState } from 'react'
import { api, type Reply } from '../../api.ts'
import { plural } from '../../lib/format.ts'
import { useRefresh } from '../../lib/refresh.ts'
import { useSubmit } from '../../lib/submit.ts'
import { Button } from '../../ui/button.tsx'
import { TextArea, TextField } from '../../ui/field.tsx'
import { Form } from '../../ui/form.tsx'
import { Facts, Section } from '../../ui/page.tsx'
import { toast } from '../../ui/toast.tsx'

type Source = Reply<'GET', '/api/scan-sources/:id'>

const BLANK = { keys: '', certificates: '', trustedRoot: '', identity: '', issuer: '', hashes: '', revision: '' }

export function SourceGates({ source, mayChange }: { source: Source; mayChange: boolean }) {
  const [changing, setChanging] = useState(false)
  const refresh = useRefresh()
  const { gates } = source
  const clear = async () => {
    await api.patch('/api/scan-sources/:id', { params: { id: source.id }, body: { gates: null } })
    await refresh()
    toast(`${source.name} has no gates any more.`)
  }
  return (
    <Section title="What its model files must be" above="less">
      {gates === undefined ? (
        <p className="text-sm text-ink-3">
          Nothing is asked of them. Say who must have signed them, and each scan verifies it.
        </p>
      ) : (
        <Facts
          rows={[
            gates.keys.length > 0 && ['Signed with', gates.keys.join(', ')],
            gates.certificates.length > 0 && ['Signed under', gates.certificates.join('; ')],
            gates.sigstore && ['Signed by', `${gates.sigstore.identity} (${gates.sigstore.issuer})`],
            gates.hashes !== undefined && ['Listed', plural(gates.hashes, 'hash', 'hashes')],
            gates.revision !== undefined && ['At commit', gates.revision],
          ]}
        />
      )}
      {mayChange && !changing && (
        <p className="mt-3 flex gap-2">
          <Button onClick={() => setChanging(true)}>{gates === undefined ? 'Ask for signatures' : 'Change'}</Button>
          {gates !== undefined && (
            <Button variant="quiet" onClick={() => void clear()}>
              Take them away
            </Button>
          )}
        </p>
      )}
      {mayChange && changing && <Change id={source.id} onClose={() => setChanging(false)} />}
    </Section>
  )
}

function Change({ id, onClose }: { id: string; onClose: () => void }) {
  const refresh = useRefresh()
  const [draft, setDraft] = useState(BLANK)
  const form = useSubmit(async () => {
    const { trustedRoot, identity, issuer, keys, certificates, hashes, revision } = draft
    const isSigstore = [trustedRoot, identity, issuer].some((text) => text.trim() !== '')
    const gates = {
      ...(keys.trim() && { keys: keysIn(keys) }),
      ...(certificates.trim() && { certificates }),
      ...(isSigstore && { sigstore: { trustedRoot, identity, issuer } }),
      ...(hashes.trim() && { hashes }),
      ...(revision.trim() && { revision: revision.trim() }),
    }
    await api.patch('/api/scan-sources/:id', { params: { id }, body: { gates } })
    await refresh()
    onClose()
  })
  const field = (name: keyof typeof BLANK, path = `gates.${name}`) => ({
    value: draft[name],
    error: form.errorAt(path) ?? (name === 'keys' ? form.errorAt('gates.keys[0]') : undefined),
    onChange: (event: { target: { value: string } }) => setDraft({ ...draft, [name]: event.target.value }),
  })
  return (
    <Form form={form} action="Set the gates" onCancel={onClose}>
      <TextArea
        label="Public keys of signers"
        hint="PEM, one after the other. What is left empty stays as it is."
        {...field('keys')}
      />
      <TextArea label="Root certificates of signers" hint="PEM." {...field('certificates')} />
      <TextArea
        label="Trusted root of sigstore"
        hint="trusted_root.json; nobody is asked over the network."
        {...field('trustedRoot', 'gates.sigstore')}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField label="Signer" placeholder="release@example.org" {...field('identity', 'gates.sigstore.identity')} />
        <TextField label="Vouched for by" placeholder="https://…" {...field('issuer', 'gates.sigstore.issuer')} />
      </div>
      <TextArea label="List of hashes" hint="SHA-256, as sha256sum writes them." {...field('hashes')} />
      <TextField label="Commit" hint="In full: a branch may move." {...field('revision')} />
    </Form>
  )
}

/** What holds no key is sent as it is, so that the server says what is wrong with it. */
const keysIn = (text: string): string[] => text.match(/-----BEGIN [^-]+-----[\s\S]+?-----END [^-]+-----/g) ?? [text]
