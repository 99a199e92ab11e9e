import { digestHex } from '@sutler/wire'
import type {
  CapabilityReport,
  DeclineReason,
  DeviceClass,
  Input,
  OutcomeResult,
  ProgressStage,
} from '@sutler/device-model'
import type { Ack, Capabilities, Fetch, Outcome, Ping, UpMessage } from '@sutler/wire'

/** What the device says, in the neutral model. The decoder has checked every word against the model's lists. */
export function inputOf(message: Exclude<UpMessage, Ack | Fetch | Ping>): Input {
  const { id } = message
  switch (message.t) {
    case 'hello':
      return { id, kind: 'hello', agent: message.agent, boot: message.boot }
    case 'capabilities':
      return { id, kind: 'capabilities', report: reportOf(message) }
    case 'accept':
      return { id, kind: 'accepted', delivery: message.delivery }
    case 'decline': {
      const reason = message.reason as DeclineReason
      return { id, kind: 'declined', delivery: message.delivery, reason, detail: message.detail ?? '' }
    }
    case 'progress': {
      const { delivery, done, total } = message
      return { id, kind: 'progress', delivery, stage: message.stage as ProgressStage, done, total }
    }
    case 'outcome':
      return outcomeOf(message)
    case 'renew':
      return { id, kind: 'renew', delivery: message.delivery }
    case 'log':
      return { id, kind: 'log', request: message.request, text: message.lines.join('\n') }
  }
}

function outcomeOf(message: Outcome): Input {
  const { id, delivery, health } = message
  return {
    id,
    kind: 'outcome',
    delivery,
    result: message.result as OutcomeResult,
    digests: message.digests.map((digest) => digest && digestHex(digest)),
    health: { ok: health.ok, detail: health.detail ?? '' },
    error: message.error ?? '',
  }
}

function reportOf(message: Capabilities): CapabilityReport {
  const { hardware, os, memory, storage, runtimes, features, network, settings } = message
  return {
    class: message.class as DeviceClass,
    hardware,
    os,
    memory,
    storage,
    runtimes,
    features,
    timeZone: message.tz,
    ...(network && { network }),
    ...(settings && { settings }),
    installed: message.installed.map((component) => ({ ...component, manifest: digestHex(component.manifest) })),
  }
}
