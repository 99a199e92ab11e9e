import { readFile, writeFile } from 'node:fs/promises'
import { beforeAll, expect, it } from 'vitest'
import { commandLineForThisFile } from '../support/command-line.ts'
import { hubForThisFile } from '../support/composed-hub.ts'
import { systemClock } from '../../hub/src/platform/clock.ts'
import { patience } from './household.ts'

const hub = hubForThisFile({ clock: systemClock })
const line = commandLineForThisFile()

beforeAll(() => line.logIn(hub.url))

it(
  'an auditor asks who did what, keeps the audit, and hears of the row that was changed',
  { timeout: patience },
  async () => {
    const made = await line.json('household', 'create', 'Meier')
    const shown = await line.run(['audit', 'show', '--about', String(made['id'])])
    expect(shown.out).toMatch(/may household.write \(granted to operator; relation: any\): household.created hh-/)
    const file = line.path('audit.jsonl')
    expect(await line.run(['audit', 'export', file])).toMatchObject({ status: 0 })
    const whole = await line.run(['audit', 'verify', file])
    expect([whole.status, whole.out]).toEqual([0, expect.stringMatching(/^the audit is whole: \d+ rows/)])
    const key = /with key ([0-9a-f]{64})/.exec(whole.out)![1]!
    expect(await line.run(['audit', 'verify', '--key', key])).toMatchObject({ status: 0 })

    await writeFile(file, (await readFile(file, 'utf8')).replace('household.created', 'household.changed'))
    const changed = await line.run(['audit', 'verify', file, '--key', key])
    expect([changed.status, changed.out]).toEqual([1, expect.stringMatching(/row \d+ of chain \d+ was altered/)])
    const other = await line.run(['audit', 'verify', '--key', '0'.repeat(64)])
    expect([other.status, other.out]).toEqual([1, expect.stringContaining('NOT whole')])
  },
)
