import { chmod, mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { figuresOf } from './figures.ts'
import { placeIn } from './place.ts'
import { endWalk, walk } from './walk.ts'

/**
 * `npm run walk [-- --devices <n>]`: docs/guide/provisioning-walk.md from the first command to the last, beside anything else that
 * runs on this machine, with as many simulated devices as wanted; ends by itself with a line of JSON.
 */
const deadline = 90 * 60_000
const devices = devicesOf(process.argv.slice(2))
const directory = await mkdtemp(join(tmpdir(), 'sutler-walk-'))
// Started as root, PostgreSQL runs as somebody else, who must be able to pass through.
await chmod(directory, 0o711)
const place = await placeIn(directory, devices)
const stop = echo(join(directory, 'transcript'))
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end(130))

try {
  const began = performance.now()
  const { commands, api } = await walk(place, deadline)
  const seconds = Math.round((performance.now() - began) / 1_000)
  await stop()
  const figures = await figuresOf(api, commands, devices)
  console.log(JSON.stringify({ ...figures, seconds }))
  const { everybody, taken, unexplained } = figures
  await end(everybody.state === 'completed' && taken.state === 'rolled-back' && unexplained === 0 ? 0 : 1)
} catch (error) {
  await stop()
  console.error(`the walk failed: ${error instanceof Error ? error.message : String(error)}`)
  await end(1)
}

async function end(status: number): Promise<never> {
  await endWalk(place)
  await rm(directory, { recursive: true, force: true })
  process.exit(status)
}

function devicesOf(words: readonly string[]): number {
  const [option, value, ...more] = words
  const wanted = Number(value)
  if (option === undefined) return 10_000
  if (option === '--devices' && more.length === 0 && Number.isSafeInteger(wanted) && wanted >= 100 && wanted <= 100_000)
    return wanted
  console.error('walk: the only option is --devices <n>, from 100 to 100000 (default: 10000)')
  return process.exit(2)
}

/** Shows what is printed while it is, the shell writes it to a file. @returns what ends that */
function echo(transcript: string): () => Promise<void> {
  let shown = 0
  const show = async (): Promise<void> => {
    const file = await open(transcript, 'r').catch(() => null)
    if (file === null) return
    try {
      const { bytesRead, buffer } = await file.read(Buffer.alloc(1 << 20), 0, 1 << 20, shown)
      shown += bytesRead
      process.stdout.write(buffer.toString('utf8', 0, bytesRead).replaceAll('\u001e', ''))
    } finally {
      await file.close()
    }
  }
  const interval = setInterval(() => void show(), 1_000)
  return async () => {
    clearInterval(interval)
    await show()
  }
}
