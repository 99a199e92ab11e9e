import { answer } from '@sutler/client'
import type { Command } from 'commander'
import { openSession } from '../session.ts'
import { tableOf } from '../terminal.ts'
import { holdingColumns } from './holdings.ts'

/** `merge <from> <into>`: of people or of households. */
export function addMerges(command: Command, kind: 'users' | 'households'): void {
  command
    .command('merge')
    .description('make two one for good; shows first what would move and what would end, and does it with --yes')
    .argument('<from>', 'the one that is given up')
    .argument('<into>', 'the one that stays')
    .option('--yes', 'do it')
    .option('--json', 'print JSON')
    .action(async (from: string, into: string, { yes, json }: { yes?: boolean; json?: boolean }) => {
      const { api, terminal } = await openSession(json === true)
      const params = { path: { id: into, from } }
      const preview = await api.GET(`/api/v1/${kind}/{id}/merge/{from}`, { params })
      const plan = answer(preview)
      const headers = { 'If-Match': preview.response.headers.get('etag') ?? '*' }
      const done = yes === true && answer(await api.POST(`/api/v1/${kind}/{id}/merge/{from}`, { params, headers }))
      const { moves, ends, blocks } = done || plan
      const rows = [
        ...moves.map((each) => ({ ...each, how: `goes to ${into}` })),
        ...ends.map((each) => ({ ...each, how: 'ends' })),
        ...blocks.map((because) => ({ what: 'in the way', count: 1, how: 'has to be done first', because })),
      ]
      terminal.result({ moves, ends, blocks }, () => tableOf(rows, holdingColumns))
      if (done) terminal.remark(`${from} is ${into} now.`)
      else terminal.remark(`Nothing was done. To merge them for good, add --yes.`)
    })
}
