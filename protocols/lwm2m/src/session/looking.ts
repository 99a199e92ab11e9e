import { softwareOf } from '../mapping/report.ts'
import { planFirmware } from './firmware.ts'
import { planSoftware } from './software.ts'
import type { Values } from '../mapping/values.ts'
import type { DeviceRequests } from './device-requests.ts'
import type { FirmwareLook } from './firmware.ts'
import type { Job, Step } from './job.ts'

/** A link that ends sooner is not handed out any more. */
const linkMargin = 60_000
/** /5/0/8: which protocols a device fetches firmware by. */
const protocolOf: Readonly<Record<string, number>> = { 'http:': 2, 'https:': 3 }

export interface Place {
  readonly requests: DeviceRequests
  readonly values: Values
  readonly registration: string
  readonly now: number
}

/** Looks how the device is, and decides what comes next about the job. */
export async function nextStep(job: Job, place: Place): Promise<Step> {
  const { requests, values, registration, now } = place
  values.forget(job.object)
  values.put(await requests.read(job.object === 5 ? '/5/0' : '/9'))
  if (job.object === 9)
    return planSoftware(job, { now, registration, instances: softwareOf(values), fetches: linkOf(job, now) !== null })
  values.put(await requests.read('/3/0/3'))
  return planFirmware(job, firmwareLook(job, place))
}

function firmwareLook(job: Job, { values, registration, now }: Place): FirmwareLook {
  const link = linkOf(job, now)
  return {
    now,
    registration,
    state: values.number('/5/0/3') ?? 0,
    result: values.number('/5/0/5') ?? 0,
    runs: runningFirmware(values),
    packageName: values.text('/5/0/6'),
    delivery: values.number('/5/0/9'),
    fetches: link !== null && values.numbers('/5/0/8').includes(protocolOf[new URL(link).protocol] ?? -1),
  }
}

/** The Device object says what runs; the package's own version stands in where it says nothing. */
function runningFirmware(values: Values): FirmwareLook['runs'] {
  for (const [path, name] of [
    ['/3/0/3', 'Firmware Version'],
    ['/5/0/7', 'PkgVersion'],
  ] as const) {
    const version = values.text(path)
    if (version !== '') return { version, by: `${path} ${name}` }
  }
  return null
}

function linkOf({ link }: Job, now: number): string | null {
  return link && link.expires * 1000 > now + linkMargin ? link.url : null
}
