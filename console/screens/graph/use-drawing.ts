// Draws a scene when something changed, once a frame; the view lives here and nowhere else. A map that takes long to draw is
// not drawn anew while it moves: what was drawn last is moved, and drawn again a few times a second and when it rests.
import { type RefObject, useCallback, useEffect, useRef } from 'react'
import { drawMap, type Marks } from './draw-map.ts'
import type { Place } from './map-layout.ts'
import type { Scene } from './map-scene.ts'
import { fitInto, type View } from './map-view.ts'
import { type Palette, usePalette } from './palette.ts'

/** A frame may take as long as this. */
const QUICK_MS = 5
const RESTS_AFTER_MS = 90
const ANEW_EVERY_MS = 400

interface Drawing {
  view(): View
  size(): { width: number; height: number }
  /** Moves or zooms. */
  look(change: (now: View) => View): void
}

export function useDrawing(
  canvas: RefObject<HTMLCanvasElement | null>,
  scene: Scene,
  marks: Marks,
  sight: Place | undefined,
): Drawing {
  const palette = usePalette()
  const view = useRef<View>({ x: 0, y: 0, scale: 1 })
  const box = useRef({ width: 0, height: 0 })
  const latest = useRef({ scene, marks, palette })
  const shown = useRef<Place>(undefined)
  const painter = useRef<ReturnType<typeof createPainter>>(undefined)

  const draw = useCallback(
    (moves: boolean) => {
      const element = canvas.current
      if (!element) return
      painter.current ??= createPainter(element)
      painter.current(() => ({ ...latest.current, view: view.current, ...box.current }), moves)
    },
    [canvas],
  )
  const look = useCallback(
    (change: (now: View) => View) => {
      view.current = change(view.current)
      draw(true)
    },
    [draw],
  )
  useEffect(() => {
    latest.current = { scene, marks, palette }
    draw(false)
  })
  useEffect(() => {
    const element = canvas.current
    if (!element) return
    const watch = new ResizeObserver(([entry]) => {
      if (!entry) return
      const first = box.current.width === 0
      box.current = { width: entry.contentRect.width, height: entry.contentRect.height }
      element.width = Math.round(box.current.width * ratioOf())
      element.height = Math.round(box.current.height * ratioOf())
      const { width, height } = latest.current.scene
      if (first) view.current = fitInto(box.current, shown.current ?? { x: 0, y: 0, width, height })
      draw(false)
    })
    watch.observe(element)
    return () => watch.disconnect()
  }, [canvas, draw])
  useEffect(() => {
    shown.current = sight
    if (sight && box.current.width > 0) look(() => fitInto(box.current, sight))
  }, [sight, look])
  const now = useCallback(() => view.current, [])
  const size = useCallback(() => box.current, [])
  return { view: now, size, look }
}

interface Shot {
  scene: Scene
  marks: Marks
  palette: Palette | undefined
  view: View
  width: number
  height: number
}

function createPainter(canvas: HTMLCanvasElement) {
  const context = canvas.getContext('2d', { alpha: false })
  const kept = document.createElement('canvas')
  let keptView: View | undefined
  let [frame, rest, drawnAt, took] = [0, 0, 0, 0]

  function whole({ scene, marks, palette, view, width, height }: Shot) {
    if (!context || !palette) return
    const started = performance.now()
    drawMap({ context, width, height, ratio: ratioOf() }, scene, view, palette, marks)
    drawnAt = performance.now()
    took = drawnAt - started
    keptView = undefined
    if (took <= QUICK_MS || canvas.width === 0) return
    kept.width = canvas.width
    kept.height = canvas.height
    kept.getContext('2d', { alpha: false })?.drawImage(canvas, 0, 0)
    keptView = view
  }
  function moved({ palette, view, width, height }: Shot, from: View) {
    if (!context || !palette) return
    const [ratio, by] = [ratioOf(), view.scale / from.scale]
    context.setTransform(ratio, 0, 0, ratio, 0, 0)
    context.fillStyle = palette.canvas
    context.fillRect(0, 0, width, height)
    context.drawImage(kept, view.x - from.x * by, view.y - from.y * by, width * by, height * by)
  }
  return (shot: () => Shot, moves: boolean) => {
    cancelAnimationFrame(frame)
    clearTimeout(rest)
    frame = requestAnimationFrame(() => {
      const isDue = performance.now() - drawnAt > ANEW_EVERY_MS + took * 4
      if (!moves || !keptView || isDue) {
        whole(shot())
        return
      }
      moved(shot(), keptView)
      rest = window.setTimeout(() => whole(shot()), RESTS_AFTER_MS)
    })
  }
}

const ratioOf = () => Math.min(2, devicePixelRatio || 1)
