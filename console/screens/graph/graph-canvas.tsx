// The map under the pointer, the fingers and the keys. What is drawn is kept outside of React: a frame of a pan must not
// render anything. A screen reader hears what the cursor stands on; the table beside it says everything.
import { Maximize, Minus, Plus } from 'lucide-react'
import { type KeyboardEvent, type PointerEvent, useCallback, useEffect, useId, useRef, useState } from 'react'
import { plural } from '../../lib/format.ts'
import { Button } from '../../ui/button.tsx'
import type { Marks } from './draw-map.ts'
import { kindWord } from './kinds.ts'
import { HEAD, type Place } from './map-layout.ts'
import { isArrow, nextByArrow, type Scene, thingAt } from './map-scene.ts'
import { bringIntoSight, fitInto, panBy, toMap, zoomAt } from './map-view.ts'
import { useDrawing } from './use-drawing.ts'

interface GraphCanvasProps {
  label: string
  scene: Scene
  marks: Omit<Marks, 'pointed'>
  /** Shown whole when it changes. */
  sight?: Place | undefined
  onChoose: (node: string) => void
  onFold: (box: string) => void
}

const STEP = 90
const ZOOM = 1.35
const STILL = 4

export function GraphCanvas({ label, scene, marks, sight, onChoose, onFold }: GraphCanvasProps) {
  const hint = useId()
  const canvas = useRef<HTMLCanvasElement>(null)
  const [pointed, setPointed] = useState<string>()
  const { view, size, look } = useDrawing(canvas, scene, { ...marks, pointed }, sight)
  const fingers = useRef(new Map<number, { x: number; y: number }>())
  const moved = useRef(0)

  const fit = useCallback(() => look(() => fitInto(size(), { x: 0, y: 0, width: scene.width, height: scene.height })), [look, scene, size]) // prettier-ignore
  const zoom = (factor: number) => look((now) => zoomAt(now, { x: size().width / 2, y: size().height / 2 }, factor))

  useEffect(() => {
    const element = canvas.current
    function wheel(event: WheelEvent) {
      event.preventDefault()
      look((now) => zoomAt(now, { x: event.offsetX, y: event.offsetY }, Math.exp(-event.deltaY / 400)))
    }
    element?.addEventListener('wheel', wheel, { passive: false })
    return () => element?.removeEventListener('wheel', wheel)
  }, [look])

  function press(event: PointerEvent<HTMLCanvasElement>) {
    event.currentTarget.setPointerCapture(event.pointerId)
    fingers.current.set(event.pointerId, placeOf(event))
    moved.current = 0
  }
  function move(event: PointerEvent<HTMLCanvasElement>) {
    const before = fingers.current.get(event.pointerId)
    const now = placeOf(event)
    if (!before) {
      const thing = thingAt(scene, toMap(view(), now))
      setPointed(thing?.node?.node.id)
      return
    }
    const other = [...fingers.current].find(([id]) => id !== event.pointerId)?.[1]
    fingers.current.set(event.pointerId, now)
    moved.current += Math.abs(now.x - before.x) + Math.abs(now.y - before.y)
    if (other) look((from) => zoomAt(from, other, distance(now, other) / Math.max(1, distance(before, other))))
    else look((from) => panBy(from, now.x - before.x, now.y - before.y))
  }
  function release(event: PointerEvent<HTMLCanvasElement>) {
    const was = fingers.current.delete(event.pointerId)
    if (!was || event.type === 'pointercancel' || moved.current > STILL) return
    const at = toMap(view(), placeOf(event))
    const thing = thingAt(scene, at)
    if (thing?.node) onChoose(thing.node.node.id)
    else if (thing && (thing.box.folded || at.y < thing.box.y + HEAD)) onFold(thing.box.id)
  }

  function key(event: KeyboardEvent) {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (!act(event)) return
    event.preventDefault()
    event.stopPropagation()
  }
  function act({ key: name, shiftKey }: KeyboardEvent): boolean {
    if (isArrow(name)) {
      const sign = name === 'ArrowLeft' || name === 'ArrowUp' ? 1 : -1
      const sideways = name === 'ArrowLeft' || name === 'ArrowRight'
      if (shiftKey) look((now) => panBy(now, sideways ? sign * STEP : 0, sideways ? 0 : sign * STEP))
      else walkTo(nextByArrow(scene, pointed ?? marks.chosen, name))
      return true
    }
    const box = pointed === undefined ? undefined : scene.boxOf.get(pointed)
    if (name === '+' || name === '=') zoom(ZOOM)
    else if (name === '-') zoom(1 / ZOOM)
    else if (name === '0') fit()
    else if (name === 'Enter' && pointed !== undefined) onChoose(pointed)
    else if (name === ' ' && box) onFold(box.id)
    else return false
    return true
  }
  function walkTo(id: string | undefined) {
    if (id === undefined) return
    setPointed(id)
    const box = scene.boxOf.get(id)
    const place = box?.folded ? box : scene.nodes.get(id)
    if (place) look((now) => bringIntoSight(now, size(), place))
  }

  return (
    <div className="relative">
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- an application of its own: arrows walk in it */}
      <div
        role="application"
        aria-label={label}
        aria-describedby={hint}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the keys work in it
        tabIndex={0}
        onKeyDown={key}
        className="h-[max(24rem,calc(100dvh-19rem))] overflow-hidden rounded-md border border-line focus-visible:outline-offset-[-2px]"
      >
        <canvas
          ref={canvas}
          aria-hidden
          onPointerDown={press}
          onPointerMove={move}
          onPointerUp={release}
          onPointerCancel={release}
          onPointerLeave={() => setPointed(undefined)}
          className="block size-full cursor-grab touch-none active:cursor-grabbing"
        />
      </div>
      <div className="absolute top-2 right-2 grid gap-1">
        <Button small icon={Plus} aria-label="Nearer" onClick={() => zoom(ZOOM)} />
        <Button small icon={Minus} aria-label="Farther" onClick={() => zoom(1 / ZOOM)} />
        <Button small icon={Maximize} aria-label="Show everything" onClick={fit} />
      </div>
      <p id={hint} className="mt-1.5 text-xs text-ink-3">
        Drag to move, turn the wheel to come nearer. By key: arrows walk, Shift and arrows move, + and − zoom, 0 shows
        everything, Enter opens, Space folds.
      </p>
      <p role="status" className="sr-only">
        {pointed !== undefined && say(scene, pointed)}
      </p>
    </div>
  )
}

const placeOf = ({ nativeEvent }: PointerEvent) => ({ x: nativeEvent.offsetX, y: nativeEvent.offsetY })
const distance = (a: { x: number; y: number }, b: { x: number; y: number }) => Math.hypot(a.x - b.x, a.y - b.y)

function say(scene: Scene, id: string): string {
  const placed = scene.nodes.get(id)
  const box = scene.boxOf.get(id)
  if (!placed || !box) return ''
  if (box.folded) return `${box.name}, folded, ${plural(box.nodes.length, 'part')}. Space opens it.`
  const { name, kind, paths } = placed.node
  const edges = plural(scene.touching.get(id)?.length ?? 0, 'link')
  const ways = paths === 0 ? 'on no attack path' : `on ${plural(paths, 'attack path')}`
  return `${name}, ${kindWord(kind)}, in ${box.name}, ${edges}, ${ways}.`
}
