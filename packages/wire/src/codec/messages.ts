import { limits } from '../limits.ts'
import {
  anyText,
  count,
  dictionary,
  digest,
  either,
  flag,
  identifier,
  list,
  oneOf,
  optional,
  orNull,
  record,
} from './fields.ts'
import type { FieldReader } from './fields.ts'
import type * as Messages from '../messages.ts'
import type { CapabilityReport, DeclineReason, OutcomeResult, ProgressStage } from '@sutler/device-model'

export const deviceClasses: readonly CapabilityReport['class'][] = ['set-top-box', 'phone', 'gateway']
export const declineReasons: readonly DeclineReason[] = [
  'superseded',
  'no-space',
  'unsupported',
  'busy',
  'invalid-manifest',
  'refused',
]
export const progressStages: readonly ProgressStage[] = [
  'downloading',
  'verifying',
  'installing',
  'restarting',
  'checking',
]
export const outcomeResults: readonly OutcomeResult[] = ['installed', 'removed', 'failed', 'rolled-back']

const wholeNumber = count()

const settingValue = either<Messages.SettingValue>('a text, a whole number, true or false', anyText, wholeNumber, flag)

const ping = record<Messages.Ping>({ id: identifier, t: oneOf(['ping']) })

const ack = record<Messages.Ack>({
  t: oneOf(['ack']),
  re: list(identifier, 1, limits.acknowledgedIds),
  error: optional(identifier),
})

const hello = record<Messages.Hello>({
  id: identifier,
  t: oneOf(['hello']),
  versions: list(wholeNumber, 1, 16),
  agent: anyText,
  boot: identifier,
})

const capabilities = record<Messages.Capabilities>({
  id: identifier,
  t: oneOf(['capabilities']),
  class: oneOf(deviceClasses),
  hardware: record<Messages.Capabilities['hardware']>({ model: anyText, arch: anyText, cpus: wholeNumber }),
  os: record<Messages.Capabilities['os']>({ name: anyText, version: anyText }),
  memory: record<Messages.Capabilities['memory']>({ total: wholeNumber }),
  storage: record<Messages.Capabilities['storage']>({ total: wholeNumber, free: wholeNumber }),
  runtimes: dictionary(anyText, limits.shortList),
  features: list(anyText, 0, limits.shortList),
  tz: anyText,
  network: optional(record<NonNullable<Messages.Capabilities['network']>>({ metered: flag, type: anyText })),
  installed: list(
    record<Messages.Capabilities['installed'][number]>({
      service: anyText,
      version: anyText,
      component: anyText,
      manifest: digest,
      epoch: wholeNumber,
      wrong: optional(list(anyText, 0, limits.wrongFiles)),
    }),
    0,
    limits.installed,
  ),
  settings: optional(
    dictionary(
      record<Messages.Setting>({
        value: settingValue,
        least: optional(wholeNumber),
        most: optional(wholeNumber),
        choices: optional(list(anyText, 0, limits.choices)),
      }),
      limits.settings,
    ),
  ),
})

const accept = record<Messages.Accept>({ id: identifier, t: oneOf(['accept']), delivery: identifier })

const decline = record<Messages.Decline>({
  id: identifier,
  t: oneOf(['decline']),
  delivery: identifier,
  reason: oneOf(declineReasons),
  detail: optional(anyText),
})

const progress = record<Messages.Progress>({
  id: identifier,
  t: oneOf(['progress']),
  delivery: identifier,
  stage: oneOf(progressStages),
  done: wholeNumber,
  total: wholeNumber,
})

const outcome = record<Messages.Outcome>({
  id: identifier,
  t: oneOf(['outcome']),
  delivery: identifier,
  result: oneOf(outcomeResults),
  digests: list(orNull(digest), 0, limits.filesPerComponent),
  health: record<Messages.Outcome['health']>({ ok: flag, detail: optional(anyText) }),
  error: optional(anyText),
})

const renew = record<Messages.Renew>({ id: identifier, t: oneOf(['renew']), delivery: identifier })

const fetch = record<Messages.Fetch>({
  id: identifier,
  t: oneOf(['fetch']),
  path: anyText,
  from: wholeNumber,
})

const log = record<Messages.Log>({
  id: identifier,
  t: oneOf(['log']),
  request: identifier,
  lines: list(anyText, 0, limits.items),
})

const offer = record<Messages.Offer>({
  id: identifier,
  t: oneOf(['offer']),
  delivery: identifier,
  epoch: wholeNumber,
  service: anyText,
  version: anyText,
  component: anyText,
  manifest: record<Messages.Offer['manifest']>({ digest, size: count(limits.manifestBytes) }),
  files: count(limits.filesPerComponent),
  bytes: wholeNumber,
  link: record<Messages.Offer['link']>({ base: anyText, query: anyText, expires: wholeNumber }),
})

const remove = record<Messages.Remove>({
  id: identifier,
  t: oneOf(['remove']),
  delivery: identifier,
  epoch: wholeNumber,
  service: anyText,
  keep: optional(flag),
})

const cancel = record<Messages.Cancel>({
  id: identifier,
  t: oneOf(['cancel']),
  delivery: identifier,
  reason: optional(anyText),
})

const query = record<Messages.Query>({ id: identifier, t: oneOf(['query']) })

const collect = record<Messages.Collect>({
  id: identifier,
  t: oneOf(['collect']),
  request: identifier,
  bytes: count(limits.logBytes),
  since: optional(wholeNumber),
})

const restart = record<Messages.Restart>({ id: identifier, t: oneOf(['restart']), reason: optional(anyText) })

const configure = record<Messages.Configure>({
  id: identifier,
  t: oneOf(['configure']),
  settings: dictionary(settingValue, limits.settings),
})

const show = record<Messages.Show>({ id: identifier, t: oneOf(['show']), text: anyText })

/** Type of message → its reader, per direction. */
export const upReaders: ReadonlyMap<string, FieldReader<Messages.UpMessage>> = new Map<
  string,
  FieldReader<Messages.UpMessage>
>(Object.entries({ hello, capabilities, accept, decline, progress, outcome, renew, fetch, log, ping, ack }))

export const downReaders: ReadonlyMap<string, FieldReader<Messages.DownMessage>> = new Map<
  string,
  FieldReader<Messages.DownMessage>
>(Object.entries({ offer, remove, cancel, query, collect, restart, configure, show, ping, ack }))
