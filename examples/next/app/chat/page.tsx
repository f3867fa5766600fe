import { redirect } from 'next/navigation'
import { people } from '../people'
import { Chat } from './chat'

/** The server draws the tags; in the browser they become elements and fill themselves. */
export default async function ChatPage({ searchParams }: PageProps<'/chat'>) {
  const { user } = await searchParams
  const person = people.find(({ id }) => id === user)
  if (!person) redirect('/')
  return <Chat userId={person.id} />
}
