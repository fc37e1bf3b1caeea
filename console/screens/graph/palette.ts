// The colours of the theme for a canvas, which cannot use the style sheet. Read anew when the theme changes.
import { useEffect, useState } from 'react'

const ROLES = {
  canvas: '--color-canvas',
  panel: '--color-panel',
  sunken: '--color-sunken',
  line: '--color-line',
  lineStrong: '--color-line-strong',
  ink: '--color-ink',
  ink2: '--color-ink-2',
  ink3: '--color-ink-3',
  accent: '--color-accent',
  accentSoft: '--color-accent-soft',
  bad: '--color-bad-mark',
  warn: '--color-warn-mark',
  good: '--color-good-mark',
  entry: '--color-fam-4',
  mind: '--color-fam-1',
  hand: '--color-fam-5',
  data: '--color-fam-2',
  origin: '--color-fam-3',
} as const

export type Palette = Readonly<Record<keyof typeof ROLES, string>> & { font: string }

function readPalette(): Palette {
  const probe = document.createElement('span')
  document.body.append(probe)
  const style = getComputedStyle(probe)
  const colours = Object.entries(ROLES).map(([role, name]) => {
    probe.style.color = `var(${name})`
    return [role, style.color] as const
  })
  const font = style.fontFamily
  probe.remove()
  return { ...(Object.fromEntries(colours) as Record<keyof typeof ROLES, string>), font }
}

export function usePalette(): Palette | undefined {
  const [palette, setPalette] = useState<Palette>()
  useEffect(() => {
    const read = () => setPalette(readPalette())
    read()
    const dark = matchMedia('(prefers-color-scheme: dark)')
    const chosen = new MutationObserver(read)
    dark.addEventListener('change', read)
    chosen.observe(document.documentElement, { attributeFilter: ['data-theme'] })
    return () => {
      dark.removeEventListener('change', read)
      chosen.disconnect()
    }
  }, [])
  return palette
}
