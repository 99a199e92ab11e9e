import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { composeHub, type ComposedHub } from '../../support/composed-hub.ts'
import { manualClock } from '../../support/manual-clock.ts'
import { patience } from '../household.ts'
import { commands } from './scenario-commands.ts'
import { World } from './scenario-world.ts'

/**
 * Each scenario is a file: lines that begin with `> ` are done to a whole hub, and what they print stands below them. The file is
 * compared whole; `vitest run --update` writes it anew.
 */

const clock = manualClock(Date.UTC(2026, 0, 1, 12))
const ticking = setInterval(() => clock.advance(10), 10)
const directory = join(import.meta.dirname, 'scenarios')
let hub: ComposedHub

beforeAll(async () => {
  hub = await composeHub({ clock })
}, patience)

afterAll(async () => {
  clearInterval(ticking)
  await hub?.stop()
}, patience)

describe('the explanation of', { timeout: 2 * patience }, () => {
  it.each(readdirSync(directory).toSorted())('%s', async (file) => {
    const path = join(directory, file)
    await expect(await transcript(readFileSync(path, 'utf8'))).toMatchFileSnapshot(path)
  })
})

it('the guide shows what the scenarios print', () => {
  const printed = readdirSync(directory).map((file) => readFileSync(join(directory, file), 'utf8'))
  const guide = readFileSync('docs/guide/explain.md', 'utf8')
  const shown = [...guide.matchAll(/^```text\n([^]*?)^```$/gm)].map(([, text = '']) => text)
  expect(shown.length).toBeGreaterThan(3)
  for (const text of shown)
    expect(
      printed.some((scenario) => scenario.includes(text)),
      text,
    ).toBe(true)
})

/** The script of a scenario with what it prints now. Lines with `#` before are for readers. */
async function transcript(text: string): Promise<string> {
  const world = new World(hub, clock)
  const lines: string[] = []
  try {
    for (const line of text.split('\n')) {
      if (line.startsWith('# ')) lines.push(line)
      if (!line.startsWith('> ')) continue
      lines.push(line)
      const [name = '', ...words] = line.slice(2).trim().split(/\s+/)
      const command = commands[name]
      if (command === undefined) throw new Error(`there is no command ${name}`)
      const said = await command(world, words, line.slice(2).trim().slice(name.length).trim()).catch(
        (error: unknown) => {
          throw new Error(`${line}: ${(error as Error).message}`, { cause: error })
        },
      )
      if (typeof said === 'string') lines.push('', ...said.split('\n'), '')
    }
  } finally {
    await world.stop()
  }
  return `${lines
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trimEnd()}\n`
}
