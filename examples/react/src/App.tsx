import { useState } from 'react'
import { imkit } from 'imkit'
import { localToken } from 'imkit/backends/local'
import { Chat } from './Chat'
import { people } from './people'

export function App() {
  const [userId, setUserId] = useState('')

  async function logIn(form: FormData) {
    setUserId(await imkit.connect(localToken(String(form.get('user')))))
  }

  async function logOut() {
    await imkit.disconnect()
    setUserId('')
  }

  if (userId) return <Chat userId={userId} onLogOut={logOut} />
  return (
    <form action={logIn}>
      <label>
        Who are you?{' '}
        <select name="user">
          {people.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <button>Log in</button>
    </form>
  )
}
