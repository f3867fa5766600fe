import { html } from 'lit'
import type { Message } from '../../../src/model/message.js'
import { locationIcon } from '../../internal/icons.js'
import { textOf, thumbnailUrl } from '../content-fields.js'
import type { BubbleScene } from '../scene.js'

/** A place: its name above a picture of the map, leading to a map. */
export function renderLocation(message: Message, scene: BubbleScene) {
  const { longitude, latitude, poi, content } = message.content
  const picture = thumbnailUrl(content)
  return html`<a
    class="card location"
    part="location"
    href=${mapUrl(Number(latitude), Number(longitude))}
    target="_blank"
    rel="noopener noreferrer"
  >
    <span class="location-name" dir="auto">${textOf(poi) || scene.words.location}</span>
    <span class="location-map">
      ${picture ? html`<img src=${picture} alt="" draggable="false" />` : html`<span></span>`}
      <span class="location-pin">${locationIcon}</span>
    </span>
  </a>`
}

function mapUrl(latitude: number, longitude: number): string {
  const place = `${latitude}/${longitude}`
  return `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=16/${place}`
}
