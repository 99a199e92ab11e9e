import { answer } from '@sutler/client'
import { readInventory } from '../../../protocols/mender/src/wire/inventory.ts'
import { deploymentJson, readNextV2 } from '../../../protocols/mender/src/wire/next.ts'
import { MenderDevice } from '@sutler/simulators'
import { createHousehold } from '../../journeys/household.ts'
import { benchHub } from '../bench-hub.ts'
import type { BenchOptions, Figures } from '../measure.ts'
import { rounds } from './codec.ts'
import { requests } from './requests.ts'

/** A Mender device asks for its next deployment, and there is none; and what reading and writing its messages costs. */
export async function mender(options: BenchOptions): Promise<Figures> {
  const hub = await benchHub(options, { SUTLER_PROTOCOLS: 'mender' })
  const household = await createHousehold(hub)
  const identity = { serial: 'bench-1' }
  const device = new MenderDevice({ hub: hub.url, identity, deviceType: 'board' })
  const credential = { kind: 'public-key' as const, publicKey: device.publicKey }
  const body = {
    household,
    class: 'gateway' as const,
    protocol: 'mender' as const,
    identity: device.identity,
    credential,
  }
  answer(await hub.api.POST('/api/v1/devices', { body }))
  await device.on()
  await device.poll()
  const port = Number(new URL(hub.url).port)
  const asked = {
    hub: { port, pid: hub.pid },
    request: nextRequest(port, device.token),
    status: 204,
    bare: { headers: {}, body: '' },
  }
  const { rate, cpu } = await requests(asked, options, 'ratio ≥ 0.5')
  options.say(`polls with nothing to do ${rate.value.toFixed(0)} 1/s; ${rate.against}`)
  return { 'protocols.mender.poll': rate, 'protocols.mender.poll_cpu': cpu, ...codec(options) }
}

const provides = { artifact_name: 'guide-1.0.0', device_type: 'board', 'rootfs-image.guide.version': '1.0.0' }
const next = JSON.stringify({ device_provides: provides, update_control_map: true })

function nextRequest(port: number, token: string): string {
  const head = [
    'POST /api/devices/v2/deployments/device/deployments/next HTTP/1.1',
    `Host: 127.0.0.1:${port}`,
    `Authorization: Bearer ${token}`,
    'Content-Type: application/json',
    `Content-Length: ${next.length}`,
  ]
  return `${head.join('\r\n')}\r\n\r\n${next}`
}

function codec(options: BenchOptions): Figures {
  const question = Buffer.from(next)
  const attributes = Array.from({ length: 40 }, (_, n) => ({ name: `attribute_${n}`, value: `value of ${n}` }))
  const inventory = Buffer.from(JSON.stringify(attributes))
  const deployment = { id: '6d656e64-6572-8000-8000-000000000002', artifactName: 'guide-1.0.0', deviceTypes: ['board'] }
  const whole = { ...deployment, uri: 'https://hub.example.net/files/a/b?d=dev-1&e=1&m=x', expires: 1_900_000_000 }
  const parsed = (bytes: Buffer) => JSON.parse(bytes.toString('utf8')) as unknown
  return {
    'protocols.mender.read_next': rounds(
      () => readNextV2(question),
      () => parsed(question),
      'JSON.parse',
      options,
    ),
    'protocols.mender.read_inventory': rounds(
      () => readInventory(inventory),
      () => parsed(inventory),
      'JSON.parse',
      options,
    ),
    'protocols.mender.write_deployment': rounds(
      () => deploymentJson(whole),
      () => JSON.stringify(whole),
      'JSON.stringify',
      options,
    ),
  }
}
