import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import { CoreEvent, imkit, type Conversation, type Message } from 'imkit'
import { ConversationList, MessageEditor, MessageList } from 'imkit/react'
import { CardMessage, privateWith } from './kit'
import { ForwardDialog, type Asking } from './ForwardDialog'
import { nameOf, people } from './people'

const onLanguageChange = (changed: () => void) => imkit.on(CoreEvent.LANGUAGE_CHANGED, changed)

export function Chat({ userId, onLogOut }: { userId: string; onLogOut: () => void }) {
  const [partner, setPartner] = useState('')
  const [isShown, setIsShown] = useState(true)
  const [isDark, setIsDark] = useState(false)
  const lang = useSyncExternalStore(onLanguageChange, () => imkit.lang)
  const [notes, setNotes] = useState<string[]>([])
  const forwardDialog = useRef<Asking>(null)
  const others = people.filter(({ id }) => id !== userId)

  useEffect(() => {
    document.documentElement.dataset.imTheme = isDark ? 'dark' : 'light'
  }, [isDark])

  const menu = useMemo(
    () => [
      {
        name: ({ messageType }: Message) => (messageType === 'RC:TxtMsg' ? 'Note down' : ''),
        callback: ({ content }: Message) => setNotes((notes) => [...notes, content.content]),
      },
    ],
    [],
  )
  const forwardList = useMemo(() => ({ callback: () => forwardDialog.current!.ask() }), [])

  function talkTo(id: string) {
    setPartner(id)
    imkit.selectConversation(privateWith(id))
  }

  function opened({ detail }: CustomEvent<Conversation>) {
    setPartner(detail.targetId)
  }

  function sendCard() {
    void imkit.sendMessage(privateWith(partner), new CardMessage({ title: 'Two tickets' }))
  }

  return (
    <>
      <header>
        <strong>{nameOf(userId)}</strong>
        <nav aria-label="People">
          {others.map(({ id, name }) => (
            <button key={id} onClick={() => talkTo(id)}>
              {name}
            </button>
          ))}
        </nav>
        <button disabled={!partner} onClick={sendCard}>
          Send a card
        </button>
        <button aria-pressed={isDark} onClick={() => setIsDark(!isDark)}>
          Dark
        </button>
        <button onClick={() => imkit.changeLanguage({ lang: lang === 'en' ? 'zh_CN' : 'en' })}>
          {lang === 'en' ? '中文' : 'English'}
        </button>
        <button onClick={() => setIsShown(!isShown)}>
          {isShown ? 'Hide the chat' : 'Show the chat'}
        </button>
        <button onClick={onLogOut}>Log out</button>
      </header>
      {isShown && (
        <main>
          <ConversationList onTapConversation={opened} />
          <MessageList customMenu={menu} forwardList={forwardList} />
          <MessageEditor />
        </main>
      )}
      {notes.length > 0 && (
        <aside aria-label="Notes">
          {notes.map((note, index) => (
            <p key={index}>{note}</p>
          ))}
        </aside>
      )}
      <ForwardDialog ref={forwardDialog} people={others} />
    </>
  )
}
