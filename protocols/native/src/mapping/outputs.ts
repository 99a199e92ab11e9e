import { digestBytes, WireError } from '@sutler/wire'
import { NativeProtocolError } from '../errors.ts'
import type { FileLink, Output } from '@sutler/device-model'
import type { DownMessage } from '@sutler/wire'

/**
 * The message that says what the hub wants; its id is the output's id in decimal digits.
 * @param link of an install
 * Throws NativeProtocolError `no-link` for an install without one, WireError `bad-field` for a digest that is none and
 * `unknown-type` for what the protocol has no message for.
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
    default:
      throw new WireError('unknown-type', 'kind', unsaid(output.kind) ?? output.kind)
  }
}

/** Why the protocol cannot say it, as a sentence; null when it has a message for it. */
export function unsaid(kind: Output['kind']): string | null {
  const words = wordsFor[kind]
  return words === undefined ? null : `version 1 of the native protocol has no message that asks a device to ${words}`
}

const wordsFor: Partial<Record<Output['kind'], string>> = {
  configure: 'change settings',
  restart: 'restart by itself',
  'collect-log': 'send its log',
  message: 'show a text',
}
