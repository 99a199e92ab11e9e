import { expect, it } from 'vitest'
import { asyncApi } from './async-api.ts'
import { described } from './described.gen.ts'
import { eventSchemas } from './index.ts'

it('every type of docs/reference/events.md has a schema of its data in hub/src/events/schemas, and each of these is in that table', () => {
  expect([...eventSchemas.keys()].toSorted()).toEqual(described.map(([type]) => type))
})

it('the published document refers to messages that are in it', () => {
  const text = JSON.stringify(asyncApi('0'))
  const { components } = JSON.parse(text) as { components: { messages: object } }
  const refs = [...text.matchAll(/"\$ref":"#\/components\/messages\/([^"]+)"/g)].map(([, name]) => name!)
  expect(new Set(refs)).toEqual(new Set(Object.keys(components.messages)))
})
