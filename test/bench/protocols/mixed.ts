import { answer } from '@sutler/client'
import { freePort } from '../../support/free-port.ts'
import type { HubProcess } from '../../support/hub-process.ts'
import { createHousehold } from '../../journeys/household.ts'
import { benchHub } from '../bench-hub.ts'
import { startProcess, type BenchProcess } from '../bench-process.ts'
import { startFleet } from '../fleet-client.ts'
import { figure, type BenchOptions, type Figures } from '../measure.ts'
import { cpuSeconds, residentMemory } from '../process-figures.ts'
import type { ForeignProtocol, KnownDevice, MenderIdentity, MixedLife, MixedQuestion } from './mixed-process.ts'

/** How a fleet of mixed devices is made up, in parts of twenty. */
const parts = { native: 8, ddi: 4, mender: 2, cwmp: 2, usp: 2, lwm2m: 2 } as const
const foreign = ['ddi', 'mender', 'cwmp', 'usp', 'lwm2m'] as const
/** Devices of a household. */
const household = 10
/** Devices that are added at the same time. */
const together = 32

/**
 * Mixed devices held on one hub: native ones, USP agents and LwM2M clients hold a connection each, DDI and Mender devices poll every
 * minute, CWMP devices have a session every five. What the hub's process grows by for each, and its CPU time while all of them live.
 */
export async function mixed(options: BenchOptions): Promise<Figures> {
  const { quick, say, resources } = options
  const total = quick ? 400 : 10_000
  const lwm2mPort = await freePort()
  const hub = await benchHub(options, {
    SUTLER_PROTOCOLS: foreign.join(','),
    SUTLER_LWM2M_LISTEN: `coaps+tcp://127.0.0.1:${lwm2mPort}`,
    SUTLER_HTTP_CONNECTIONS: '20000',
  })
  const devices = startProcess('protocols/mixed-process.ts')
  resources.defer(() => devices.stop())
  // Some of each first: code, caches and pools are counted with nobody.
  await join(hub, devices, lwm2mPort, 100, 'warm')
  const fleet = startFleet(options)
  await fleet.start({ hub, devices: 40, seed: 1, service: null })
  const before = residentMemory(hub.pid) ?? 0
  const began = performance.now()
  const joined = await join(hub, devices, lwm2mPort, total, 'mixed')
  const native = (total * parts.native) / 20
  const natives = startFleet(options)
  await natives.start({ hub, devices: native, seed: 2, service: null })
  const all = joined + native
  say(`${all} of ${total} devices came in within ${((performance.now() - began) / 1000).toFixed(0)} s`)
  if (all !== total) throw new Error(`only ${all} of ${total} devices came in`)
  const milliseconds = quick ? 15_000 : 60_000
  const cpu = cpuSeconds(hub.pid)
  const life = await devices.ask<MixedLife>({ do: 'live', milliseconds } satisfies MixedQuestion)
  const used = (100 * (cpuSeconds(hub.pid) - cpu) * 1000) / milliseconds
  const each = ((residentMemory(hub.pid) ?? 0) - before) / total / 1000
  say(`in ${milliseconds / 1000} s ${JSON.stringify(life)}; the hub used ${used.toFixed(1)} % of a core`)
  if (life.failed > 0) throw new Error(`${life.failed} turns of devices failed: ${JSON.stringify(life.answered)}`)
  const against = `${total} mixed devices`
  return {
    'protocols.mixed.memory': figure([each], 'KB', { against: `${against}, sockets and TLS included` }),
    'protocols.mixed.cpu': figure([used], '% of a core', { against: `${against}, polls every minute` }),
  }
}

/** Adds and switches on the foreign part of `total` devices. @returns how many got in touch */
async function join(
  hub: HubProcess,
  devices: BenchProcess,
  lwm2mPort: number,
  total: number,
  name: string,
): Promise<number> {
  const ask = <Answer>(question: MixedQuestion) => devices.ask<Answer>(question)
  const count = (protocol: ForeignProtocol) => (total * parts[protocol]) / 20
  const menders = await ask<MenderIdentity[]>({ do: 'keys', devices: count('mender'), name })
  const wanted = foreign.flatMap((protocol) =>
    Array.from({ length: count(protocol) }, (_, index) => wantedDevice(protocol, `${name}${index}`, menders[index])),
  )
  const known: KnownDevice[] = []
  const waiting = wanted.entries()
  let home = ''
  await Promise.all(
    Array.from({ length: together }, async () => {
      for (const [index, device] of waiting) {
        if (index % household === 0) home = await createHousehold(hub)
        known.push(await added(hub, home || (home = await createHousehold(hub)), device))
      }
    }),
  )
  return ask<number>({ do: 'start', hub: hub.url, lwm2mPort, known })
}

type Wanted = ReturnType<typeof wantedDevice>

function wantedDevice(protocol: ForeignProtocol, name: string, mender: MenderIdentity | undefined) {
  const identities = {
    ddi: name,
    mender: mender?.identity ?? '',
    cwmp: `0000C0-Box-${name}`,
    usp: `os::0000C0-${name}`,
    lwm2m: `urn:dev:${name}`,
  }
  const key = protocol === 'mender' ? { credential: { kind: 'public-key' as const, publicKey: mender!.publicKey } } : {}
  return { protocol, class: 'gateway' as const, identity: identities[protocol], ...key }
}

async function added(hub: HubProcess, home: string, device: Wanted): Promise<KnownDevice> {
  const made = answer(await hub.api.POST('/api/v1/devices', { body: { household: home, ...device } }))
  const { protocol, identity } = device
  return { protocol, identity, username: made.credential?.username ?? identity, secret: made.credential?.secret ?? '' }
}
