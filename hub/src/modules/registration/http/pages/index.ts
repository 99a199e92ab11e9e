import { api, type ApiEnv } from '../../../../platform/http/api.ts'
import { html } from '../../../../platform/http/docs/html.ts'
import { mainTenant, notFound } from '../../../../platform/access.ts'
import { CallerError } from '../../../../platform/errors.ts'
import type { Hono } from 'hono'
import type { RegistrationApp } from '../../app/index.ts'
import { alertLine, field, formHeaders, formPage, scripts } from './html.ts'
import { formStyle } from './style.ts'

const setupPage = formPage(
  'Make your account',
  'setup.js',
  html`<h1>Make your account</h1>
    <p>The link that you opened is for you alone, and good once. Choose what you will log in with.</p>
    <p id="incomplete" role="alert" hidden>
      This page needs all of the link, with what stands behind <code>#</code>. Copy it again.
    </p>
    <form>
      ${alertLine}
      ${field({
        name: 'name',
        label: 'Name',
        type: 'text',
        autocomplete: 'username',
        hint: 'Lower case letters, digits, dot, _, @ and -.',
      })}
      ${field({
        name: 'password',
        label: 'Password',
        type: 'password',
        autocomplete: 'new-password',
        hint: 'At least 12 characters, whichever you like. Some words that do not belong together are good.',
      })}
      ${field({ name: 'again', label: 'The same password again', type: 'password', autocomplete: 'new-password' })}
      <button type="submit">Make the account</button>
    </form>`,
)

const loginPage = (providers: readonly { id: string; name: string }[]): string =>
  formPage(
    'Log in',
    'login.js',
    html`<section id="login">
        <h1>Log in</h1>
        <form>
          ${alertLine} ${field({ name: 'name', label: 'Name', type: 'text', autocomplete: 'username' })}
          ${field({ name: 'password', label: 'Password', type: 'password', autocomplete: 'current-password' })}
          <button type="submit">Log in</button>
        </form>
        ${providers.length > 0 && html`<p class="or">or</p>`}
        <ul class="providers">
          ${providers.map(
            ({ id, name }) => html`<li><a class="button" href="/api/v1/oidc/${id}/start">Log in with ${name}</a></li>`,
          )}
        </ul>
      </section>
      <section id="account" hidden>
        <h1 tabindex="-1">You are logged in as <span id="who"></span></h1>
        <p><a class="button" href="/console/">To the console</a></p>
        <p>Roles: <span id="roles"></span>. What the hub can do is in the <a href="/docs">reference of its API</a>.</p>
        <h2>Where you are logged in</h2>
        <ul id="sessions"></ul>
        <button type="button" id="logout">Log out here</button>
      </section>`,
  )

/** A tenant's people find its identity providers at `/login?tenant=…`, beside the installation's own, which are all that `/login` has. */
function tenantOf(asked: string | undefined): string {
  return asked !== undefined && /^[a-z0-9-]{1,64}$/.test(asked) ? asked : mainTenant
}

/** The pages for people who have no session yet: the same for everyone, and no data in them but the names of identity providers. */
export function pages({ identityProviders }: Pick<RegistrationApp, 'identityProviders'>): Hono<ApiEnv> {
  const app = api()
  app.get('/setup', (c) => c.body(setupPage, 200, formHeaders))
  app.get('/login', async (c) => {
    const offered = await identityProviders.offered(tenantOf(c.req.query('tenant')))
    return c.body(loginPage(offered), 200, formHeaders)
  })
  app.get('/pages/style.css', (c) =>
    c.body(formStyle, 200, { 'content-type': 'text/css; charset=utf-8', 'cache-control': 'no-cache' }),
  )
  app.get('/pages/:script', (c) => {
    const script = scripts.get(c.req.param('script'))
    if (script === undefined) throw new CallerError(notFound, `There is no script ${c.req.param('script')}.`)
    return c.body(script, 200, { 'content-type': 'text/javascript; charset=utf-8', 'cache-control': 'no-cache' })
  })
  return app
}
