// Sends each key to the home's set-top box. Without one in reach it says so and keeps trying with the next key.
const state = document.getElementById('state')
const { setTopBox, timeoutMilliseconds } = await (await fetch('settings.json')).json()

async function send(key) {
  try {
    const answer = await fetch(`${setTopBox}keys`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ key }),
      signal: AbortSignal.timeout(timeoutMilliseconds),
    })
    show(answer.ok, answer.ok ? 'Connected' : `The television answered ${answer.status}`)
  } catch {
    show(false, 'The television cannot be reached')
  }
}

function show(connected, text) {
  state.classList.toggle('connected', connected)
  state.textContent = text
}

document.addEventListener('click', (event) => {
  const key = event.target.closest('button')?.dataset.key
  if (!key) return
  navigator.vibrate?.(10)
  void send(key)
})
