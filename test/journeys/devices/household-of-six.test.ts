import { setTimeout as sleep } from 'node:timers/promises'
import { answer } from '@sutler/client'
import { afterAll, expect, test } from 'vitest'
import { systemClock } from '../../../hub/src/platform/clock.ts'
import { hubForThisFile } from '../../support/composed-hub.ts'
import {
  createHousehold,
  patience,
  placeOrder,
  publishTestService,
  settledOrder,
  until,
  type Order,
} from '../household.ts'
import { sixComponents, sixDevices, sixProtocols, type LivingDevice } from './six-devices.ts'

/** One order for one household, each of whose devices speaks another protocol: nobody but the devices knows the difference. */

const service = 'evening'
const hub = hubForThisFile({ clock: systemClock, env: sixProtocols }, async (made) => {
  for (const version of ['1.0.0', '1.1.0'])
    await publishTestService(made, service, version, sixComponents(service, version))
})

let home: LivingDevice[] = []
afterAll(async () => {
  await Promise.all(home.map((device) => device.stop()))
})

/** The devices live until the order is settled. */
async function settled(order: string): Promise<Order> {
  const end = new AbortController()
  const lives = home.map(async (device) => {
    while (!end.signal.aborted) {
      await device.turn()
      await sleep(50)
    }
  })
  try {
    return await settledOrder(hub, order)
  } finally {
    end.abort()
    await Promise.all(lives)
  }
}

/** By protocol, where each device says what it runs; `digests` where every file was proved. */
async function proofs(order: Order): Promise<Record<string, string>> {
  const found = order.deliveries.map(({ device, proof }) => {
    const { protocol } = home.find(({ id }) => id === device)!
    return [protocol, proof?.holds === true ? (proof.by ?? `${proof.files} files`) : 'nothing'] as const
  })
  return Object.fromEntries(found)
}

/** What the explanation of each device's part says of its proof. */
async function told(order: Order): Promise<string[]> {
  return Promise.all(
    order.deliveries.map(async ({ id }) => {
      const path = { id }
      return JSON.stringify(answer(await hub.api.GET('/api/v1/explanations/deliveries/{id}', { params: { path } })))
    }),
  )
}

test(
  'one order reaches six devices over six protocols, and each proves what it runs',
  { timeout: 3 * patience },
  async () => {
    const household = await createHousehold(hub)
    home = await sixDevices(hub, household)
    await until(async () => {
      const { items } = answer(await hub.api.GET('/api/v1/devices', { params: { query: { household } } }))
      return items.length === home.length && items.every(({ capabilities }) => capabilities !== null)
    })
    for (const [action, version] of [
      ['add', '1.0.0'],
      ['modify', '1.1.0'],
    ] as const) {
      const order = await settled((await placeOrder(hub, household, action, service, { version })).id)
      expect(order).toMatchObject({ state: 'completed' })
      expect(order.deliveries).toHaveLength(home.length)
      expect(await proofs(order)).toEqual({
        native: '2 files',
        ddi: expect.stringMatching(/^(configData|closed, success of deploymentBase\/\d+)$/),
        mender: 'artifact_name in the inventory after status success',
        cwmp: expect.stringMatching(/^Device\.SoftwareModules\.DeploymentUnit\.\d+\.Version$/),
        usp: expect.stringMatching(/^Device\.SoftwareModules\.DeploymentUnit\.\d+\.Status Installed$/),
        lwm2m: expect.stringMatching(/^\/9\/\d+ Update State Installed$/),
      })
      for (const device of home)
        expect([device.protocol, await device.runs(service, version)]).toEqual([device.protocol, true])
      const words = await told(order)
      expect(words.filter((text) => text.includes(`The device says that it runs ${service} ${version}`))).toHaveLength(
        home.length - 1,
      )
      expect(words.filter((text) => text.includes(`2 files of ${service} ${version} are as ordered`))).toHaveLength(1)
    }
  },
)
