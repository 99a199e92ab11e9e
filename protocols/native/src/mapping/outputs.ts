import { digestBytes, limits } from '@sutler/wire'
import { NativeProtocolError } from '../errors.ts'
import type { FileLink, Output } from '@sutler/device-model'
import type { DownMessage } from '@sutler/wire'

/**
 * The message that says what the hub wants; its id is the output's id in decimal digits.
 * @param link of an install
 * Throws NativeProtocolError `no-link` for an install without one, WireError `bad-field` for a digest that is none.
 */
export function messageOf(outputId: number, output: Output, link: FileLink | undefined): DownMessage {
  const id = String(outputId)
  switch (output.kind) {
    case 'install': {
      if (!link) throw new NativeProtocolError('no-link', `output ${id} installs ${output.service} without a file link`)
      const { delivery, epoch, service, version, component, files, bytes } = output
      const manifest = { digest: digestBytes(output.manifest.digest), size: output.manifest.size }
      return { id, t: 'offer', delivery, epoch, service, version, component, manifest, files, bytes, link }
    }
    case 'remove': {
      const { delivery, epoch, service, keep } = output
      return { id, t: 'remove', delivery, epoch, service, ...(keep && { keep }) }
    }
    case 'cancel': {
      const cancel = { id, t: 'cancel', delivery: output.delivery } as const
      return output.reason === '' ? cancel : { ...cancel, reason: output.reason }
    }
    case 'query-capabilities':
      return { id, t: 'query' }
    case 'ping':
      return { id, t: 'ping' }
    case 'collect-log': {
      const { request, bytes, since } = output
      const collect = { id, t: 'collect', request, bytes: Math.min(bytes, limits.logBytes) } as const
      return since === undefined ? collect : { ...collect, since: Math.max(0, Math.floor(since / 1000)) }
    }
    case 'restart': {
      const restart = { id, t: 'restart' } as const
      return output.reason === '' ? restart : { ...restart, reason: output.reason }
    }
    case 'configure':
      return { id, t: 'configure', settings: output.settings }
    case 'message':
      return { id, t: 'show', text: output.text }
  }
}
