import { answer } from '@sutler/client'
import type { JsonObject } from '@sutler/engine'
import type { Command } from 'commander'
import { CommandError } from '../command-error.ts'
import {
  instanceAddress,
  modelAddress,
  type InstanceAddress,
  type ModelAddress,
} from '../instances/instance-address.ts'
import { fieldText, instanceText, returnedText } from '../instances/instance-text.ts'
import { becameText } from '../instances/step-text.ts'
import { jsonObjectOf, pairsOf } from '../json-option.ts'
import { openSession } from '../session.ts'
import { collected } from './options.ts'

interface ArgumentOptions {
  readonly args?: string
  readonly arg?: string[]
  readonly json?: boolean
}

interface StartOptions extends ArgumentOptions {
  readonly id?: string
  readonly call?: string
  readonly signal?: string
}

/** `instance start|signal`. */
export function addInstanceSignals(instance: Command): void {
  withArguments(
    instance
      .command('start')
      .description('start an instance of a published model')
      .argument('<model>', 'name of the model, or name@version (default: the highest published)', modelAddress)
      .option('--id <id>', 'its id, unique per model (default: the hub chooses one)')
      .option('--call <json>', 'arguments of the call, a JSON object')
      .option('--signal <type>', 'send it this first signal; exit status 1 when it is rejected or fails'),
  ).action(start)
  withArguments(
    instance
      .command('signal')
      .description('send a signal and hear what became of it; exit status 1 when it was rejected or failed')
      .argument('<instance>', '<model>/<id>, or its URL', instanceAddress)
      .argument('<type>', 'the signal’s type')
      .option('--id <id>', 'the signal’s id: the same id again changes nothing (default: a new one)'),
  ).action(signal)
}

function withArguments(command: Command): Command {
  return command
    .option('--args <json>', 'the signal’s arguments, a JSON object')
    .option(
      '--arg <name=value>',
      'one argument; the value is JSON, or text where it is no JSON; may be repeated',
      collected,
    )
    .option('--json', 'print JSON')
}

async function start({ model, version }: ModelAddress, options: StartOptions): Promise<void> {
  const { id, call, signal: type, args, arg = [] } = options
  if (type === undefined && (args !== undefined || arg.length > 0))
    throw new CommandError(
      'option-invalid',
      'arguments of which signal?',
      'Give --signal, or --call for those of the call.',
    )
  const { api, terminal } = await openSession(options.json === true)
  const body = {
    model,
    ...(version !== undefined && { version }),
    ...(id !== undefined && { id }),
    ...(call !== undefined && { call: jsonObjectOf('--call', call) }),
    ...(type !== undefined && { start: { signal: type, args: argumentsOf(options) } }),
  }
  const started = answer(await api.POST('/api/v1/instances', { body }))
  const { returned } = started
  terminal.result(started, () =>
    [
      instanceText(started),
      ...(returned === null ? [] : [fieldText('signal', `${type} ${becameText(returned)}`)]),
    ].join('\n'),
  )
  if (returned !== null) judge(returned)
}

async function signal(path: InstanceAddress, type: string, options: ArgumentOptions & { id?: string }): Promise<void> {
  const { api, terminal } = await openSession(options.json === true)
  const body = { type, args: argumentsOf(options), ...(options.id !== undefined && { id: options.id }) }
  const returned = answer(await api.POST('/api/v1/instances/{model}/{id}/signals', { params: { path }, body }))
  terminal.result(returned, () => returnedText(returned))
  judge(returned)
}

function judge({ outcome }: { readonly outcome: string }): void {
  if (outcome === 'rejected' || outcome === 'failed') process.exitCode = 1
}

/** `--args` with each `--arg` over it. */
function argumentsOf({ args, arg = [] }: ArgumentOptions): JsonObject {
  return { ...(args === undefined ? {} : jsonObjectOf('--args', args)), ...pairsOf('--arg', arg) }
}
