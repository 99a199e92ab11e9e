import type { CallerError, OutsideError } from '../../../../platform/errors.ts'
import { html, page, prose } from '../../../../platform/http/docs/html.ts'

const styles = ['/pages/style.css']

/** After a log-in elsewhere: goes on by itself. */
export const enteredPage = page(
  'Logged in · Sutler',
  html`<main>
    <p class="brand">Sutler</p>
    <h1>You are logged in</h1>
    <p><a href="/console/">Go on</a></p>
  </main>`,
  { styles, next: '/console/' },
)

/** Why nobody was logged in. */
export function refusedPage({ entry, message }: CallerError | OutsideError): string {
  return page(
    `${entry.title} · Sutler`,
    html`<main>
      <p class="brand">Sutler</p>
      <h1>${entry.title}</h1>
      <p>${message}</p>
      <p>${prose(entry.remedy)}</p>
      <p class="hint">Problem <code>${entry.code}</code></p>
      <p><a href="/login">Back to the log-in</a></p>
    </main>`,
    { styles },
  )
}
