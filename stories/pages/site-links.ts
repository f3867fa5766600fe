/** Where a file of the repository is read on this site, so that links among files lead from page to page. */

const pages: Readonly<Record<string, string>> = {
  'README.md': 'docs/introduction--docs',
  'CHANGELOG.md': 'docs/reference-changelog--docs',
  'docs/getting-started.md': 'docs/getting-started--docs',
  'docs/elements.md': 'docs/elements-im-chat--docs',
  'docs/errors.md': 'docs/reference-errors--docs',
  'docs/architecture.md': 'docs/reference-architecture--docs',
  'stories/playground.stories.ts': 'story/playground--two-people',
  'stories/themes.stories.ts': 'story/themes--colours',
}

/** Without the leading brackets of a picture, which has no page. */
const link = /(!?)\[([^\]]*)\]\(([^)\s]+)\)/g
const fence = /^(```)(\w+)$/gm

/** Languages that the site's highlighter knows under another name. */
const languages: Readonly<Record<string, string>> = { sh: 'bash', vue: 'html', svelte: 'html' }

/**
 * Markdown of the repository as the site shows it. What the site has no page for, such as a folder,
 * keeps its words and loses its link; pictures are left out.
 * @param file where it is from, from the root of the repository
 */
export function onSite(markdown: string, file: string): string {
  return markdown
    .replaceAll(link, (whole, picture: string, words: string, target: string) => {
      if (picture) return ''
      if (/^(\w+:|#)/.test(target)) return whole
      const { pathname, hash } = new URL(target, `file:///${file}`)
      const page = pageOf(pathname.slice(1))
      return page ? `[${words}](?path=/${page}${hash})` : words
    })
    .replaceAll(fence, (_, ticks: string, name: string) => ticks + (languages[name] ?? name))
    .replaceAll(/^<!--.*-->$/gm, '')
}

function pageOf(path: string): string | undefined {
  const [, guide] = /^docs\/guides\/([\w-]+)\.md$/.exec(path) ?? []
  return guide ? `docs/guides-${guide}--docs` : pages[path]
}

/**
 * Some sections of a page, with what is below them.
 * @param headings of the second level, in the order of the page; '' is what comes before the first
 * @throws when there is none of that name
 */
export function sections(markdown: string, ...headings: string[]): string {
  const parts = new Map(
    markdown.split(/^(?=## )/m).map((part) => [/^## (.*)/.exec(part)?.[1] ?? '', part]),
  )
  return headings
    .map((heading) => {
      const part = parts.get(heading)
      if (part === undefined) throw new Error(`There is no section "${heading}".`)
      return part
    })
    .join('')
}
