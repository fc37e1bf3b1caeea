// What the keyboard can do.
import { Dialog } from '../ui/dialog.tsx'

const KEYS: readonly (readonly [string, readonly string[]])[] = [
  ['Search or jump to anything', ['Ctrl or ⌘', 'K']],
  ['Search on this page', ['/']],
  ['Next row', ['J']],
  ['Previous row', ['K']],
  ['Open the row', ['Enter']],
  ['Go home', ['H']],
  ['Close what is open', ['Esc']],
  ['Show these keys', ['?']],
]

export function KeysDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title="Keyboard shortcuts" onClose={onClose}>
      <dl className="grid gap-1.5 text-sm">
        {KEYS.map(([does, keys]) => (
          <div key={does} className="flex items-center justify-between gap-4">
            <dt className="text-ink-2">{does}</dt>
            <dd className="flex gap-1">
              {keys.map((key) => (
                <kbd
                  key={key}
                  className="min-w-6 rounded-xs border border-line bg-sunken px-1.5 text-center font-sans text-xs leading-5"
                >
                  {key}
                </kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}
