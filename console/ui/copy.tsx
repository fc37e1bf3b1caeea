// Copies a text and says so, to the eye and to a screen reader.
import { Check, Copy as CopyIcon } from 'lucide-react'
import { useState } from 'react'
import { Button } from './button.tsx'
import { toast } from './toast.tsx'

const SHOWN_MS = 1800

export function Copy({ text, label = 'Copy', wordless = false }: { text: string; label?: string; wordless?: boolean }) {
  const [done, setDone] = useState(false)
  async function copy() {
    try {
      await navigator.clipboard.writeText(text)
    } catch {
      toast('The browser did not allow copying.', 'bad', 'Select the text and copy it by hand.')
      return
    }
    setDone(true)
    setTimeout(() => setDone(false), SHOWN_MS)
  }
  const icon = done ? Check : CopyIcon
  return wordless ? (
    <Button small variant="quiet" icon={icon} onClick={copy} aria-label={done ? 'Copied' : label} title={label} />
  ) : (
    <Button small icon={icon} onClick={copy}>
      {done ? 'Copied' : label}
    </Button>
  )
}
