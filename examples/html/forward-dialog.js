import { privateWith } from './kit.js'

const dialog = document.querySelector('dialog')
const form = dialog.querySelector('form')

/** Asks where to; none when the dialog is dismissed. */
export function askWhereTo(people) {
  form.querySelector('div').replaceChildren(...people.map(choice))
  dialog.returnValue = ''
  dialog.showModal()
  return new Promise((resolve) => {
    const closed = () => {
      const chosen = dialog.returnValue === 'forward' ? new FormData(form).getAll('to') : []
      resolve(chosen.map(privateWith))
    }
    dialog.addEventListener('close', closed, { once: true })
  })
}

function choice({ id, name }) {
  const label = document.createElement('label')
  const box = Object.assign(document.createElement('input'), {
    type: 'checkbox',
    name: 'to',
    value: id,
  })
  label.append(box, ` ${name}`)
  return label
}
