/** Alice and Bob side by side, or one person alone. Everything is on the page; nothing is a mock. */
import { effect, signal } from '@preact/signals-core'
import { html, nothing, render } from 'lit'
import '../../src/define.js'
import { ConnectionStatus } from '../../src/model/connection-status.js'
import { prepareFirstRun } from './first-run.js'
import { pageWords } from './page-words.js'
import { createPerson, plug, type PersonOnPage } from './person.js'
import { openEmbedded, people, server, type Person } from './service.js'
import {
  applySettings,
  direction,
  forgetSettings,
  language,
  onlyPerson,
  theme,
} from './settings.js'

/** A build moves it, and only what is imported is moved along. */
const icon = new URL('./icon.svg', import.meta.url).href

const persons = signal<readonly PersonOnPage[]>([])
const failure = signal(false)
/** Where there is room for one person only. */
const shown = signal(0)

const words = () => pageWords[language.value]

function page() {
  return html`
    <header class="top">
      <div class="brand">
        <img src=${icon} alt="" width="32" height="32" />
        <div>
          <h1>imkit</h1>
          <p dir="auto">${server ? words().taglineOnServer : words().tagline}</p>
        </div>
      </div>
      ${controls()}
    </header>
    ${failure.value ? html`<p class="failure" role="alert">${failed()}</p>` : nothing}
    ${persons.value.length > 1 ? switcher() : nothing}
    <main class="persons" data-count=${persons.value.length}>${persons.value.map(panel)}</main>
  `
}

function controls() {
  const { light, dark, auto, leftToRight, rightToLeft } = words()
  return html`<div class="controls">
    ${choice(words().theme, theme, { auto, light, dark })}
    ${choice(words().language, language, { en: 'English', zh_CN: '简体中文' })}
    ${choice(words().direction, direction, { ltr: leftToRight, rtl: rightToLeft })}
    ${
      onlyPerson === 'carol'
        ? nothing
        : html`<a class="button" href="?user=carol" target="_blank">${words().openAsCarol}</a>`
    }
    ${
      server
        ? nothing
        : html`<button class="button quiet" type="button" @click=${startOver}>
            ${words().startOver}
          </button>`
    }
  </div>`
}

function failed(): string {
  return server ? words().failedOnServer : words().failed
}

function choice<Value extends string>(
  label: string,
  setting: { value: Value },
  options: Record<Value, string>,
) {
  const choose = (event: Event) =>
    (setting.value = (event.target as HTMLSelectElement).value as Value)
  return html`<label class="choice">
    <span>${label}</span>
    <select @change=${choose}>
      ${Object.entries<string>(options).map(
        ([value, text]) =>
          html`<option value=${value} ?selected=${value === setting.value}>${text}</option>`,
      )}
    </select>
  </label>`
}

function switcher() {
  return html`<nav class="switcher" aria-label=${words().people}>
    ${persons.value.map(({ name, kit }, index) => {
      const unread = kit.store.value?.totalUnread.value ?? 0
      return html`<button
        type="button"
        aria-pressed=${index === shown.value}
        @click=${() => (shown.value = index)}
      >
        ${name} ${unread > 0 ? html`<span class="badge">${unread}</span>` : nothing}
      </button>`
    })}
  </nav>`
}

function panel(person: PersonOnPage, index: number) {
  const { id, name, kit, end, isPluggedIn } = person
  const label = words().openAlone(name)
  return html`<section class="person" aria-label=${name} ?data-shown=${index === shown.value}>
    <header class="person-header">
      <im-avatar name=${name} seed=${id}></im-avatar>
      <div class="person-name">
        <h2>${name}</h2>
        <p data-state=${stateOf(person)}>${words()[stateOf(person)]}</p>
      </div>
      ${
        persons.value.length > 1
          ? html`<a
              class="alone"
              href=${`?user=${id}`}
              target="_blank"
              aria-label=${label}
              title=${label}
              >↗</a
            >`
          : nothing
      }
      ${
        end.setOnline
          ? html`<label class="plug">
              <input
                type="checkbox"
                role="switch"
                .checked=${isPluggedIn.value}
                @change=${(event: Event) => plug(person, (event.target as HTMLInputElement).checked)}
              />
              <span>${words().online}</span>
            </label>`
          : nothing
      }
    </header>
    <im-provider .kit=${kit}>
      <im-chat>
        <conversation-list slot="conversations"></conversation-list>
        <message-list slot="messages" .customMenu=${person.messageMenu}></message-list>
        <message-editor slot="editor">
          <button
            class="invite"
            slot="toolbar"
            type="button"
            aria-label=${words().invite}
            title=${words().invite}
            @click=${person.invite}
          >
            🗓
          </button>
        </message-editor>
      </im-chat>
    </im-provider>
  </section>`
}

function stateOf({ kit }: PersonOnPage): 'online' | 'offline' | 'connecting' | 'elsewhere' {
  switch (kit.store.value?.status.value) {
    case ConnectionStatus.CONNECTED:
      return 'online'
    case ConnectionStatus.CONNECTING:
      return 'connecting'
    case ConnectionStatus.KICKED_OFFLINE_BY_OTHER_CLIENT:
      return 'elsewhere'
    default:
      return 'offline'
  }
}

/** Deletes the service and what each person has stored here, then begins anew. */
async function startOver(): Promise<void> {
  if (!confirm(words().startOverDetail)) return
  await Promise.all(persons.value.map(({ kit }) => kit.client?.clearLocalData()))
  await openEmbedded().destroy()
  forgetSettings()
  location.reload()
}

async function start(): Promise<void> {
  const isKnown = people.includes(onlyPerson as Person)
  const ids = isKnown ? [onlyPerson as Person] : ['alice', 'bob']
  persons.value = await Promise.all(ids.map(createPerson))
  applySettings()
  effect(() => void render(page(), document.getElementById('page')!))
  effect(() => {
    for (const { kit } of persons.value) kit.changeLanguage({ lang: language.value })
  })
  try {
    await prepareFirstRun()
    await Promise.all(persons.value.map(({ kit, end }) => kit.connect(end.token)))
  } catch (error) {
    failure.value = true
    throw error
  }
}

void start()
