/** A page of the site made of a file of the repository, which is read there as it is. */
import { AnchorMdx, CodeOrSourceMdx, HeadersMdx, Markdown } from '@storybook/addon-docs/blocks'
import { createElement, type ReactNode } from 'react'
import { onSite } from './site-links.js'

export interface MarkdownPageProps {
  /** Markdown, as a whole. */
  text: string
  /** Where it is from, from the root of the repository. */
  file: string
}

export function MarkdownPage({ text, file }: MarkdownPageProps) {
  return createElement(Markdown, { options: { overrides }, children: onSite(text, file) })
}

/** Those of Storybook, which are gone when there are others, and a head of a column without words. */
const overrides = {
  code: CodeOrSourceMdx,
  a: AnchorMdx,
  ...HeadersMdx,
  th: ({ children, ...props }: { children?: ReactNode }) =>
    createElement(isEmpty(children) ? 'td' : 'th', props, children),
}

function isEmpty(children: ReactNode): boolean {
  return !children || (Array.isArray(children) && children.length === 0)
}
