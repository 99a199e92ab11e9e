import type { Asked } from '@sutler/device-model'

/** Why Mender's device API cannot carry what is asked, as a sentence; null when it can. */
export function limitsOf(asked: Asked): string | null {
  switch (asked.kind) {
    case 'install':
      if (asked.files === 1) return null
      return `A Mender device takes one artifact, and this component has ${asked.files} files: publish the .mender file as its only one.`
    case 'remove':
      return 'A Mender device cannot take away what an artifact has put in place: publish an artifact that does, and order that.'
    case 'configure':
      return 'Mender’s deployments carry artifacts, not settings: publish an artifact that sets them.'
    case 'restart':
      return 'A Mender device restarts only for an artifact that asks for it.'
    case 'collect-log':
      return 'A Mender device sends its log by itself, when a deployment has failed, and not when asked.'
    case 'message':
      return 'A Mender device has no way to show a message.'
    case 'cancel':
    case 'query-capabilities':
    case 'ping':
      return null
  }
}
