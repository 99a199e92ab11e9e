import { setTimeout as sleep } from 'node:timers/promises'
import { DdiDevice, Lwm2mDevice, MenderDevice, menderKey, streamLink, type MenderKey } from '@sutler/simulators'
import { CwmpDevice } from '@sutler/simulators/cwmp'
import { UspAgent } from '@sutler/simulators/usp'
import { serveParent } from '../bench-process.ts'

/** Devices of five protocols in a process of their own, led by its parent: `MixedQuestion` in, the named answer out. */

export type ForeignProtocol = 'ddi' | 'mender' | 'cwmp' | 'usp' | 'lwm2m'

export type MixedQuestion =
  /** Makes the keys of Mender devices. Answer: `MenderIdentity[]`. */
  | { readonly do: 'keys'; readonly devices: number; readonly name: string }
  /** Switches devices on that the hub knows. Answer: how many got in touch. */
  | { readonly do: 'start'; readonly hub: string; readonly lwm2mPort: number; readonly known: readonly KnownDevice[] }
  /** They live for so long, each at moments of its own. Answer: `MixedLife`. */
  | { readonly do: 'live'; readonly milliseconds: number }

export interface MenderIdentity {
  readonly identity: string
  readonly publicKey: string
}

/** A device as the hub has added it. */
export interface KnownDevice {
  readonly protocol: ForeignProtocol
  readonly identity: string
  readonly username: string
  readonly secret: string
}

export interface MixedLife {
  /** Polls, sessions and updates that were answered as they should, by protocol. */
  readonly answered: Readonly<Record<string, number>>
  readonly failed: number
  /** Devices that hold a connection now. */
  readonly held: number
}

interface Living {
  readonly protocol: ForeignProtocol
  /** Milliseconds between two turns: a poll, a session, an update of its registration. */
  readonly pause: number
  /** @returns whether it was answered as it should */
  turn(): Promise<boolean>
  held(): boolean
}

/** Polls of a fleet that is well looked after; sessions and updates as these protocols have them by default. */
const pauses = { ddi: 60_000, mender: 60_000, cwmp: 300_000, usp: 300_000, lwm2m: 150_000 } as const
/** Devices that start at the same time. */
const together = 50

const menders = new Map<string, MenderKey>()
const living: Living[] = []

serveParent(async (question: MixedQuestion) => {
  if (question.do === 'keys') return keys(question)
  if (question.do === 'start') return start(question)
  return live(question.milliseconds)
})

function keys({ devices, name }: Extract<MixedQuestion, { do: 'keys' }>): MenderIdentity[] {
  return Array.from({ length: devices }, (_, index) => {
    const identity = JSON.stringify({ serial: `${name}-${index}` })
    const key = menderKey('ed25519')
    menders.set(identity, key)
    return { identity, publicKey: key.public }
  })
}

async function start(question: Extract<MixedQuestion, { do: 'start' }>): Promise<number> {
  const waiting = question.known.values()
  let good = 0
  await Promise.all(
    Array.from({ length: together }, async () => {
      for (const known of waiting) {
        const device = await makers[known.protocol](known, question).catch(() => null)
        if (device === null) continue
        living.push(device)
        good++
      }
    }),
  )
  return good
}

type Where = Pick<Extract<MixedQuestion, { do: 'start' }>, 'hub' | 'lwm2mPort'>

const makers: Readonly<Record<ForeignProtocol, (known: KnownDevice, where: Where) => Promise<Living>>> = {
  async ddi({ identity, secret }, { hub }) {
    const attributes = { 'hardware.model': 'Gateway 7', arch: 'arm64', os: 'linux' }
    const about = { hub, tenant: 'main', controller: identity, credential: { targetToken: secret }, attributes }
    const device = new DdiDevice({ ...about, reportsUnits: true })
    return polled('ddi', async () => (await device.poll()) === 200)
  },

  async mender({ identity }, { hub }) {
    const key = menders.get(identity)!
    const device = new MenderDevice({
      hub,
      identity: JSON.parse(identity) as Record<string, string>,
      deviceType: 'board',
      key,
    })
    await device.on()
    return polled('mender', async () => (await device.poll()) === 'nothing')
  },

  async cwmp({ identity, username, secret }, { hub }) {
    const [oui = '', productClass = '', serialNumber = ''] = identity.split('-')
    const about = { manufacturer: 'Sim', oui, productClass, serialNumber }
    const login = { username, password: secret }
    const device = new CwmpDevice({ acs: `${hub}/cwmp`, login, identity: about, model: 'tr181', version: '0.9' })
    if (!(await device.bootstrap()).ended) throw new Error('the session did not end')
    return polled('cwmp', async () => (await device.periodic()).ended)
  },

  async usp({ identity, username, secret }, { hub }) {
    const authorization = `Basic ${Buffer.from(`${username}:${secret}`).toString('base64')}`
    const access = { over: 'websocket', url: `${hub.replace(/^http/, 'ws')}/usp`, headers: { authorization } } as const
    const agent = new UspAgent({ endpoint: identity, controller: 'self::sutler', access })
    await agent.boot()
    const turn = async () => agent.connected
    return { protocol: 'usp', pause: pauses.usp, turn, held: () => agent.connected }
  },

  async lwm2m({ identity, secret }, { lwm2mPort }) {
    const open = streamLink({ host: '127.0.0.1', port: lwm2mPort }, { identity, key: Buffer.from(secret, 'hex') })
    const device = new Lwm2mDevice({ name: identity, open })
    await device.boot()
    const turn = async () => {
      await device.update()
      return device.registered
    }
    return { protocol: 'lwm2m', pause: pauses.lwm2m, turn, held: () => device.registered }
  },
}

async function polled(protocol: 'ddi' | 'mender' | 'cwmp', turn: () => Promise<boolean>): Promise<Living> {
  if (!(await turn())) throw new Error('it was not answered')
  return { protocol, pause: pauses[protocol], turn, held: () => false }
}

/** Each begins at a moment of its own within its pause. */
async function live(milliseconds: number): Promise<MixedLife> {
  const answered: Record<string, number> = {}
  let failed = 0
  const end = performance.now() + milliseconds
  await Promise.all(
    living.map(async ({ protocol, pause, turn }, index) => {
      const begin = performance.now() + (pause * ((index * 7919) % living.length)) / living.length
      for (let next = begin; next < end; next += pause) {
        await sleep(Math.max(0, next - performance.now()))
        if (await turn().catch(() => false)) answered[protocol] = (answered[protocol] ?? 0) + 1
        else failed++
      }
    }),
  )
  return { answered, failed, held: living.filter((device) => device.held()).length }
}
