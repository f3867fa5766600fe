export const people = [
  { id: 'alice', name: 'Alice' },
  { id: 'bob', name: 'Bob' },
  { id: 'carol', name: 'Carol' },
]

export const nameOf = (id: string) => people.find((person) => person.id === id)?.name ?? id
