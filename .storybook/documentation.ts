/** How pages of documentation look: in the theme of the toolbar, and what the page of an element holds. */
import {
  Controls,
  Description,
  DocsContainer,
  DocsContext,
  Heading,
  Primary,
  Title,
  type DocsContainerProps,
} from '@storybook/addon-docs/blocks'
import {
  createElement,
  Fragment,
  useContext,
  useEffect,
  useSyncExternalStore,
  type ReactNode,
} from 'react'
import { addons } from 'storybook/preview-api'
import { themes } from 'storybook/theming'

interface Globals {
  theme?: string
}

/** Storybook's own look has no higher contrast. */
const looks: Record<string, (typeof themes)['light']> = { dark: themes.dark }

/** Told before the first page is drawn, and again with each change. */
let theme: string | undefined
const listeners = new Set<() => void>()
const channel = addons.getChannel()
for (const event of ['setGlobals', 'globalsUpdated']) {
  channel.on(event, ({ globals }: { globals: Globals }) => {
    theme = globals.theme ?? theme
    for (const listener of listeners) listener()
  })
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function ThemedContainer({
  children,
  ...props
}: DocsContainerProps & { children?: ReactNode }) {
  const shown = useSyncExternalStore(subscribe, () => theme)
  useEffect(() => {
    document.documentElement.dataset.imTheme = shown
  }, [shown])
  return createElement(
    DocsContainer,
    { ...props, theme: looks[shown ?? ''] ?? themes.light },
    createElement('main', null, children),
  )
}

/** The first story with its controls and tables. The others have pages of their own, since only one stage can be set. */
export function ElementPage() {
  return createElement(
    Fragment,
    null,
    createElement(Title),
    createElement(Description),
    createElement(Primary),
    createElement(Heading, null, 'Controls and tables'),
    createElement(Controls),
    createElement(Heading, null, 'Stories'),
    createElement(StoryLinks),
  )
}

function StoryLinks() {
  const stories = useContext(DocsContext).componentStories()
  return createElement(
    'ul',
    null,
    stories.map(({ id, name, parameters }) =>
      createElement(
        'li',
        { key: id },
        createElement('a', { href: `?path=/story/${id}`, target: '_top' }, name),
        `: ${parameters.docs?.description?.story ?? ''}`,
      ),
    ),
  )
}
