/** Keeps the agent small. Takes effect only when it is imported before anything else. */

/**
 * A small nursery, for what dies young must not grow the heap; no optimising compilers: an agent waits, hashes and
 * writes, all of it native code; and a way to collect garbage at a quiet moment. Given on the command line they save almost a
 * megabyte more, for node:v8 is not loaded then:
 * `node --max-semi-space-size=1 --no-opt --no-maglev --no-sparkplug --expose-gc sutler-agent.cjs …`
 */
const flags = ['--max-semi-space-size=1', '--no-opt', '--no-maglev', '--no-sparkplug', '--expose-gc']

if (!flags.every((flag) => process.execArgv.includes(flag))) {
  const v8 = process.getBuiltinModule?.('node:v8')
  for (const flag of flags) v8?.setFlagsFromString(flag)
}

/**
 * Gives memory back that start or work has left unused: V8 by itself waits for more of it first. Two megabytes
 * on Node 24; on Node 20 it changes nothing.
 */
export function giveBackMemory(): void {
  // A flag set after the start counts for new contexts only.
  const collect = globalThis.gc ?? process.getBuiltinModule?.('node:vm').runInNewContext('gc')
  collect?.({ type: 'major', execution: 'sync', flavor: 'last-resort' })
}
