// Where one looks: which part of the map, and how near. Pure, so that it can be tried without a screen.
import type { Place } from './map-layout.ts'

export interface View {
  /** Pixels from the left top of the picture to the origin of the map. */
  x: number
  y: number
  /** Pixels for each unit of the map. */
  scale: number
}

interface Size {
  width: number
  height: number
}

const NEAREST = 2.5
const FARTHEST = 0.02
const MARGIN = 28

const bounded = (scale: number) => Math.min(NEAREST, Math.max(FARTHEST, scale))

export function fitInto(size: Size, { x, y, width, height }: Place, nearest = 1): View {
  const room = { width: Math.max(1, size.width - 2 * MARGIN), height: Math.max(1, size.height - 2 * MARGIN) }
  const wanted = Math.min(nearest, room.width / Math.max(1, width), room.height / Math.max(1, height))
  const scale = bounded(wanted)
  return {
    scale,
    x: size.width / 2 - (x + width / 2) * scale,
    y: size.height / 2 - (y + height / 2) * scale,
  }
}

/** From this scale on the name of a node can be read. */
export const NAMES_FROM = 0.4
/** What a laptop has for the map. */
const USUAL: Size = { width: 1100, height: 590 }

/** Whether names can be read where all of it is in view. */
export const isReadable = ({ width, height }: Pick<Place, 'width' | 'height'>): boolean =>
  fitInto(USUAL, { x: 0, y: 0, width, height }).scale >= NAMES_FROM

/** The point under the pointer stays where it is. */
export function zoomAt(view: View, at: { x: number; y: number }, factor: number): View {
  const scale = bounded(view.scale * factor)
  const by = scale / view.scale
  return { scale, x: at.x - (at.x - view.x) * by, y: at.y - (at.y - view.y) * by }
}

export const panBy = (view: View, dx: number, dy: number): View => ({ ...view, x: view.x + dx, y: view.y + dy })

export const toMap = (view: View, { x, y }: { x: number; y: number }) => ({
  x: (x - view.x) / view.scale,
  y: (y - view.y) / view.scale,
})

/** Moves no more than it must, so that a place is on the screen. */
export function bringIntoSight(view: View, size: Size, place: Place): View {
  const left = place.x * view.scale + view.x
  const top = place.y * view.scale + view.y
  const right = left + place.width * view.scale
  const bottom = top + place.height * view.scale
  const dx = left < MARGIN ? MARGIN - left : right > size.width - MARGIN ? size.width - MARGIN - right : 0
  const dy = top < MARGIN ? MARGIN - top : bottom > size.height - MARGIN ? size.height - MARGIN - bottom : 0
  return dx === 0 && dy === 0 ? view : panBy(view, dx, dy)
}

export function around(places: readonly Place[]): Place | undefined {
  const [first] = places
  if (!first) return undefined
  const x = Math.min(...places.map((one) => one.x))
  const y = Math.min(...places.map((one) => one.y))
  const width = Math.max(...places.map((one) => one.x + one.width)) - x
  const height = Math.max(...places.map((one) => one.y + one.height)) - y
  return { x, y, width, height }
}
