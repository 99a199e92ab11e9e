import { ask, onSubmit, showProblem } from './hub.js'

const form = document.querySelector('form')
const account = document.querySelector('#account')
const sessions = document.querySelector('#sessions')
const time = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' })

/** Shows the log-in, or who is logged in. */
async function show() {
  const { ok, body } = await ask('GET', '/me')
  account.hidden = !ok
  document.querySelector('#login').hidden = ok
  if (!ok) return clear()
  document.querySelector('#who').textContent = body.name
  document.querySelector('#roles').textContent = body.roles.join(', ')
  const listed = await ask('GET', '/sessions')
  sessions.replaceChildren(...(listed.ok ? listed.body.items.map(row) : []))
}

/** Nothing of whoever was logged in stays in the page. */
function clear() {
  for (const id of ['#who', '#roles', '#sessions']) document.querySelector(id).replaceChildren()
}

function row(session) {
  const item = document.createElement('li')
  const what = document.createElement('span')
  const kind = session.kind === 'browser' ? 'Browser' : 'Command line or program'
  const where = session.current ? `${kind}, this one` : kind
  what.textContent = `${where} — since ${time.format(new Date(session.createdAt))}, last used ${time.format(new Date(session.lastUsedAt))}`
  item.append(what)
  if (!session.current) {
    const end = document.createElement('button')
    end.type = 'button'
    end.textContent = 'End'
    end.setAttribute('aria-label', `End: ${what.textContent}`)
    end.addEventListener('click', async () => {
      await ask('DELETE', `/sessions/${encodeURIComponent(session.id)}`)
      await show()
    })
    item.append(end)
  }
  return item
}

onSubmit(form, async ({ name, password }) => {
  const { ok, body } = await ask('POST', '/browser/sessions', { name, password })
  if (!ok) return showProblem(form, body)
  form.reset()
  location.assign('/console/')
})

document.querySelector('#logout').addEventListener('click', async () => {
  await ask('DELETE', '/sessions')
  await show()
  document.querySelector('#name').focus()
})

await show()
