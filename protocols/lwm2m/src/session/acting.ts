import { readAhead } from './body.ts'
import { firmwareRefused } from './firmware.ts'
import { softwareRefused } from './software.ts'
import type { ProtocolHost } from '@sutler/device-model'
import type { Body } from './body.ts'
import type { DeviceRequests } from './device-requests.ts'
import type { Act, Content, Job, Step } from './job.ts'

export interface Acting {
  readonly requests: DeviceRequests
  readonly host: Pick<ProtocolHost, 'openFile'>
  readonly signal: AbortSignal
  /** Told while a package is pushed, with the bytes that the device has. */
  readonly sent: (bytes: number) => void
}

/** Makes the request of an act. @returns the device's code. Throws Lwm2mExchangeError when no answer comes. */
export function perform(act: Act, job: Job, { requests, host, signal, sent }: Acting): Promise<number> {
  switch (act.do) {
    case 'write':
      return requests.write(act.path, act.value)
    case 'offer-link':
      return requests.write(act.path, job.link?.url ?? '')
    case 'push':
      return requests.push(act.path, fileBody(host, job.content!), sent, signal)
    case 'execute':
      return requests.execute(act.path, act.argument)
    case 'create':
      return requests.create(act.path)
    case 'delete':
      return requests.remove(act.path)
  }
}

/** What follows when the device refused an act. */
export function refused(job: Job, act: Act, code: number, now: number): Step {
  return job.object === 5 ? firmwareRefused(job, act, code, now) : softwareRefused(job, act, code, now)
}

/** A file of the hub, read piece by piece. Throws when the hub does not have it any more. */
function fileBody(host: Pick<ProtocolHost, 'openFile'>, { manifest, digest, size }: Content): Body {
  return readAhead({
    size,
    async read(start, end) {
      const stream = await host.openFile(manifest, digest, { start, end })
      if (!stream) throw new Error(`the file ${digest} of the manifest ${manifest} is not there any more`)
      const bytes = new Uint8Array(end - start)
      let at = 0
      for await (const piece of stream) {
        bytes.set(piece.subarray(0, bytes.length - at), at)
        at += piece.length
      }
      if (at !== bytes.length) throw new Error(`the file ${digest} gave ${at} bytes of ${bytes.length}`)
      return bytes
    },
  })
}
