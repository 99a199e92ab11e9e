import { readFileSync } from 'node:fs'
import { giveBackMemory } from './platform/node/memory.ts'
import { readArguments, usage } from './arguments.ts'
import type { AgentArguments } from './arguments.ts'
import { runAgent } from './core/agent.ts'
import { claimByCertificate } from './core/claim-certificate.ts'
import { AgentError, reasonOf } from './core/errors.ts'
import { eraseDirectory } from './platform/node/erase.ts'
import { makeRoot } from './platform/node/files.ts'
import { nodePlatform } from './platform/node/index.ts'
import { lockDirectory } from './platform/node/lock.ts'

const software = 'sutler-agent 0.1.0'

/** Asks a supervisor to start the process again. */
const startAgain = 75
/** A stop that takes longer ends the process anyway: what matters is durable at every moment. */
const stopWithin = 4000

const statusOf: Partial<Record<AgentError['code'], number>> = {
  'bad-argument': 2,
  'claim-refused': 2,
  'not-enrolled': 2,
  untrusted: 2,
  'directory-in-use': 3,
}

async function main(words: readonly string[]): Promise<number> {
  try {
    const given = readArguments(words)
    if (given === 'help' || given === 'version') {
      process.stdout.write(`${given === 'help' ? usage : software}\n`)
      return 0
    }
    if ('erase' in given) return await erase(given.erase)
    return await live(given)
  } catch (error) {
    const code = error instanceof AgentError ? error.code : 'internal'
    process.stderr.write(
      `sutler-agent: ${code}: ${code === 'internal' && error instanceof Error ? error.stack : reasonOf(error)}\n`,
    )
    return error instanceof AgentError ? (statusOf[error.code] ?? 1) : 1
  }
}

/** A second time finds nothing to do. */
async function erase(directory: string): Promise<number> {
  const removed = await eraseDirectory(directory)
  process.stdout.write(removed ? `${directory} is erased; this device must enrol anew\n` : `${directory} is empty\n`)
  return 0
}

/** One boot after the other, until stopped. */
async function live(given: AgentArguments): Promise<number> {
  makeRoot(given.directory)
  const lock = await lockDirectory(given.directory)
  const stop = stopOnSignals()
  try {
    for (;;) {
      const ended = await boot(given, stop)
      if (ended === 'stopped') return 0
      if (given.restart === 'exit') return startAgain
      if (given.restart === 'command') return await restartBy(given, stop)
    }
  } finally {
    await lock.release()
  }
}

function boot(given: AgentArguments, stop: AbortSignal): Promise<'restart' | 'stopped'> {
  const { hub, serial, model, timeZone, metered, filesOverMqtt, jsonLog, messageCommand } = given
  const trustRoot = given.trustRoot === null ? null : readGiven('--trust-root', given.trustRoot)
  const platform = nodePlatform(given.directory, { jsonLog, messageCommand, rest: giveBackMemory })
  const profile = { class: given.class, model, timeZone, metered }
  const settings = { verifyEvery: given.verifyEvery }
  return runAgent(
    { platform, settings, hub, trustRoot, ...claimOf(given), serial, profile, filesOverMqtt, software },
    stop,
  )
}

/** What it enrols with, and by whom it recognises the hub. */
function claimOf({ claim, claimFiles, ca }: AgentArguments) {
  const authority = ca === null ? null : readGiven('--ca', ca)
  if (claimFiles === null) return { authority, claim, claimCredential: null }
  const certificate = readGiven('--claim-certificate', claimFiles.certificate)
  const key = readGiven('--claim-key', claimFiles.key)
  return claimByCertificate(certificate, key, authority)
}

function readGiven(option: string, file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new AgentError('bad-argument', `${option} ${file} cannot be read`, error)
  }
}

/** Runs the restart command, which usually does not return before the device goes down. */
async function restartBy(given: AgentArguments, stop: AbortSignal): Promise<number> {
  const platform = nodePlatform(given.directory, { jsonLog: given.jsonLog })
  const result = await platform.processes.run(given.restartCommand, '', 600_000, stop)
  if (result.status !== 0) throw new AgentError('disk', `${given.restartCommand.join(' ')} failed: ${result.output}`)
  return startAgain
}

function stopOnSignals(): AbortSignal {
  const stop = new AbortController()
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (stop.signal.aborted) process.exit(1)
      stop.abort(new AgentError('stopped', `stopped by ${signal}`))
      setTimeout(() => process.exit(1), stopWithin).unref()
    })
  }
  return stop.signal
}

void main(process.argv.slice(2)).then((status) => (process.exitCode = status))
