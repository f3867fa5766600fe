import { expect } from '@open-wc/testing'
import axe from 'axe-core'

/** Fails with what axe finds in an element, and where. */
export async function expectAccessible(element: Element): Promise<void> {
  // Colours on their way to others are nobody's.
  const animations = element.shadowRoot?.getAnimations() ?? []
  await Promise.allSettled(animations.map(({ finished }) => finished))
  const { violations } = await axe.run(element)
  expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).to.deep.equal([])
}
