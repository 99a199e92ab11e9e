import { open } from 'node:fs/promises'
import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { answer, openExport, sendImport, type ImportAnswer } from '@sutler/client'
import { Option, type Command } from 'commander'
import { CommandError } from '../command-error.ts'
import { openSession } from '../session.ts'
import { printable } from '../terminal.ts'
import { lists } from './lists.ts'

/** `import devices|subscriptions|list`, `export devices|subscriptions|orders|deliveries`: many at once, as files. */
export function addBulk(program: Command): void {
  const incoming = program.command('import').description('bring in many devices or subscriptions from a file')
  addImport(incoming, 'devices', 'devices that are to come: a claim for each, bound to its serial number')
  addImport(incoming, 'subscriptions', 'subscriptions: an order for each line')
  lists(incoming.command('list').description('list imports, newest first'), {
    read: async (api, query) => answer(await api.GET('/api/v1/imports', { params: { query } })),
    columns: {
      id: (i) => i.id,
      kind: (i) => i.kind,
      state: (i) => i.state,
      line: (i) => String(i.lastLine),
      created: (i) => String(i.created),
      unchanged: (i) => String(i.unchanged),
      failed: (i) => String(i.failed),
    },
  })
  const outgoing = program.command('export').description('write everything of one kind, line by line')
  for (const kind of ['devices', 'subscriptions', 'orders', 'deliveries'] as const) addExport(outgoing, kind)
}

/** Mistakes of lines that are shown. */
const shown = 20

function addImport(incoming: Command, kind: 'devices' | 'subscriptions', what: string): void {
  incoming
    .command(kind)
    .description(what)
    .argument('<file>', 'CSV with a head (.csv), or a JSON object per line (.ndjson, .jsonl)')
    .option('--results <file>', 'writes what became of each line, as lines of JSON; claims are shown there only')
    .option('--json', 'print JSON')
    .action(async (file: string, options: { results?: string; json?: boolean }) => {
      const { connection, terminal } = await openSession(options.json === true)
      const type = /\.csv$/i.test(file) ? 'text/csv' : 'application/x-ndjson'
      const results = options.results === undefined ? null : createWriteStream(options.results, { mode: 0o600 })
      let [last, failures]: [ImportAnswer | null, number] = [null, 0]
      for await (const each of sendImport(connection, kind, type, await readable(file))) {
        last = each
        if (!('line' in each)) continue
        if (results?.write(`${JSON.stringify(each)}\n`) === false)
          await new Promise<void>((resolve) => results.once('drain', () => resolve()))
        if (each.status === 'failed' && ++failures <= shown)
          terminal.remark(printable(`line ${each.line}: ${each.detail} [${each.code}]`))
      }
      await new Promise<void>((resolve) => (results === null ? resolve() : results.end(() => resolve())))
      if (failures > shown) terminal.remark(`… and ${failures - shown} lines more`)
      end(terminal, last)
    })
}

function end(terminal: Awaited<ReturnType<typeof openSession>>['terminal'], last: ImportAnswer | null): void {
  if (last === null || 'line' in last || last.state === undefined)
    throw new CommandError(
      'still-running',
      'the hub stopped answering',
      'sutler import list shows how far it came.',
      undefined,
      1,
    )
  const { created, unchanged, failed, state, lastLine, detail } = last
  const how = state === 'done' ? '' : `; cut off after line ${lastLine}${detail === undefined ? '' : `: ${detail}`}`
  terminal.result(last, () => printable(`${created} created, ${unchanged} unchanged, ${failed} failed${how}`))
  if (failed > 0 || state !== 'done') process.exitCode = 1
}

async function readable(file: string): Promise<ReadableStream<Uint8Array>> {
  try {
    const handle = await open(file)
    return Readable.toWeb(handle.createReadStream()) as ReadableStream<Uint8Array>
  } catch (error) {
    const message = `${file} cannot be read: ${(error as Error).message}`
    throw new CommandError('file-unreadable', message, 'Check its name.', error)
  }
}

function addExport(outgoing: Command, kind: 'devices' | 'subscriptions' | 'orders' | 'deliveries'): void {
  const command = outgoing
    .command(kind)
    .description(`write all ${kind}`)
    .addOption(new Option('--format <format>', 'how').choices(['ndjson', 'csv']).default('ndjson'))
    .option('--output <file>', 'write it there instead of to standard output')
  if (kind === 'devices') command.option('--filter <cel>', 'only those for which this is true')
  command.action(async (options: { format: string; output?: string; filter?: string }) => {
    const { connection } = await openSession(false)
    const { format, output, filter } = options
    const rows = await openExport(connection, kind, { format, ...(filter === undefined ? {} : { filter }) })
    const target = output === undefined ? process.stdout : createWriteStream(output, { mode: 0o600 })
    await pipeline(Readable.fromWeb(rows as never), target, { end: output !== undefined })
  })
}
