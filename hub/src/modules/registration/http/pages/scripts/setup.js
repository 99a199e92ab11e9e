import { ask, onSubmit, showProblem } from './hub.js'

const form = document.querySelector('form')
// Behind the token stands what programs trust the hub by.
const token = location.hash.slice(1).split('.')[0]

if (!token.startsWith('inv_')) {
  document.querySelector('#incomplete').hidden = false
  form.hidden = true
}

onSubmit(form, async ({ name, password, again }) => {
  if (password !== again) {
    const errors = [{ pointer: '/again', detail: 'This is another password than the one above.' }]
    return showProblem(form, { title: 'The passwords differ', errors })
  }
  const { ok, body } = await ask('POST', '/browser/setup', { token, name, password })
  if (!ok) return showProblem(form, body)
  // The link is used up: nothing of it stays in the history.
  history.replaceState(null, '', '/setup')
  location.replace('/console/')
})
