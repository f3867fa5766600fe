/** The arithmetic of looking closer: no elements, no events. All lengths in CSS pixels. */

/** How a picture lies on its stage: enlarged about the middle, then moved. */
export interface View {
  scale: number
  x: number
  y: number
}

export interface Point {
  x: number
  y: number
}

export interface Size {
  width: number
  height: number
}

export const wholeView: View = { scale: 1, x: 0, y: 0 }

/** 1: as large as the stage allows. */
const maxScale = 8

/** Enlarges by a factor; the point of the picture under `point` (from the stage's middle) stays there. */
export function zoomed(view: View, factor: number, point: Point): View {
  const scale = clamp(view.scale * factor, 1, maxScale)
  const ratio = scale / view.scale
  return {
    scale,
    x: point.x - (point.x - view.x) * ratio,
    y: point.y - (point.y - view.y) * ratio,
  }
}

export function panned(view: View, by: Point): View {
  return { scale: view.scale, x: view.x + by.x, y: view.y + by.y }
}

/** Moves a picture back so far that no gap opens between it and an edge it could reach. */
export function bounded(view: View, stage: Size, picture: Size): View {
  const spareX = Math.max(0, (picture.width * view.scale - stage.width) / 2)
  const spareY = Math.max(0, (picture.height * view.scale - stage.height) / 2)
  return { scale: view.scale, x: clamp(view.x, -spareX, spareX), y: clamp(view.y, -spareY, spareY) }
}

export function distance(one: Point, other: Point): number {
  return Math.hypot(one.x - other.x, one.y - other.y)
}

export function middle(one: Point, other: Point): Point {
  return { x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 }
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high)
}
