import { escaped } from '../../markup.ts'

/** Text that is HTML already; everything else put into `html` is escaped. */
export class Html {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

type Part = Html | string | number | false | undefined | readonly Part[]

/** Tagged template: values are escaped unless they are `Html`; lists are joined; false and undefined vanish. */
export function html(strings: TemplateStringsArray, ...values: readonly Part[]): Html {
  return new Html(strings.map((text, i) => text + (i < values.length ? textOf(values[i]) : '')).join(''))
}

function textOf(part: Part): string {
  if (part === undefined || part === false) return ''
  if (part instanceof Html) return part.text
  if (Array.isArray(part)) return part.map(textOf).join('')
  return escaped(String(part as string | number))
}

/** Plain text with `code` in backquotes. */
export function prose(text: string): Html {
  return html`${text.split('`').map((part, i) => (i % 2 === 1 ? html`<code>${part}</code>` : part))}`
}

export interface PageParts {
  /** Beside the hub's own stylesheet. */
  readonly styles?: readonly string[]
  /** Address of a module script; absent = none. */
  readonly script?: string
  /** Where the browser goes on to by itself. */
  readonly next?: string
}

/** A whole page without anything from elsewhere, and without anything inline. */
export function page(title: string, body: Html, { styles = [], script, next }: PageParts = {}): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        <link rel="stylesheet" href="/docs/style.css" />
        ${styles.map((style) => html`<link rel="stylesheet" href="${style}" />`)}
        ${next !== undefined && html`<meta http-equiv="refresh" content="0; url=${next}" />`}
        ${script !== undefined && html`<script type="module" src="${script}"></script>`}
      </head>
      <body>
        ${body}
      </body>
    </html> `.text
}

/** Nothing may load but the page's own stylesheet. */
export const pageHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy':
    "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-cache',
}
