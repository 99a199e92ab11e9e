import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import { systemClock } from '../../hub/src/platform/clock.ts'
import { startAgent, type AgentProcess } from '../support/agent-process.ts'
import { CommandLine } from '../support/command-line.ts'
import { composeHub, type ComposedHub } from '../support/composed-hub.ts'
import { firstOperator } from '../support/first-operator.ts'
import { until } from '../support/until.ts'
import { patience } from './household.ts'

let hub: ComposedHub
let directory: string
let line: CommandLine
let home: string

beforeAll(async () => {
  hub = await composeHub({ clock: systemClock })
  directory = await mkdtemp(join(tmpdir(), 'sutler-enrolment-'))
  line = new CommandLine(directory)
  await writeFile(join(directory, 'password'), firstOperator.password)
  await line.run(['login', '--hub', hub.url, '--password-file', join(directory, 'password')])
  home = String((await line.json('household', 'create', 'Meier'))['id'])
}, patience)

afterAll(async () => {
  await hub?.stop()
  await rm(directory, { recursive: true, force: true })
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
  const batch = join(directory, 'batch')
  const files = ['--claim-certificate', join(batch, 'claim.pem'), '--claim-key', join(batch, 'claim.key')]
  await says(await agent('GW-1', null, files), '"connected"')
  await says(await agent('XX-1', null, files), 'claim-refused')
  expect((await line.run(['claim', 'batch', ...words])).err).toContain('claim.key cannot be made')
})
