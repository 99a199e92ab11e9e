import { setTimeout as sleep } from 'node:timers/promises'
import { serveParent } from '../bench-process.ts'
import { newDevice } from './new-device.ts'
import { posting, together, type Place } from './post-once.ts'
import { StormDevice, type Watched } from './storm-device.ts'

/** Devices that stay connected, in a process of their own: `StormQuestion` in, the named answer out. */

export type StormQuestion =
  /** Enrols a device for each claim. */
  | { readonly do: 'enrol'; readonly place: Place; readonly mqttPort: number; readonly claims: readonly string[] }
  /** Connects all for the first time, so many at a time. */
  | { readonly do: 'connect' }
  /** From now on it is noted what becomes of each. */
  | { readonly do: 'watch'; readonly tickets: boolean }
  /** Takes the network from all of them at once. */
  | { readonly do: 'cut' }
  /** Resolves when each has been back since `watch`, and when that is so long ago that none remembers its failures. */
  | { readonly do: 'back' }

/** How long all may take to be back, milliseconds. */
const deadline = 300_000
/** Longer than what makes an agent forget earlier failures. */
const calm = 11_000
/** Waits for no more at a time when they first connect: that is not measured. */
const atOnce = 100

let devices: readonly StormDevice[] = []

serveParent(async (question: StormQuestion): Promise<Watched[] | void> => {
  switch (question.do) {
    case 'enrol':
      return enrol(question)
    case 'connect':
      await together(atOnce, devices, async (device) => {
        device.connect()
        await until(() => device.watched.back > 0)
      })
      return sleep(calm)
    case 'watch':
      for (const device of devices) {
        device.tickets = question.tickets
        device.watch()
      }
      return
    case 'cut':
      for (const device of devices) device.cut()
      return
    case 'back':
      await until(() => devices.every(({ watched }) => watched.back > 0))
      await sleep(calm)
      return devices.map(({ watched }) => watched)
  }
})

async function enrol({ place, mqttPort: port, claims }: Extract<StormQuestion, { do: 'enrol' }>): Promise<void> {
  const post = posting(place)
  devices = await together(atOnce, claims.map(newDevice), async ({ key, body }) => {
    const { status, body: text } = await post(body)
    if (status !== 201) throw new Error(`an enrolment was answered ${status}: ${text}`)
    const { device: id, certificate } = JSON.parse(text) as { device: string; certificate: string }
    return new StormDevice({ id, certificate, key, authority: place.authority, port })
  })
}

async function until(condition: () => boolean): Promise<void> {
  for (const end = performance.now() + deadline; !condition(); await sleep(20))
    if (performance.now() > end) throw new Error(`not all devices are back: ${JSON.stringify(problems())}`)
}

function problems(): unknown {
  const away = devices.filter(({ watched }) => watched.back === 0)
  return { away: away.length, first: away[0]?.watched }
}
