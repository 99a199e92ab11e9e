import { limits } from '@sutler/wire'
import { settingsRefusal } from '@sutler/device-model'
import type { Asked, CapabilityReport, Output } from '@sutler/device-model'

/** Why the protocol, or the agent on the device, cannot carry what is asked, as a sentence; null when it can. */
export function limitOf(asked: Asked, report: CapabilityReport | null): string | null {
  if (asked.kind === 'install' && asked.files > limits.filesPerComponent)
    return `a component has at most ${limits.filesPerComponent} files, this one has ${asked.files}`
  const word = words[asked.kind]
  if (word === undefined) return null
  if (report === null) return 'the device has not yet said what it can be asked for'
  const feature = `takes-${word.message}`
  if (!report.features.includes(feature))
    return `its agent cannot be asked to ${word.act}: its features have no ${feature}, as those of agents that are older or whose device has no way to`
  return asked.kind === 'configure' ? settingsRefusal(report.settings, asked.settings) : null
}

/** Messages that not every agent takes, and what they ask for. */
const words: Partial<Record<Output['kind'], { readonly message: string; readonly act: string }>> = {
  'collect-log': { message: 'collect', act: 'send its log' },
  restart: { message: 'restart', act: 'restart' },
  configure: { message: 'configure', act: 'change settings' },
  message: { message: 'show', act: 'show a text' },
}
