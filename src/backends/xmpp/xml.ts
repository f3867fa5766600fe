/**
 * XML elements: made by `xml(name, attributes, ...children)`, read from the frames of a WebSocket,
 * each of which holds one (RFC 7395).
 */
import Element from 'ltx/src/Element.js'
import createElement from 'ltx/src/createElement.js'
import SaxParser from 'ltx/src/parsers/ltx.js'

export { Element, createElement as xml }

/**
 * Deeper than anything meant well; what looks through an element calls itself for each level. What
 * lies deeper is left out: whoever sends it should not end the connection of who gets it.
 */
const MAX_DEPTH = 64

/** The element of a frame. @throws Error when it is none */
export function parseFrame(frame: string): Element {
  const parser = new SaxParser()
  const open: Element[] = []
  let leftOut = 0
  let root: Element | undefined
  parser.on('startElement', (name, attrs) => {
    if (open.length >= MAX_DEPTH) {
      leftOut += 1
      return
    }
    const element = new Element(name, attrs)
    if (open.length > 0) open.at(-1)!.append(element)
    else if (root) throw new Error('A frame holds one element.')
    else root = element
    open.push(element)
  })
  parser.on('endElement', (name) => {
    if (leftOut > 0) leftOut -= 1
    else if (open.pop()?.name !== name) throw new Error(`</${name}> ends what never began.`)
  })
  parser.on('text', (text) => {
    if (leftOut === 0) open.at(-1)?.t(text)
  })
  parser.write(frame)
  if (!root || open.length > 0) throw new Error('This frame ends within an element.')
  return root
}

/** A text in which everything that XML has no way to write is replaced. */
export function asXmlText(text: string): string {
  return text.replace(unwritable, '\ufffd')
}

// eslint-disable-next-line no-control-regex -- XML 1.0, 2.2
const unwritable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu
