/** Keeps the agent small. Takes effect only when it is imported before anything else. */

/**
 * A small nursery, for what dies young must not grow the heap; and no optimising compilers: an agent waits, hashes and
 * writes, all of it native code. Given on the command line they save two megabytes more, for node:v8 is not loaded then:
 * `node --max-semi-space-size=1 --no-opt --no-maglev --no-sparkplug sutler-agent.mjs …`
 */
const flags = ['--max-semi-space-size=1', '--no-opt', '--no-maglev', '--no-sparkplug']

if (!flags.every((flag) => process.execArgv.includes(flag))) {
  const v8 = process.getBuiltinModule?.('node:v8')
  for (const flag of flags) v8?.setFlagsFromString(flag)
}
