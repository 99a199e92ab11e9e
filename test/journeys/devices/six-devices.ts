import { createHash } from 'node:crypto'
import { answer } from '@sutler/client'
import { artifactOf, DdiDevice, Lwm2mDevice, MenderDevice, streamLink } from '@sutler/simulators'
import { CwmpDevice, imageOf } from '@sutler/simulators/cwmp'
import { UspAgent } from '@sutler/simulators/usp'
import { freePort } from '../../support/free-port.ts'
import type { ComposedHub } from '../../support/composed-hub.ts'
import { startAgent } from '../../support/agent-process.ts'
import { createClaim, filesInUse, until, type DeviceClass, type TestComponent } from '../household.ts'

/** One device of each protocol, in one household, and a service with a component for each. */

export type Protocol = 'native' | 'ddi' | 'mender' | 'cwmp' | 'usp' | 'lwm2m'

/** A device as its household has it: it lives by itself where its protocol has connections, and by `turn` where it has not. */
export interface LivingDevice {
  readonly protocol: Protocol
  readonly id: string
  /** What it does from time to time: a poll, a session, nothing. */
  turn(): Promise<void>
  /** Whether it really runs this version, asked of the device itself. */
  runs(service: string, version: string): Promise<boolean>
  stop(): Promise<void>
}

const lwm2mPort = await freePort()

/** What the hub needs so that all of them can come in. */
export const sixProtocols = {
  SUTLER_PROTOCOLS: 'ddi,mender,cwmp,usp,lwm2m',
  SUTLER_DEVICE_HTTP_PORT: '0',
  SUTLER_DDI_POLL: '60s',
  SUTLER_LWM2M_LISTEN: `coaps+tcp://127.0.0.1:${lwm2mPort}`,
}

/** A component for each protocol, each in the form that its devices take. */
export function sixComponents(service: string, version: string): TestComponent[] {
  const text = `${service} ${version}\n${'x'.repeat(50_000)}`
  const about = { type: 'script', deviceTypes: ['board'], name: `${service}-${version}` }
  const provides = { [`rootfs-image.${service}.version`]: version }
  const artifact = artifactOf({ ...about, provides, files: { 'run.sh': Buffer.from(text) } })
  const component = (protocol: Protocol, deviceClass: DeviceClass, files: TestComponent['files']): TestComponent => ({
    name: `for-${protocol}`,
    deviceClass,
    compatibility: `report.protocol == '${protocol}'`,
    ...(protocol === 'native' ? {} : { role: 'unit' as const }),
    files,
  })
  return [
    component('native', 'phone', { 'app/start.js': text, 'app/data.bin': text }),
    component('ddi', 'gateway', { 'image.swu': text }),
    component('mender', 'gateway', { 'artifact.mender': artifact }),
    component('cwmp', 'set-top-box', { 'guide.pkg': imageOf({ name: service, version }, 100_000) }),
    component('usp', 'set-top-box', { 'guide.pkg': text }),
    component('lwm2m', 'phone', { 'guide.pkg': text }),
  ]
}

/** Adds the devices to the household and switches them on. */
export function sixDevices(hub: ComposedHub, household: string): Promise<LivingDevice[]> {
  return Promise.all([
    native(hub, household),
    ddi(hub, household),
    mender(hub, household),
    cwmp(hub, household),
    usp(hub, household),
    lwm2m(hub, household),
  ])
}

type Credential = { readonly kind: 'public-key'; readonly publicKey: string }

/** @returns the device's id, and the secret that the hub has made for it */
async function added(
  hub: ComposedHub,
  household: string,
  about: { protocol: Exclude<Protocol, 'native'>; class: DeviceClass; identity: string; credential?: Credential },
): Promise<{ id: string; username: string; secret: string }> {
  const made = answer(await hub.api.POST('/api/v1/devices', { body: { household, ...about } }))
  const { username, secret } = made.credential ?? {}
  return { id: made.device, username: username ?? about.identity, secret: secret ?? '' }
}

