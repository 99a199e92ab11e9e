import { answer, pages, type SutlerClient } from '@sutler/client'
import type { Command } from 'commander'
import { CommandError } from '../command-error.ts'
import { modelAddress, type ModelAddress } from '../instances/instance-address.ts'
import { readModelSources } from '../models/model-source.ts'
import { openSession } from '../session.ts'
import { writeOutput } from '../write-output.ts'
import { lists } from './lists.ts'

/** `model publish|list|show`. */
export function addPublishedModels(model: Command): void {
  model
    .command('publish')
    .description('publish models, those that are called first; a published version never changes')
    .argument('<file...>', 'pattern texts or JSON documents; - = standard input')
    .option('--json', 'print JSON')
    .action(async (files: string[], options: { json?: boolean }) => {
      const { api, terminal } = await openSession(options.json === true)
      const sources = await readModelSources(files)
      const { publishModels } = await import('../models/publish-models.ts')
      await publishModels(api, sources, terminal)
    })
  const list = model.command('list').description('list published models, each version')
  lists(list.option('--name <name>', 'only versions of this model'), {
    read: async (api, query: { cursor: string | undefined; name?: string }) =>
      answer(await api.GET('/api/v1/models', { params: { query } })),
    columns: {
      name: (m) => m.name,
      version: (m) => m.version,
      published: (m) => m.publishedAt,
      title: (m) => m.title ?? '',
    },
  })
  model
    .command('show')
    .description('show a published model as pattern text')
    .argument('<model>', 'name of the model, or name@version (default: the highest published)', modelAddress)
    .option('--json', 'print the JSON document')
    .action(async (address: ModelAddress, options: { json?: boolean }) => {
      const { api, terminal } = await openSession(options.json === true)
      const path = { name: address.model, version: await versionOf(api, address) }
      const { document, text } = answer(await api.GET('/api/v1/models/{name}/{version}', { params: { path } }))
      if (terminal.json || text === null) terminal.result(document, () => JSON.stringify(document, null, 2))
      else await writeOutput(undefined, text)
    })
}

/** The highest published version that is meant. @throws CommandError `unknown-version` */
async function versionOf(api: SutlerClient, { model, version }: ModelAddress): Promise<string> {
  const all: string[] = []
  const versions = pages(async (cursor) =>
    answer(await api.GET('/api/v1/models', { params: { query: { name: model, cursor } } })),
  )
  for await (const each of versions) all.push(each.version)
  const { maxSatisfying } = await import('semver')
  const highest = all.includes(version ?? '')
    ? version!
    : maxSatisfying(all, version ?? '*', { includePrerelease: version === undefined })
  if (highest !== null) return highest
  const there = all.length === 0 ? 'none is' : `published: ${all.join(', ')}`
  throw new CommandError(
    'unknown-version',
    `no such version of ${model}; ${there}`,
    'sutler model list shows what there is.',
  )
}
