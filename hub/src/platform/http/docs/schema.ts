import type { Json, Schema } from '../openapi.ts'
import { Html, html, prose } from './html.ts'

/** A schema as nested lists: each property with its type, whether it is needed, its limits and what it means. */
export function schemaView(schema: Schema): Html {
  const inner = bodyOf(schema)
  const note = schema.description === undefined ? undefined : html`<p class="note">${prose(schema.description)}</p>`
  return html`<div class="schema"><span class="type">${typeOf(schema)}</span>${limits(schema)}${note}${inner}</div>`
}

/** What is inside an object or a list of objects; undefined for plain values and named types. */
function bodyOf(schema: Schema): Html | undefined {
  const object = schema.properties ? schema : schema.items?.properties ? schema.items : undefined
  if (object) return properties(object)
  const choices = schema.anyOf ?? schema.oneOf ?? schema.items?.anyOf ?? schema.items?.oneOf ?? []
  const objects = choices.filter((choice) => choice.properties)
  return objects.length > 0
    ? html`<ul class="choices">
        ${objects.map((each) => html`<li>${properties(each)}</li>`)}
      </ul>`
    : undefined
}

function properties(schema: Schema): Html {
  const required = new Set(schema.required)
  return html`<dl>
    ${Object.entries(schema.properties ?? {}).map(
      ([name, each]) =>
        html`<dt><code>${name}</code>${required.has(name) ? undefined : html` <em>optional</em>`}</dt>
          <dd>${schemaView(each)}</dd>`,
    )}
  </dl>`
}

/** One phrase: `text`, `list of Order`, `text or null`. */
export function typeOf(schema: Schema): Html {
  if (schema.$ref !== undefined) {
    const name = schema.$ref.split('/').at(-1)!
    return html`<a href="#type-${name}">${name}</a>`
  }
  if (schema.const !== undefined) return html`<code>${JSON.stringify(schema.const)}</code>`
  if (schema.enum) return joined(schema.enum.map((value) => html`<code>${plain(value)}</code>`))
  const choices = schema.anyOf ?? schema.oneOf
  if (choices) return joined(choices.map(typeOf))
  if (schema.allOf) return joined(schema.allOf.map(typeOf), ' and ')
  if (schema.type === 'array') return html`list of ${schema.items ? typeOf(schema.items) : 'anything'}`
  if (Array.isArray(schema.type)) return joined(schema.type.map((type) => word(type, schema)))
  if (schema.type === 'object' && typeof schema.additionalProperties === 'object' && !schema.properties) {
    return html`map of ${typeOf(schema.additionalProperties)}`
  }
  return word(schema.type, schema)
}

const words: Record<string, string> = {
  string: 'text',
  integer: 'whole number',
  number: 'number',
  boolean: 'true or false',
}
const formats: Record<string, string> = { 'date-time': 'time (ISO 8601)', uri: 'URL', binary: 'bytes' }

function word(type: string | undefined, schema: Schema): Html {
  if (type === undefined) return html`anything`
  if (type === 'string' && schema.format !== undefined) return html`${formats[schema.format] ?? schema.format}`
  return html`${words[type] ?? type}`
}

function joined(parts: readonly Html[], by = ' or '): Html {
  return html`${parts.map((part, i) => (i === 0 ? part : html`${by}${part}`))}`
}

/** JavaScript's own bounds of a whole number say nothing to a reader. */
const unsaid = new Set<unknown>([Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER])

function limits(schema: Schema): Html | undefined {
  const said = [
    between(schema['minimum'], schema['maximum'], ''),
    between(schema['minLength'], schema['maxLength'], ' characters'),
    between(schema['minItems'], schema['maxItems'], ' items'),
    // Formats carry long patterns of their own.
    schema.pattern !== undefined && schema.format === undefined && html`matches <code>${schema.pattern}</code>`,
    schema.default !== undefined && schema.default !== null && html`default <code>${plain(schema.default)}</code>`,
  ].filter((part) => part instanceof Html)
  return said.length === 0 ? undefined : html`<span class="limits">, ${joined(said, ', ')}</span>`
}

/** `1 to 50 items`, `at most 512 characters`. */
function between(least: unknown, most: unknown, what: string): Html | false {
  const low = typeof least === 'number' && !unsaid.has(least) && !(least === 0 && what !== '') ? least : undefined
  const high = typeof most === 'number' && !unsaid.has(most) ? most : undefined
  if (low !== undefined && high !== undefined) return html`${low} to ${high}${what}`
  if (low !== undefined) return html`at least ${low}${what}`
  return high !== undefined && html`at most ${high}${what}`
}

function plain(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
