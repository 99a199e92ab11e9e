import { answer, followEvents, type StreamedEvent } from '@sutler/client'
import type { Command } from 'commander'
import { openSession } from '../session.ts'
import { printable } from '../terminal.ts'

const settled = new Set(['completed', 'failed', 'partial', 'cancelled'])

/** `watch`: events as they happen; with --order until that order is settled. */
export function addWatch(program: Command): void {
  program
    .command('watch')
    .description('show events as they happen')
    .option('--order <id>', 'only this order; ends when it is settled (exit status 1 unless completed)')
    .option('--household <id>', 'only this household')
    .option('--types <types>', 'only these, comma-separated, for example delivery.*,order.*')
    .option('--json', 'print one JSON object per event')
    .action(async (options: { order?: string; household?: string; types?: string; json?: boolean }) => {
      const { api, connection, terminal } = await openSession(options.json === true)
      const stop = new AbortController()
      process.once('SIGINT', () => stop.abort())
      const { order, household, types } = options
      let last = ''
      const look = async (): Promise<boolean> => {
        if (order === undefined) return false
        last = answer(await api.GET('/api/v1/orders/{id}', { params: { path: { id: order } } })).state
        return settled.has(last)
      }
      const events = followEvents(connection, {
        signal: stop.signal,
        // Only now: an order that was settled just before would never be heard of.
        opened: async () => {
          if (await look()) stop.abort()
        },
        ...(household === undefined ? {} : { household }),
        // The end of the order must be heard of, whatever else is wanted.
        ...(types === undefined ? {} : { types: [...types.split(','), ...(order === undefined ? [] : ['order.*'])] }),
      })
      if (order === undefined) {
        for await (const event of events) terminal.result(event, () => eventText(event))
        return
      }
      for await (const event of events) {
        if (event.subject !== order && event.data['order'] !== order) continue
        terminal.result(event, () => eventText(event))
        if (event.subject === order && (await look())) break
      }
      stop.abort()
      terminal.remark(`${order} is ${last}`)
      if (last !== 'completed') process.exitCode = 1
    })
}

function eventText({ at, type, subject, data }: StreamedEvent): string {
  const about = ['device', 'service', 'version', 'state', 'detail']
    .map((name) => data[name])
    .filter((value) => typeof value === 'string' && value !== '')
  return printable(`${at.slice(11, 19)}  ${type.padEnd(24)}  ${subject}  ${about.join('  ')}`.trimEnd())
}
