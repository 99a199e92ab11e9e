import { readFile } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { configOfEnvironment } from '../config.ts'
import { systemClock as clock } from '../platform/clock.ts'
import { CallerError, OutsideError } from '../platform/errors.ts'
import { createLog } from '../platform/log.ts'
import { createBackup } from './create.ts'
import { makeKey } from './encryption.ts'
import { readBackup } from './read.ts'
import { restoreBackup } from './restore.ts'
import { readRequest, type Request } from './request.ts'
import { verifyingSink } from './verify.ts'

/**
 * What `sutler backup` and `sutler restore` run: `main.ts <request as JSON>`, with the settings of the hub in the environment. Answers one
 * line of JSON on standard error, for standard output may be the backup.
 */
async function run(request: Request): Promise<unknown> {
  switch (request.command) {
    case 'key':
      return { file: request.file, recipient: await makeKey(request.file) }
    case 'verify': {
      const sink = verifyingSink()
      await readBackup(request.from, request.opener, sink)
      return sink.found()
    }
    case 'create':
      return createBackup({ ...world(), version: await version() }, request)
    case 'restore':
      return restoreBackup(world(), { ...request, by: caller() })
  }
}

function world() {
  const config = configOfEnvironment()
  return { config, clock, log: createLog('silent', false) }
}

/** Their name at the operating system, or their number where it knows none. */
function caller(): string {
  try {
    return userInfo().username
  } catch {
    // A user that is in no file of users: in a container, say.
    return `uid ${process.getuid?.()}`
  }
}

async function version(): Promise<string> {
  const document: unknown = JSON.parse(await readFile(new URL('../../../package.json', import.meta.url), 'utf8'))
  return (document as { version: string }).version
}

function answer(line: object): void {
  process.stderr.write(`${JSON.stringify(line)}\n`)
}

try {
  answer({ done: await run(readRequest(process.argv[2] ?? '')) })
  process.exit(0)
} catch (error) {
  if (!(error instanceof CallerError || error instanceof OutsideError)) throw error
  const { title, remedy } = error.entry
  answer({ failed: { code: error.code, title, remedy, detail: error.message } })
  process.exit(1)
}
