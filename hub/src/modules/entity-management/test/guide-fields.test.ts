import { readFile } from 'node:fs/promises'
import { fieldTable } from '@sutler/expressions'
import { expect, test } from 'vitest'
import { fleetFields } from '../store/fleet-fields.ts'

const guide = new URL('../../../../../docs/guide/fleet.md', import.meta.url)

test('the guide lists the fields that there are', async () => {
  const [, listed] = /<!-- fields -->\n\|.*\n\|.*\n([^]*?)<!-- \/fields -->/.exec(await readFile(guide, 'utf8'))!
  const lines = fieldTable(fleetFields).map(({ name, kind, about }) => `| \`${name}\` | ${kind} | ${about} |\n`)
  expect(listed).toBe(lines.join(''))
})
