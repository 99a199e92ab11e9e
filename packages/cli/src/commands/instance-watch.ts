import { InvalidArgumentError, type Command } from 'commander'
import { instanceAddress, modelAddress, type InstanceAddress } from '../instances/instance-address.ts'
import { watchInstance, watchModel } from '../instances/watch.ts'
import { openSession } from '../session.ts'

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

const units: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** Milliseconds of `30s`, `1h30m`. */
function durationOf(text: string): number {
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g)]
  if (parts.length === 0 || parts.map(([part]) => part).join('') !== text)
    throw new InvalidArgumentError('must be a duration like 30s, 15m or 1h30m.')
  return parts.reduce((sum, [, number, unit]) => sum + Number(number) * units[unit!]!, 0)
}
