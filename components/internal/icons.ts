import { html, svg, type SVGTemplateResult, type TemplateResult } from 'lit'

/** 24 by 24, drawn with one pen. Decoration: what it stands for is said by a label beside it. */
function icon(strokes: SVGTemplateResult): TemplateResult {
  return html`<svg
    class="icon"
    viewBox="0 0 24 24"
    width="20"
    height="20"
    fill="none"
    stroke="currentColor"
    stroke-width="1.75"
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
    focusable="false"
  >
    ${strokes}
  </svg>`
}

export const alertIcon = icon(
  svg`<circle cx="12" cy="12" r="9" /><path d="M12 7.5v5.5M12 16.4v.1" />`,
)
export const atIcon = icon(
  svg`<circle cx="12" cy="12" r="3.75" /><path d="M15.75 8.25v4.9a2.6 2.6 0 0 0 5.1.85A9.1 9.1 0 1 0 17 19.6" />`,
)
/** Points to the start of the line: mirrored by whoever uses it where lines run the other way. */
export const backIcon = icon(svg`<path d="M14.5 5.5 8 12l6.5 6.5" />`)
export const bellIcon = icon(
  svg`<path d="M6.5 10a5.5 5.5 0 0 1 11 0c0 4.6 1.75 6 1.75 6H4.75s1.75-1.4 1.75-6ZM10 19.25a2.2 2.2 0 0 0 4 0" />`,
)
export const bellOffIcon = icon(
  svg`<path d="M8 6.2A5.5 5.5 0 0 1 17.5 10c0 1.4.16 2.5.4 3.4M15.5 16H4.75s1.75-1.4 1.75-6c0-.5.07-1 .2-1.45M10 19.25a2.2 2.2 0 0 0 4 0M4 4l16 16" />`,
)
export const checkIcon = icon(svg`<path d="m5 12.5 4.5 4.5L19 7.5" />`)
export const checkDoubleIcon = icon(svg`<path d="m2.5 12.5 4.5 4.5 9.5-9.5M12 16.6l.4.4L22 7.5" />`)
export const clockIcon = icon(
  svg`<circle cx="12" cy="12" r="8.75" /><path d="M12 7.25V12l3.25 2" />`,
)
export const closeIcon = icon(svg`<path d="m6 6 12 12M18 6 6 18" />`)
export const copyIcon = icon(
  svg`<rect x="8.5" y="8.5" width="11.5" height="11.5" rx="2.5" /><path d="M15.5 5.6A2.5 2.5 0 0 0 13 4H6.5A2.5 2.5 0 0 0 4 6.5V13c0 1.1.7 2 1.6 2.4" />`,
)
export const downIcon = icon(svg`<path d="M5.5 9 12 15.5 18.5 9" />`)
export const downloadIcon = icon(svg`<path d="M12 4v11M7 10.5l5 5 5-5M4.5 20h15" />`)
export const editIcon = icon(
  svg`<path d="M14.5 5.5 18.5 9.5 8.5 19.5 4 20l.5-4.5ZM12.5 7.5l4 4" />`,
)
export const fileIcon = icon(
  svg`<path d="M13.5 3.5H7A2 2 0 0 0 5 5.5v13a2 2 0 0 0 2 2h10a2 2 0 0 0 2-2V9ZM13.5 3.5V9H19" />`,
)
export const forwardIcon = icon(
  svg`<path d="m14 5.5 6 6-6 6v-3.6c-4.4 0-7.4 1.3-10 4.6.7-5 3.9-9 10-9.6Z" />`,
)
export const groupIcon = icon(
  svg`<circle cx="9" cy="8.5" r="3.5" /><path d="M2.75 19.5c.4-3.6 2.9-5.5 6.25-5.5s5.85 1.9 6.25 5.5M15.5 5.3a3.5 3.5 0 0 1 0 6.4M17.8 14.5c2 .8 3.2 2.5 3.45 5" />`,
)
export const imageIcon = icon(
  svg`<rect x="3.5" y="4.5" width="17" height="15" rx="2.5" /><circle cx="8.75" cy="9.5" r="1.5" /><path d="m4 17 4.9-4.6a1.5 1.5 0 0 1 2 0L15 16.2l1.6-1.5a1.5 1.5 0 0 1 2 0l1.9 1.8" />`,
)
export const linkIcon = icon(
  svg`<path d="M10 14a4 4 0 0 0 5.7 0l3.1-3.1a4 4 0 1 0-5.7-5.7L12 6.3M14 10a4 4 0 0 0-5.7 0l-3.1 3.1a4 4 0 1 0 5.7 5.7l1.1-1.1" />`,
)
export const locationIcon = icon(
  svg`<path d="M12 21s7-6.1 7-11.2a7 7 0 1 0-14 0C5 14.9 12 21 12 21Z" /><circle cx="12" cy="9.75" r="2.5" />`,
)
export const messagesIcon = icon(
  svg`<path d="M4 6.5A2.5 2.5 0 0 1 6.5 4h11A2.5 2.5 0 0 1 20 6.5v7a2.5 2.5 0 0 1-2.5 2.5H12l-4.5 4v-4h-1A2.5 2.5 0 0 1 4 13.5ZM8 8.5h8M8 11.75h5" />`,
)
export const microphoneIcon = icon(
  svg`<rect x="9" y="3.5" width="6" height="11" rx="3" /><path d="M5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v2.75" />`,
)
export const moreIcon = icon(
  svg`<path d="M5.5 12h.01M12 12h.01M18.5 12h.01" stroke-width="2.75" />`,
)
export const offlineIcon = icon(
  svg`<path d="M4 4l16 16M8.3 15.3a5.3 5.3 0 0 1 5.2-1.3M5.2 12a9.6 9.6 0 0 1 4-2.4M2.5 8.6a14 14 0 0 1 4.1-2.7M10.8 5a14 14 0 0 1 10.7 3.6M15.3 9.9a9.6 9.6 0 0 1 3.5 2.1M12 19h.01" />`,
)
export const paperclipIcon = icon(
  svg`<path d="m19.5 11.5-7.6 7.6a5 5 0 0 1-7.1-7.1l8-8a3.3 3.3 0 0 1 4.7 4.7l-7.9 7.9a1.7 1.7 0 0 1-2.4-2.4l7-7" />`,
)
export const pauseIcon = icon(svg`<path d="M8.5 5.5v13M15.5 5.5v13" stroke-width="2.5" />`)
export const pinIcon = icon(
  svg`<path d="M9 3.75h6M10 3.75v5.5L6.75 13v1.75h10.5V13L14 9.25v-5.5M12 14.75v5.5" />`,
)
export const pinOffIcon = icon(
  svg`<path d="M9 3.75h6M10 3.75V6M14 3.75v5.5L17.25 13v.5M10 9.5 6.75 13v1.75h8M12 14.75v5.5M4 4l16 16" />`,
)
export const playIcon = icon(svg`<path d="M8 5.25v13.5L19 12Z" />`)
export const quoteIcon = icon(
  svg`<path d="m9.5 6-5.5 5.5L9.5 17v-3.75c4.7 0 7.9.9 10.5 5-.5-6-3.8-8.8-10.5-9Z" />`,
)
export const recallIcon = icon(
  svg`<path d="M8.5 5 4 9.5 8.5 14M4.5 9.5H14a5.25 5.25 0 0 1 0 10.5h-3" />`,
)
export const retryIcon = icon(svg`<path d="M19.5 12a7.5 7.5 0 1 1-2.2-5.3L19.5 9M19.5 4.5V9H15" />`)
export const searchIcon = icon(svg`<circle cx="11" cy="11" r="6.5" /><path d="m16 16 4.25 4.25" />`)
export const sendIcon = icon(svg`<path d="M20.5 3.5 10 14M20.5 3.5l-6.5 17L10 14 3.5 10Z" />`)
export const smileIcon = icon(
  svg`<circle cx="12" cy="12" r="8.75" /><path d="M8 14.25a4.75 4.75 0 0 0 8 0M9 9.5v.01M15 9.5v.01" />`,
)
export const systemIcon = icon(
  svg`<path d="M4 10v4h3l6.5 4.5v-13L7 10ZM17 9.5a4 4 0 0 1 0 5M19.5 7a8 8 0 0 1 0 10" />`,
)
export const trashIcon = icon(
  svg`<path d="M4.5 6.5h15M9.5 6.5V4.25h5V6.5M6.5 6.5l.8 12a1.5 1.5 0 0 0 1.5 1.4h6.4a1.5 1.5 0 0 0 1.5-1.4l.8-12M10.25 10.5v5.5M13.75 10.5v5.5" />`,
)
export const userIcon = icon(
  svg`<circle cx="12" cy="8.25" r="3.75" /><path d="M4.75 20c.5-3.9 3.3-6 7.25-6s6.75 2.1 7.25 6" />`,
)
export const zoomInIcon = icon(
  svg`<circle cx="11" cy="11" r="6.5" /><path d="m16 16 4.25 4.25M11 8.25v5.5M8.25 11h5.5" />`,
)
export const zoomOutIcon = icon(
  svg`<circle cx="11" cy="11" r="6.5" /><path d="m16 16 4.25 4.25M8.25 11h5.5" />`,
)
export const videoIcon = icon(
  svg`<rect x="3" y="6" width="12.5" height="12" rx="2.5" /><path d="m15.5 10.5 5.5-3v9l-5.5-3" />`,
)
