import { X509Certificate } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { tlsDevices, type DeviceIdentity } from '../support/certified-device.ts'
import { CommandLine } from '../support/command-line.ts'
import { composeHub, composeSecondHub, type ComposedHub } from '../support/composed-hub.ts'
import { firstOperator } from '../support/first-operator.ts'
import { manualClock } from '../support/manual-clock.ts'
import { until } from '../support/until.ts'
import { createClaim, createHousehold, patience } from './household.ts'

const issuerOf = ({ certificate }: DeviceIdentity): string => new X509Certificate(certificate).issuer

/** As its operator does, with the root’s key in a file. */
async function replaceIntermediate(hub: ComposedHub): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'sutler-two-hubs-'))
  onTestFinished(() => rm(directory, { recursive: true, force: true }))
  const [root, phrase, password] = ['root.pem', 'phrase', 'password'].map((name) => join(directory, name))
  await writeFile(password!, firstOperator.password)
  await writeFile(phrase!, 'a passphrase for the root')
  const line = new CommandLine(directory)
  for (const words of [
    ['login', '--hub', hub.url, '--password-file', password!],
    ['authority', 'export-root', '--out', root!, '--password-file', phrase!],
    ['authority', 'replace-intermediate', '--root-key', root!, '--password-file', phrase!],
  ])
    expect(await line.run(words)).toMatchObject({ status: 0 })
}

it(
  'a second hub follows within a minute when the intermediate is replaced; devices of either connect at both hubs',
  { timeout: 3 * patience },
  async () => {
    const clock = manualClock(Date.now())
    const hub = await composeHub({ clock })
    onTestFinished(() => hub.stop(), patience)
    const second = await composeSecondHub(hub, { clock })
    onTestFinished(() => second.stop(), patience)
    const sites = [hub, second].map(({ secure }) => tlsDevices(secure, hub.secure.authority))
    const home = await createHousehold(hub)
    const enrol = async (site: number) => sites[site]!.enrol(await createClaim(hub, home))

    const before = [await enrol(0), await enrol(1)]
    expect(new Set(before.map(issuerOf)).size).toBe(1)
    await replaceIntermediate(hub)
    const replaced = await enrol(0)
    expect(issuerOf(replaced)).not.toBe(issuerOf(before[0]!))
    // The second hub, which has not looked yet, lets it in already: both chain to the same root.
    expect((await sites[1]!.connect(replaced)).answer).toBe(0)

    clock.advance(60_000)
    const following = await until(
      async () => {
        const enrolled = await enrol(1)
        return issuerOf(enrolled) === issuerOf(replaced) ? enrolled : null
      },
      { deadline: patience },
    )
    for (const device of [...before, replaced, following])
      for (const site of sites) {
        const connection = await site.connect(device)
        expect(connection.answer).toBe(0)
        connection.end()
      }
    for (const [i, device] of before.entries()) expect((await sites[1 - i]!.renew(device)).status).toBe(201)
  },
)
