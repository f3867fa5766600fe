import Form from 'next/form'
import { people } from './people'

export default function LogIn() {
  return (
    <Form action="/chat">
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
    </Form>
  )
}
