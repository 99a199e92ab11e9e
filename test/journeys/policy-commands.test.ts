import { copyFile, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { commandLineForThisFile, type Run } from '../support/command-line.ts'
import { hubForThisFile } from '../support/composed-hub.ts'
import { commandsOf } from '../support/guide.ts'
import { manualClock } from '../support/manual-clock.ts'
import { until } from '../support/until.ts'
import { WireDevice } from '../support/wire-device.ts'
import { createClaim, createHousehold, patience, publishTestService } from './household.ts'

const docs = new URL('../../docs/guide/', import.meta.url).pathname
const clock = manualClock(Date.UTC(2026, 0, 15, 12))
const ticking = setInterval(() => clock.advance(10), 10)
const hub = hubForThisFile({ clock })
const line = commandLineForThisFile()
let guide: string
const devices: WireDevice[] = []

beforeAll(async () => {
  await line.saveLogin(hub.connection)
  guide = await readFile(join(docs, 'policies.md'), 'utf8')
  for (const [, name, text] of guide.matchAll(/^```yaml\n# (\S+)\n([^]*?)^```$/gm))
    await writeFile(line.path(name!), `# ${name}\n${text}`)
  for (const name of await readdir(join(docs, 'policies')))
    await copyFile(join(docs, 'policies', name), line.path(name))
  await publishTestService(hub, 'tv-guide', '1.0.0', [{ deviceClass: 'phone', files: { a: 'a' } }])
  const household = await createHousehold(hub, 'Europe/Berlin')
  await enrol(household, 'gateway')
  await enrol(household, 'phone')
}, patience)

afterAll(async () => {
  clearInterval(ticking)
  for (const device of devices) await device.disconnect()
}, patience)

async function enrol(household: string, deviceClass: string): Promise<void> {
  const claim = await createClaim(hub, household)
  devices.push(await WireDevice.start(hub, claim, { now: () => clock.now(), class: deviceClass }))
}

/** The words of a command as a shell would split it. */
function wordsOf(command: string): string[] {
  return [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain!).slice(1)
}

/** Without what is another one each time. */
function comparable(text: string): string {
  return text
    .replaceAll(/\b(tri|fir|hh|dev|ord|usr)-[0-9a-z]{20,}/g, '<$1>')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:]+\.\d{3}Z/g, '<time>')
    .replaceAll(/\(\d+\.\d+\)/g, '(<place>)')
}

describe('docs/guide/policies.md', { timeout: 5 * patience }, () => {
  it('has commands that do what it says', async () => {
    let trial = ''
    for (const { command, output } of commandsOf(guide)) {
      if (command.includes('firings')) await nextPhone()
      const { out, err, status } = await line.run(wordsOf(command.replace(/tri-\w+/, trial)))
      trial = /tri-\w+/.exec(err)?.[0] ?? trial
      const printed = status === 0 ? out : err
      expect([command, comparable(printed)]).toEqual([command, comparable(output ?? '')])
    }
  })

  it('has files that are YAML as it says, in which mistakes of form have their place, too', async () => {
    const check = async (text: string): Promise<Run> => {
      await writeFile(line.path('form.yaml'), text)
      return await line.run(['policy', 'check', 'form.yaml'])
    }
    const unclosed = await check('name: [x\nwhen: y\n')
    expect([unclosed.status, unclosed.err]).toEqual([2, expect.stringContaining('form.yaml:2:') as string])
    expect((await check('just text')).err).toContain('[policy-unreadable]')
    const wrong = await check('name: UPPER\nwhen: { event: device.enrolled }\nthen: []\n')
    expect(wrong.err).toContain('form.yaml:1:7: /name')
    const bomb = ['a: &a [x,x,x,x,x,x,x,x,x]', ...'bcdefghij'].map((name, index, all) =>
      index === 0 ? name : `${name}: &${name} [${Array.from({ length: 9 }, () => `*${all[index - 1]![0]}`).join()}]`,
    )
    expect((await check(bomb.join('\n'))).err).toContain('[policy-unreadable]')
  })
})

/** Another one joins, as the guide says. */
async function nextPhone(): Promise<void> {
  const household = await createHousehold(hub, 'Europe/Berlin')
  await enrol(household, 'phone')
  const done = async (): Promise<boolean> => {
    const { out } = await line.run(['policy', 'firings', '--policy', 'welcome', '--state', 'done', '--json'])
    return (JSON.parse(out) as unknown[]).length > 0
  }
  await until(done, { deadline: patience })
}
