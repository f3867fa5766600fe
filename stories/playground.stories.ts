import type { Meta, StoryObj } from '@storybook/web-components-vite'
import { html } from 'lit'
import { styleMap } from 'lit/directives/style-map.js'
import { useArgs, useGlobals } from 'storybook/preview-api'
import { pair, Playground, type PersonAtPlay, type PersonId } from './support/playground.js'
import './support/playground.css'

const widths = { full: '100%', tablet: '48rem', phone: '22.5rem' } as const

interface Args {
  /** Of each chat, as far as there is room. */
  width: keyof typeof widths
  /** Where there is room for one only. */
  shown: PersonId
  anaIsOnline: boolean
  benIsOnline: boolean
  /** messages in a second */
  sendRate: number
  /** bytes */
  messageSize: number
  /** bytes */
  fileSize: number
  /** seconds, 0: for ever */
  maxRecallDuration: number
}

const meta: Meta<Args> = {
  title: 'Playground',
  args: {
    width: 'full',
    shown: 'ana',
    anaIsOnline: true,
    benIsOnline: true,
    sendRate: 5,
    messageSize: 128 * 1024,
    fileSize: 100 * 1024 * 1024,
    maxRecallDuration: 0,
  },
  argTypes: {
    width: {
      control: 'inline-radio',
      options: Object.keys(widths),
      description: 'Of each chat, as far as there is room.',
    },
    shown: {
      control: 'inline-radio',
      options: pair,
      description: 'Who is shown where there is room for one only.',
    },
    anaIsOnline: { description: 'Whether Ana has a connection.' },
    benIsOnline: { description: 'Whether Ben has a connection.' },
    sendRate: { description: 'Messages the service takes of one user in a second.' },
    messageSize: { description: 'Bytes the content of a message may have.' },
    fileSize: { description: 'Bytes a file may have.' },
    maxRecallDuration: {
      description: 'Seconds within which the service lets recall; 0: for ever.',
    },
  },
  parameters: { shows: ['[part~=bubble]', 'textarea:enabled'] },
  beforeEach: () => leave,
}

export default meta

let current: Playground | undefined

/** Other limits are those of another service: everybody leaves it and comes back, and nothing is lost. */
async function playgroundWith({
  sendRate,
  messageSize,
  fileSize,
  maxRecallDuration,
}: Args): Promise<Playground> {
  const limits = { sendRate, messageSize, fileSize, maxRecallDuration }
  if (current && JSON.stringify(current.limits) === JSON.stringify(limits)) return current
  await leave()
  return (current = await Playground.open(limits))
}

async function leave(): Promise<void> {
  const left = current
  current = undefined
  await left?.close()
}

async function startOver(): Promise<void> {
  const left = current
  current = undefined
  await left?.clear()
  location.reload()
}

/** Ana and Ben, each with a kit of their own on one service inside the browser. */
export const TwoPeople: StoryObj<Args> = {
  loaders: [async ({ args }) => ({ playground: await playgroundWith(args as Args) })],
  render: (args, { loaded, globals }) => {
    const { playground } = loaded as { playground: Playground }
    const [, updateArgs] = useArgs<Args>()
    const [, updateGlobals] = useGlobals()
    playground.changeLanguage(String(globals.locale))
    playground.setOnline('ana', args.anaIsOnline)
    playground.setOnline('ben', args.benIsOnline)

    const setGlobal = (name: string, options: Record<string, string>) =>
      choice(name, options, String(globals[name]), (value) => updateGlobals({ [name]: value }))
    return html`<div class="playground">
      <form
        class="settings"
        aria-label="Settings"
        @submit=${(event: Event) => event.preventDefault()}
      >
        ${setGlobal('theme', { light: 'Light', dark: 'Dark', 'high-contrast': 'High contrast' })}
        ${setGlobal('locale', { en: 'English', zh_CN: '简体中文' })}
        ${setGlobal('direction', { ltr: 'Left to right', rtl: 'Right to left' })}
        ${choice(
          'width',
          { full: 'Full width', tablet: 'Tablet', phone: 'Phone' },
          args.width,
          (width) => updateArgs({ width: width as Args['width'] }),
        )}
        ${amount('Messages a second', args.sendRate, (sendRate) => updateArgs({ sendRate }))}
        ${amount('Bytes a message', args.messageSize, (messageSize) => updateArgs({ messageSize }))}
        ${amount('Bytes a file', args.fileSize, (fileSize) => updateArgs({ fileSize }))}
        ${amount('Seconds to recall', args.maxRecallDuration, (maxRecallDuration) =>
          updateArgs({ maxRecallDuration }),
        )}
        <button type="button" @click=${() => void startOver()}>Start over</button>
      </form>
      <nav class="switcher" aria-label="People">
        ${playground.people.map(
          ({ id, name }) =>
            html`<button
              type="button"
              aria-pressed=${id === args.shown}
              @click=${() => updateArgs({ shown: id })}
            >
              ${name}
            </button>`,
        )}
      </nav>
      <div class="people">
        ${playground.people.map((person) =>
          personPanel(person, args, (isOnline) =>
            updateArgs(person.id === 'ana' ? { anaIsOnline: isOnline } : { benIsOnline: isOnline }),
          ),
        )}
      </div>
    </div>`
  },
}

function personPanel(
  { id, name, kit }: PersonAtPlay,
  { width, shown, anaIsOnline, benIsOnline }: Args,
  plug: (isOnline: boolean) => void,
) {
  return html`<section
    class="person"
    aria-label=${name}
    ?data-shown=${id === shown}
    style=${styleMap({ inlineSize: widths[width] })}
  >
    <header>
      <h2>${name}</h2>
      <label>
        <input
          type="checkbox"
          role="switch"
          .checked=${id === 'ana' ? anaIsOnline : benIsOnline}
          @change=${(event: Event) => plug((event.target as HTMLInputElement).checked)}
        />
        Online
      </label>
    </header>
    <im-provider .kit=${kit}><im-chat></im-chat></im-provider>
  </section>`
}

function choice(
  name: string,
  options: Record<string, string>,
  chosen: string,
  choose: (value: string) => void,
) {
  return html`<select
    aria-label=${name}
    @change=${(event: Event) => choose((event.target as HTMLSelectElement).value)}
  >
    ${Object.entries(options).map(
      ([value, words]) =>
        html`<option value=${value} .selected=${value === chosen}>${words}</option>`,
    )}
  </select>`
}

function amount(label: string, value: number, change: (value: number) => void) {
  return html`<label class="amount">
    ${label}
    <input
      type="number"
      min="0"
      .valueAsNumber=${value}
      @change=${({ target }: Event) => {
        const { valueAsNumber } = target as HTMLInputElement
        if (valueAsNumber >= 0) change(valueAsNumber)
      }}
    />
  </label>`
}
