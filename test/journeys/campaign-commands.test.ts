import { readFile, writeFile } from 'node:fs/promises'
import { beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '../../hub/src/platform/clock.ts'
import { addHomes, untilCampaign } from '../support/campaign-fleet.ts'
import { commandLineForThisFile } from '../support/command-line.ts'
import { hubForThisFile } from '../support/composed-hub.ts'
import { patience, publishTestService } from './household.ts'

const hub = hubForThisFile({ clock: systemClock })
const line = commandLineForThisFile()

beforeAll(async () => {
  await line.saveLogin(hub.connection)
  for (const version of ['1.0.0', '2.0.0'])
    await publishTestService(hub, 'tv-guide', version, [{ deviceClass: 'set-top-box', files: { a: version } }])
  await addHomes(hub, systemClock, 'cli', [{ classes: ['set-top-box', 'phone'] }, { classes: ['set-top-box'] }])
}, 2 * patience)

describe('campaigns on the command line', { timeout: 2 * patience }, () => {
  it('are written down, previewed, started, paused, shown and ended', async () => {
    const guide = await readFile(new URL('../../docs/guide/campaigns.md', import.meta.url), 'utf8')
    // The guide's own, for devices that have nothing yet.
    const document = JSON.parse(/```json\n([^]*?)```/.exec(guide)![1]!) as { order: object; approvals: object[] }
    const added = { ...document, order: { ...document.order, action: 'add' }, approvals: [] }
    await writeFile(line.path('guide-2.json'), JSON.stringify(added))
    const made = await line.run(['campaign', 'create', 'guide-2.json'])
    expect(made).toMatchObject({ status: 0, out: expect.stringMatching(/^cmp-\w+ is planning: guide 2/) as string })
    const [id = ''] = made.out.split(' ')
    const preview = await line.run(['campaign', 'preview', id])
    expect(preview.out).toContain('2 devices would get it, 0 are left out.')
    expect(preview.out).toMatch(/Bytes: 10 B whole, 10 B changed files only, 10 B with patches/)
    expect((await line.run(['campaign', 'preview', id, '--again'])).status).toBe(0)
    expect((await line.run(['campaign', 'start', id, '--reason', 'change 4711'])).status).toBe(0)
    await untilCampaign(hub, id, ({ waves }) => waves[0]!.open === 2)
    expect((await line.run(['campaign', 'targets', id, '--state', 'ordered'])).out.match(/^dev-cli-/gm)).toHaveLength(2)
    expect((await line.run(['campaign', 'pause', id])).status).toBe(0)
    await untilCampaign(hub, id, ({ state }) => state === 'paused')
    const shown = await line.run(['campaign', 'show', id])
    expect(shown.out).toContain(`${id} is paused: guide 2 for the living room, add tv-guide 2.0.0`)
    expect(shown.out).toMatch(/start {2}test: change 4711/)
    expect((await line.run(['campaign', 'list', '--state', 'paused'])).out).toContain(id)
    expect((await line.run(['campaign', 'abort', id])).status).toBe(0)
    await untilCampaign(hub, id, ({ state }) => state === 'aborted')
  })

  it('that cannot be read, or never work, are refused with what to do', async () => {
    expect((await line.run(['campaign', 'create', 'nowhere.json'])).err).toContain('[file-unreadable]')
    await writeFile(line.path('broken.json'), '{')
    expect((await line.run(['campaign', 'create', 'broken.json'])).err).toContain('[option-invalid]')
    const never = { name: 'n', selection: { devices: ['dev-00000000'] }, order: { action: 'add', service: 'tv-guide' } }
    await writeFile(line.path('never.json'), JSON.stringify({ ...never, gates: [{ after: 1, success: 2 }] }))
    expect((await line.run(['campaign', 'create', 'never.json'])).err).toContain('[campaign-impossible]')
  })
})
