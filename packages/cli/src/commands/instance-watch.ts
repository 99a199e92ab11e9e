import type { Command } from 'commander'
import { instanceAddress, modelAddress, type InstanceAddress } from '../instances/instance-address.ts'
import { watchInstance, watchModel } from '../instances/watch.ts'
import { openSession } from '../session.ts'
import { durationOf } from './options.ts'

interface WatchOptions {
  readonly until?: string
  readonly history?: boolean
  readonly timeout?: number
  readonly json?: boolean
}

/** `instance watch`. */
export function addInstanceWatch(instance: Command): void {
  instance
    .command('watch')
    .description(
      'show steps as they happen; of one instance until it is done, of all instances of a model until stopped',
    )
    .argument('<instance>', '<model>/<id>, an instance’s URL, or the name of a model', watched)
    .option('--until <state>', 'end as soon as this state is current (one instance)')
    .option('--history', 'show its newest steps before first, at most 200 (one instance)')
    .option(
      '--timeout <duration>',
      'end after so long, like 30s or 15m; exit status 1 when it is one instance',
      durationOf,
    )
    .option('--json', 'print one JSON object per step')
    .action(async (of: Watched, { json, timeout, until, history = false }: WatchOptions) => {
      const session = await openSession(json === true)
      const stop = new AbortController()
      process.once('SIGINT', () => stop.abort())
      const limits = { signal: stop.signal, timeout }
      if (of.id === undefined) await watchModel(session, of.model, limits)
      else await watchInstance(session, of, { ...limits, until, history })
    })
}

type Watched = { readonly model: string; readonly id?: never } | InstanceAddress

function watched(text: string): Watched {
  return text.includes('/') ? instanceAddress(text) : { model: modelAddress(text).model }
}
