import { answer } from '@sutler/client'
import type { Command } from 'commander'
import { instanceAddress, type InstanceAddress } from '../instances/instance-address.ts'
import { instanceText, valuesText } from '../instances/instance-text.ts'
import { statesText } from '../instances/step-text.ts'
import { openSession } from '../session.ts'
import { printable } from '../terminal.ts'
import { writeOutput } from '../write-output.ts'
import { lists } from './lists.ts'
import { collected } from './options.ts'

interface Wanted {
  readonly cursor: string | undefined
  readonly model?: string
  readonly version?: string
  readonly state?: string[]
  readonly data?: string[]
  readonly parent?: string
  readonly running?: true
  readonly done?: true
  readonly attention?: true
  readonly changedFrom?: string
  readonly changedTo?: string
}

/** `instance list|show|diagram`. */
export function addInstanceLists(instance: Command): void {
  const list = instance
    .command('list')
    .description('list instances')
    .option('--model <name>', 'only those of this model')
    .option('--version <version>', 'only those that run this version')
    .option('--state <name>', 'only those in which this state is current; may be repeated', collected)
    .option(
      '--data <path=value>',
      'only those with this value in their data, like address.floor=3; may be repeated',
      collected,
    )
    .option('--parent <instance>', 'only subinstances of this one, <model>/<id> or its URL')
    .option('--running', 'only those that are not done')
    .option('--done', 'only those that are done')
    .option('--attention', 'only those that a person should look at')
    .option('--changed-from <time>', 'only those that changed at this time or later, like 2026-01-31T00:00:00Z')
    .option('--changed-to <time>', 'only those that changed before this time')
  lists(list, {
    read: async (api, wanted: Wanted) =>
      answer(await api.GET('/api/v1/instances', { params: { query: queryOf(wanted) } })),
    columns: {
      instance: (i) => `${i.model}/${i.id}`,
      version: (i) => i.version,
      states: statesText,
      data: (i) => valuesText(i.data),
      attention: (i) => i.attention ?? '',
    },
  })
  instance
    .command('show')
    .description('show an instance as it is now')
    .argument('<instance>', '<model>/<id>, or its URL', instanceAddress)
    .option('--json', 'print JSON')
    .action(async (path: InstanceAddress, options: { json?: boolean }) => {
      const { api, terminal } = await openSession(options.json === true)
      const shown = answer(await api.GET('/api/v1/instances/{model}/{id}', { params: { path } }))
      terminal.result(shown, () => instanceText(shown))
    })
  instance
    .command('diagram')
    .description('draw the model of an instance as SVG, its current states highlighted')
    .argument('<instance>', '<model>/<id>, or its URL', instanceAddress)
    .option('-o, --output <file>', 'where to write it (default: standard output)')
    .option('--json', 'print errors as JSON')
    .action(async (path: InstanceAddress, { output, json }: { output?: string; json?: boolean }) => {
      const { api, terminal } = await openSession(json === true)
      const params = { path }
      const drawn = await api.GET('/api/v1/instances/{model}/{id}/diagram', { params, parseAs: 'text' })
      await writeOutput(output, String(answer(drawn)))
      if (output !== undefined && output !== '-') terminal.remark(printable(`${output} is written`))
    })
}

function queryOf({ running, done, attention, ...query }: Wanted) {
  return {
    ...query,
    ...(running === true && { done: 'false' as const }),
    ...(done === true && { done: 'true' as const }),
    ...(attention === true && { attention: 'true' as const }),
  }
}
