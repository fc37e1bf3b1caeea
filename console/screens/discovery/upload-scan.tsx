// Sends an archive of sources, a model file or a log of traffic to be scanned. A model file is put into a tar first, so that
// it arrives as the file that it is, even if it is an archive itself.
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../../api.ts'
import { formatBytes, plural } from '../../lib/format.ts'
import { useRefresh } from '../../lib/refresh.ts'
import { useSubmit } from '../../lib/submit.ts'
import { toBase64, toTar } from '../../lib/tar.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { SelectField, TextField } from '../../ui/field.tsx'
import { Form } from '../../ui/form.tsx'
import { toast } from '../../ui/toast.tsx'
import { SystemField } from '../system/system-field.tsx'

export type UploadKind = 'sources' | 'model' | 'bom' | 'traffic'

const KINDS: Readonly<Record<UploadKind, { label: string; hint: string; accept?: string }>> = {
  sources: { label: 'Sources', hint: 'A zip, tar or tar.gz of a repository.', accept: '.zip,.tar,.tgz,.gz' },
  model: { label: 'A model file', hint: 'A pickle, checkpoint, ONNX, GGUF, safetensors… It is read and never loaded.' },
  bom: {
    label: 'A bill of materials',
    hint: 'Of a supplier or another tool: CycloneDX 1.4 to 1.7, SPDX 3.0 or 2.3, as JSON.',
    accept: '.json',
  },
  traffic: {
    label: 'A log of traffic',
    hint: 'Of Squid, Zscaler, Palo Alto, Cloudflare, VPC flow, CoreDNS or Zeek; .gz too.',
  },
}
const isKind = (word: string): word is UploadKind => Object.hasOwn(KINDS, word)

interface UploadScanProps {
  first?: UploadKind
  onClose: () => void
}

export function UploadScan({ first = 'sources', onClose }: UploadScanProps) {
  const refresh = useRefresh()
  const navigate = useNavigate()
  const [kind, setKind] = useState<UploadKind>(first)
  const [file, setFile] = useState<File>()
  const [name, setName] = useState('')
  const [system, setSystem] = useState('')
  const form = useSubmit(async () => {
    if (!file) return
    const common = { name: name.trim() || file.name, ...(system === '' ? {} : { system }) }
    if (kind === 'bom') {
      const body = { ...common, file: file.name, content: await file.text() }
      const { id, notRead } = await api.post('/api/boms/import', { body })
      await refresh()
      if (notRead.length > 0) toast(`${plural(notRead.length, 'place')} of it could not be read.`)
      void navigate({ to: '/discovery/bom', search: { scan: id } })
      return
    }
    const isModel = kind === 'model'
    const sent = isModel ? new Blob([toTar(file.name, new Uint8Array(await file.arrayBuffer())).slice()]) : file
    const scan = await api.post('/api/scans/upload', {
      body: {
        ...common,
        kind: kind === 'traffic' ? 'traffic' : 'upload',
        file: isModel ? `${file.name}.tar` : file.name,
        content: await toBase64(sent),
      },
    })
    await refresh()
    void navigate({ to: '/discovery/scans/$id', params: { id: scan.id } })
  })
  return (
    <Dialog title="Upload to be scanned" onClose={onClose}>
      <Form form={form} action="Upload and scan" onCancel={onClose} ready={file !== undefined}>
        <SelectField
          label="What is it?"
          value={kind}
          onChange={({ target: { value } }) => isKind(value) && setKind(value)}
          options={Object.entries(KINDS).map(([value, { label }]) => ({ value, label }))}
        />
        <TextField
          label="File"
          type="file"
          required
          accept={KINDS[kind].accept}
          hint={file ? `${KINDS[kind].hint} ${formatBytes(file.size)}.` : KINDS[kind].hint}
          error={form.errorAt('content') ?? form.errorAt('file')}
          onChange={(event) => setFile(event.target.files?.[0])}
          className="py-1.5"
        />
        <TextField
          label="Name of the source"
          hint="What is sent under the same name is compared with what was sent before."
          placeholder={file?.name ?? 'assistant'}
          value={name}
          error={form.errorAt('name')}
          onChange={(event) => setName(event.target.value)}
        />
        <SystemField
          label="Which system is it a part of?"
          none="No system yet"
          value={system}
          error={form.errorAt('system')}
          onChange={(event) => setSystem(event.target.value)}
        />
      </Form>
    </Dialog>
  )
}
