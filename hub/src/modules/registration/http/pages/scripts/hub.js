// What the pages share. Texts of the hub are put in as text, never as markup.

/** Asks the hub. @returns {Promise<{ ok: boolean, body: any }>} `body`: the answer, or a problem with a `detail` to show */
export async function ask(method, path, body) {
  try {
    const response = await fetch(`/api/v1${path}`, {
      method,
      signal: AbortSignal.timeout(30_000),
      ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    })
    const text = await response.text()
    return { ok: response.ok, body: text === '' ? null : JSON.parse(text) }
  } catch {
    return { ok: false, body: { title: 'The hub does not answer', detail: 'Check that it runs, then try again.' } }
  }
}

/** Shows what went wrong, at the fields that it is about and above the form; takes away what was shown before. */
export function showProblem(form, problem) {
  const alert = form.querySelector('[role=alert]')
  alert.textContent =
    problem === null ? '' : problem.errors ? 'Correct what is marked.' : `${problem.title}. ${problem.detail}`
  alert.hidden = problem === null
  let first = null
  for (const input of form.querySelectorAll('input')) {
    const place = problem?.errors?.find(({ pointer }) => pointer === `/${input.name}`)
    const note = form.querySelector(`#${input.id}-wrong`)
    input.setAttribute('aria-invalid', String(place !== undefined))
    if (note) note.textContent = place?.detail ?? ''
    if (place !== undefined) first ??= input
  }
  if (problem !== null) (first ?? alert).focus()
}

/** Calls `send` with the form's values when it is submitted, once at a time. */
export function onSubmit(form, send) {
  const button = form.querySelector('button[type=submit]')
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    if (button.disabled) return
    button.disabled = true
    showProblem(form, null)
    try {
      await send(Object.fromEntries(new FormData(form)))
    } finally {
      button.disabled = false
    }
  })
}