async function native(hub: ComposedHub, household: string): Promise<LivingDevice> {
  const claim = await createClaim(hub, household)
  const agent = await startAgent({ hub: hub.secure.url, claim, class: 'phone', serial: 'six-native' })
  const id = await until(async () => {
    const query = { household }
    const { items } = answer(await hub.api.GET('/api/v1/devices', { params: { query } }))
    return items.find(({ protocol, capabilities }) => protocol === 'native' && capabilities !== null)?.id
  })
  return {
    protocol: 'native',
    id,
    turn: async () => {},
    async runs(service, version) {
      const files = await filesInUse(agent.directory, service)
      const text = `${service} ${version}\n${'x'.repeat(50_000)}`
      return files?.['app/start.js'] === createHash('sha256').update(text).digest('hex')
    },
    stop: () => agent.stop(),
  }
}

async function ddi(hub: ComposedHub, household: string): Promise<LivingDevice> {
  const identity = 'six-ddi'
  const { id, secret } = await added(hub, household, { protocol: 'ddi', class: 'gateway', identity })
  const attributes = { 'hardware.model': 'Gateway 7', arch: 'arm64', os: 'linux' }
  const credential = { targetToken: secret }
  const about = { hub: hub.deviceUrl!, tenant: 'main', controller: identity, credential, attributes }
  const device = new DdiDevice({ ...about, reportsUnits: true })
  await device.poll()
  return {
    protocol: 'ddi',
    id,
    turn: async () => void (await device.poll()),
    runs: async (service, version) => device.units.some((unit) => unit.name === service && unit.version === version),
    stop: async () => {},
  }
}

async function mender(hub: ComposedHub, household: string): Promise<LivingDevice> {
  const device = new MenderDevice({ hub: hub.deviceUrl!, identity: { serial: 'six' }, deviceType: 'board' })
  const credential = { kind: 'public-key' as const, publicKey: device.publicKey }
  const about = { protocol: 'mender' as const, class: 'gateway' as const, identity: device.identity, credential }
  const { id } = await added(hub, household, about)
  await device.on()
  return {
    protocol: 'mender',
    id,
    turn: async () => void (await device.poll()),
    runs: async (service, version) => device.artifact === `${service}-${version}`,
    stop: async () => device.off(),
  }
}

async function cwmp(hub: ComposedHub, household: string): Promise<LivingDevice> {
  const identity = { manufacturer: 'Sim', oui: '0000C0', productClass: 'Box', serialNumber: 'six' }
  const about = { protocol: 'cwmp' as const, class: 'set-top-box' as const, identity: '0000C0-Box-six' }
  const { id, username, secret } = await added(hub, household, about)
  const login = { username, password: secret }
  const device = new CwmpDevice({ acs: `${hub.deviceUrl}/cwmp`, login, identity, model: 'tr181', version: '0.9' })
  await device.bootstrap()
  return {
    protocol: 'cwmp',
    id,
    turn: async () => void ((await device.step()) || (await device.periodic())),
    runs: async (service, version) =>
      device.installer.units().some((unit) => unit.name === service && unit.version === version),
    stop: async () => void (await device.close()),
  }
}

async function usp(hub: ComposedHub, household: string): Promise<LivingDevice> {
  const endpoint = 'os::0000C0-six'
  const about = { protocol: 'usp' as const, class: 'set-top-box' as const, identity: endpoint }
  const { id, username, secret } = await added(hub, household, about)
  const authorization = `Basic ${Buffer.from(`${username}:${secret}`).toString('base64')}`
  const url = `${hub.deviceUrl!.replace(/^http/, 'ws')}/usp`
  const access = { over: 'websocket' as const, url, headers: { authorization } }
  const agent = new UspAgent({ endpoint, controller: 'self::sutler', access })
  await agent.boot()
  return {
    protocol: 'usp',
    id,
    turn: async () => {},
    runs: async (service, version) =>
      [...agent.state.units.values()].some((unit) => unit.name === service && unit.version === version),
    stop: () => agent.powerOff(),
  }
}

async function lwm2m(hub: ComposedHub, household: string): Promise<LivingDevice> {
  const identity = 'urn:dev:six'
  const { id, secret } = await added(hub, household, { protocol: 'lwm2m', class: 'phone', identity })
  const key = Buffer.from(secret, 'hex')
  const open = streamLink({ host: '127.0.0.1', port: lwm2mPort }, { identity, key })
  const device = new Lwm2mDevice({ name: identity, open })
  await device.boot()
  return {
    protocol: 'lwm2m',
    id,
    turn: async () => {},
    runs: async (service, version) =>
      device.software.runs().some((unit) => unit.name === service && unit.version === version),
    stop: async () => device.cut(),
  }
}
