import { readFileSync } from 'node:fs'
import { html, page, type Html } from '../../../../platform/http/docs/html.ts'

/** Only what the hub serves itself, no markup out of scripts, and nobody may show the page inside another. */
export const formHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; " +
    "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cache-control': 'no-store',
}

/** A page with a form that one of the scripts sends. */
export function formPage(title: string, script: string, body: Html): string {
  return page(
    `${title} · Sutler`,
    html`<main>
      <p class="brand">Sutler</p>
      <noscript>
        <p>This page needs JavaScript. Without: <code>sutler login</code> and <code>sutler setup</code>.</p>
      </noscript>
      ${body}
    </main>`,
    { styles: ['/pages/style.css'], script: `/pages/${script}` },
  )
}

interface Field {
  readonly name: string
  readonly label: string
  readonly type: 'text' | 'password'
  readonly autocomplete: string
  readonly hint?: string
}

/** A labelled input, with what is wrong with it below. */
export function field({ name, label, type, autocomplete, hint }: Field): Html {
  const described = `${hint === undefined ? '' : `${name}-hint `}${name}-wrong`
  return html`<div class="field">
    <label for="${name}">${label}</label>
    <input
      id="${name}"
      name="${name}"
      type="${type}"
      autocomplete="${autocomplete}"
      autocapitalize="none"
      spellcheck="false"
      required
      aria-describedby="${described}"
    />
    ${hint !== undefined && html`<p class="hint" id="${name}-hint">${hint}</p>`}
    <p class="wrong" id="${name}-wrong"></p>
  </div>`
}

/** Where a form says what went wrong. */
export const alertLine = html`<p role="alert" tabindex="-1" hidden></p>`

/** The scripts by name: as they are in the repository. */
export const scripts: ReadonlyMap<string, string> = new Map(
  ['hub.js', 'login.js', 'setup.js'].map((name) => [
    name,
    readFileSync(new URL(`./scripts/${name}`, import.meta.url), 'utf8'),
  ]),
)
