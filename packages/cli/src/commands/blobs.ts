import { answer } from '@sutler/client'
import type { Command } from 'commander'
import { openSession } from '../session.ts'
import { byteText } from '../terminal.ts'

/** What each part of the answer is, as people read it. */
const parts = {
  stored: 'on the disk',
  needed: 'needed by versions',
  patches: 'of these patches',
  waiting: 'needed by nothing, to be removed',
  lost: 'lost or spoilt',
  unshared: 'if each version had its own',
} as const

/** `blobs usage`: for operators of the installation. */
export function addBlobs(program: Command): void {
  program
    .command('blobs')
    .description('the files that the hub stores')
    .command('usage')
    .description('how much they take, and for what')
    .option('--json', 'print JSON')
    .action(async (options: { json?: boolean }) => {
      const { api, terminal } = await openSession(options.json === true)
      const usage = answer(await api.GET('/api/v1/blobs/usage'))
      const lines = Object.entries(parts).map(([part, text]) => {
        const { blobs, bytes } = usage[part as keyof typeof parts]
        return `${text.padEnd(34)}${String(blobs).padStart(8)} files ${byteText(bytes).padStart(12)}`
      })
      terminal.result(usage, () => lines.join('\n'))
    })
}
