import { forbidden, unauthenticated } from '../../access.ts'
import type { ErrorCode } from '../../errors.ts'
import { invalidRequest } from '../codes.ts'
import type { OpenApi, Operation } from '../openapi.ts'
import { html, page, prose, type Html } from './html.ts'
import { schemaView, typeOf } from './schema.ts'

/** Said once, not at each endpoint. */
const common = [invalidRequest, unauthenticated, forbidden]

interface Place {
  readonly method: string
  readonly path: string
  readonly operation: Operation
}

/** The reference page at /docs: all of the OpenAPI document, grouped by tag, for reading. */
export function referencePage(document: OpenApi, codes: readonly ErrorCode[]): string {
  const places = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ method, path, operation })),
  )
  const groups = document.tags.map(({ name }) => ({
    name,
    places: places.filter((each) => each.operation.tags[0] === name),
  }))
  const known = new Map(codes.map((code) => [code.code, code]))
  return page(
    `${document.info.title} API ${document.info.version}`,
    html`<nav aria-label="Endpoints">
        <a class="home" href="#top">${document.info.title} API</a>${groups.map(contents)}
        <h2><a href="#types">Types</a></h2>
      </nav>
      <main id="top">
        <h1>${document.info.title} API <small>${document.info.version}</small></h1>
        <p>${prose(document.info.description)}</p>
        <p>
          Machine-readable: <a href="/openapi.json">/openapi.json</a> (OpenAPI ${document.openapi}). Log in with
          <code>POST /api/v1/sessions</code> and send the token as <code>Authorization: Bearer …</code>. Repeat a
          <code>POST</code> safely with the same <code>Idempotency-Key</code>.
        </p>
        ${groups.map(
          (group) =>
            html`<section>
              <h2 id="${anchor(group.name)}">${group.name}</h2>
              ${group.places.map((each) => operationView(each, known))}
            </section>`,
        )}
        <section>
          <h2 id="types">Types</h2>
          ${Object.entries(document.components.schemas).map(
            ([name, schema]) =>
              html`<article>
                <h3 id="type-${name}">${name}</h3>
                ${schemaView(schema)}
              </article>`,
          )}
        </section>
      </main>`,
  )
}

function contents(group: { name: string; places: Place[] }): Html {
  const entry = ({ operation }: Place): Html =>
    html`<li><a href="#${operation.operationId}">${operation.summary}</a></li>`
  return html`<h2><a href="#${anchor(group.name)}">${group.name}</a></h2>
    <ul>
      ${group.places.map(entry)}
    </ul>`
}

function anchor(tag: string): string {
  return `tag-${tag.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}`
}

function operationView({ method, path, operation }: Place, known: ReadonlyMap<string, ErrorCode>): Html {
  const open = operation.security.length === 0
  return html`<article id="${operation.operationId}">
    <h3>${operation.summary}</h3>
    <p class="line"><span class="method ${method}">${method.toUpperCase()}</span> <code class="path">${path}</code></p>
    <p class="note">
      ${open ? 'No login needed.' : operation['x-action'] ? html`Needs the right to <code>${operation['x-action']}</code>.` : 'Any login.'}
    </p>
    ${operation.description?.split('\n\n').map((text) => html`<p>${prose(text)}</p>`)} ${parameters(operation)}
    ${Object.entries(operation.requestBody?.content ?? {}).map(
      ([media, { schema }]) =>
        html`<h4>Body <small>${media}</small></h4>
          ${schemaView(schema)}`,
    )}
    ${answers(operation)} ${problems(operation, known)}
  </article>`
}

function parameters(operation: Operation): Html | undefined {
  const all = operation.parameters ?? []
  if (all.length === 0) return undefined
  return html`<h4>Parameters</h4>
    <dl>
      ${all.map(
        (each) =>
          html`<dt><code>${each.name}</code> <em>${each.in}${each.required ? '' : ', optional'}</em></dt>
            <dd>
              ${schemaView({ ...each.schema, ...(each.description === undefined ? {} : { description: each.description }) })}
            </dd>`,
      )}
    </dl>`
}

function answers(operation: Operation): Html {
  const good = Object.entries(operation.responses).filter(([, answer]) => answer['x-codes'] === undefined)
  return html`${good.map(
    ([status, answer]) =>
      html`<h4>Answer <span class="status">${status}</span> <small>${answer.description}</small></h4>
        ${Object.entries(answer.content ?? {}).map(([media, { schema }]) => (media === 'application/json' ? schemaView(schema) : html`<p>${media}: ${typeOf(schema)}</p>`))}`,
  )}`
}

function problems(operation: Operation, known: ReadonlyMap<string, ErrorCode>): Html | undefined {
  const all = Object.values(operation.responses).flatMap((answer) => answer['x-codes'] ?? [])
  const codes = all.filter((code) => !common.some((each) => each.code === code))
  const entries = codes.flatMap((code) => known.get(code) ?? [])
  if (entries.length === 0) return undefined
  return html`<h4>Problems</h4>
    <dl class="problems">
      ${entries.map(
        (code) =>
          html`<dt><span class="status">${code.status}</span> <a href="/problems/${code.code}">${code.code}</a></dt>
            <dd>${prose(code.title)}. <span class="note">${prose(code.remedy)}</span></dd>`,
      )}
    </dl>`
}

/** The page that a problem's `type` leads to. */
export function problemPage(code: ErrorCode): string {
  return page(
    `${code.code}: ${code.title}`,
    html`<main class="single">
      <p class="line"><span class="status">${code.status}</span> <code class="path">${code.code}</code></p>
      <h1>${prose(code.title)}</h1>
      <h2>What to do</h2>
      <p>${prose(code.remedy)}</p>
      <p><a href="/problems">All problems</a> · <a href="/docs">API reference</a></p>
    </main>`,
  )
}

/** Every problem the hub can answer with. */
export function problemListPage(codes: readonly ErrorCode[]): string {
  const entry = (code: ErrorCode): Html =>
    html`<dt><span class="status">${code.status}</span> <a href="/problems/${code.code}">${code.code}</a></dt>
      <dd>${prose(code.title)}. <span class="note">${prose(code.remedy)}</span></dd>`
  return page(
    'Problems',
    html`<main class="single">
      <h1>Problems</h1>
      <dl class="problems">${codes.map(entry)}</dl>
    </main>`,
  )
}
