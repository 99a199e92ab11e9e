import { join } from 'node:path'
import { beforeAll, expect, it, onTestFinished } from 'vitest'
import { systemClock } from '../../hub/src/platform/clock.ts'
import { startAgent, type AgentProcess } from '../support/agent-process.ts'
import { commandLineForThisFile } from '../support/command-line.ts'
import { hubForThisFile } from '../support/composed-hub.ts'
import { until } from '../support/until.ts'
import { patience } from './household.ts'

const hub = hubForThisFile({ clock: systemClock })
const line = commandLineForThisFile()
let home: string

beforeAll(async () => {
  await line.logIn(hub.url)
  home = String((await line.json('household', 'create', 'Meier'))['id'])
}, patience)

const agent = async (serial: string, claim: string | null, more: readonly string[] = []): Promise<AgentProcess> => {
  const started = await startAgent({ hub: hub.secure.url, claim, class: 'gateway', serial, more })
  onTestFinished(() => started.stop())
  return started
}
const says = (who: AgentProcess, what: string) => until(() => who.output().includes(what), { deadline: patience })

it('a device waits for a person, who agrees on the command line', { timeout: 2 * patience }, async () => {
  const { claim } = await line.json('claim', 'create', '--household', home, '--approval', 'serial.startsWith("GW-")')
  const device = await agent('TV-1', String(claim))
  await says(device, 'a person has to agree first')
  const listed = await line.run(['enrolment', 'list', '--state', 'waiting'])
  const ticket = /enr-[a-z0-9]+/.exec(listed.out)![0]
  expect(await line.run(['enrolment', 'approve', ticket])).toMatchObject({
    status: 0,
    out: expect.stringContaining('gateway TV-1 is approved'),
  })
  await says(device, '"connected"')
})

it('a factory enrols devices with a claim certificate', { timeout: 2 * patience }, async () => {
  const words = ['--household', home, '--uses', '2', '--serial-prefix', 'GW-', '--out', 'batch']
  const made = await line.run(['claim', 'batch', ...words])
  expect(made).toMatchObject({ status: 0, out: expect.stringContaining('claim.pem') })
  const batch = line.path('batch')
  const files = ['--claim-certificate', join(batch, 'claim.pem'), '--claim-key', join(batch, 'claim.key')]
  await says(await agent('GW-1', null, files), '"connected"')
  await says(await agent('XX-1', null, files), 'claim-refused')
  expect((await line.run(['claim', 'batch', ...words])).err).toContain('claim.key cannot be made')
})
