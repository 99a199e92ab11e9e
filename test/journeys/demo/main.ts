import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Kept } from './processes.ts'
import { Screen } from './screen.ts'
import type { Stage } from './stage.ts'
import { startHub, tellStory, type RunningHub } from './story.ts'

/**
 * `npm run demo [-- --exit] [--browser-phone]`: the main job from end to end with real parts. A hub on its embedded default, three agent
 * processes, a service published, ordered, installed and proved, then upgraded with one device switched off. With
 * `--browser-phone` the phone is a page that you open.
 */
const options = new Set(['--exit', '--browser-phone'])
const unknown = process.argv.slice(2).filter((argument) => !options.has(argument))
if (unknown.length > 0) {
  console.error(
    `demo: ${unknown.join(' ')} is not known; the options are --exit (end when all is done), --browser-phone`,
  )
  process.exit(2)
}
const exitWhenDone = process.argv.includes('--exit')
const directory = await mkdtemp(join(tmpdir(), 'sutler-demo-'))
// Started as root, PostgreSQL runs as somebody else, who must be able to pass through to the hub's directory.
await chmod(directory, 0o711)
const abort = new AbortController()
const running: Kept[] = []
const tail: string[] = []
const screen = new Screen()
const browserPhone = process.argv.includes('--browser-phone')
const failed = (error: Error): void => abort.abort(error)
const stage: Stage = { directory, screen, tail, signal: abort.signal, failed, running, browserPhone }

// Not `once`: a terminal and npm both pass Ctrl-C on, and the second must not cut the tidying short.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => abort.abort(new Interrupted(signal)))

class Interrupted extends Error {}

try {
  screen.say('1. The hub starts on its embedded default: PostgreSQL, MQTT broker, files on disk')
  const hub = await startHub(stage)
  const result = await tellStory(stage, hub)
  if (!exitWhenDone) await stayUp(hub)
  await clear()
  console.log(JSON.stringify(result))
} catch (error) {
  await clear()
  if (error instanceof Interrupted) process.exitCode = 130
  else {
    console.error(`the demo failed: ${error instanceof Error ? error.message : String(error)}`)
    for (const line of tail.slice(-20)) console.error(`  ${line}`)
    process.exitCode = 1
  }
}
// A request that was cut may hold files open for ever.
process.exit()

async function stayUp(hub: RunningHub): Promise<void> {
  screen.say(`
The hub stays up until you press Ctrl-C.
  console      ${hub.url}/console/  (log in as operator; the password is in ${hub.passwordFile})
  API          ${hub.url}/docs
  log in       npm run sutler -- login --hub ${hub.url} --ca ${hub.ca} --password-file ${hub.passwordFile}
  then         npm run sutler -- devices
  devices at   ${directory}`)
  await new Promise<void>((resolve) => abort.signal.addEventListener('abort', () => resolve(), { once: true }))
  throw abort.signal.reason
}

/** Stops what was started, last first, and leaves nothing behind. */
async function clear(): Promise<void> {
  screen.settle()
  await Promise.all(running.slice(1).map((kept) => kept.stop()))
  await running[0]?.stop()
  await rm(directory, { recursive: true, force: true })
}
