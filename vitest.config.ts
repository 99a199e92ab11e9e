import { randomInt } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defineConfig } from 'vitest/config'
import { LongestFirst } from './test/support/longest-first.ts'
import { SummaryReporter } from './test/support/summary-reporter.ts'

const long = process.env['SUTLER_LONG'] === '1'
if (long && process.env['SUTLER_SEED'] === undefined) {
  // Drawn once for all workers, which inherit it.
  process.env['SUTLER_SEED'] = String(randomInt(2 ** 31))
  console.log(`the long mode, from the seed ${process.env['SUTLER_SEED']} (SUTLER_SEED repeats it)`)
}

// Hubs, agents and command lines that tests start read what Node has compiled of them: a hub starts in half of the time.
process.env['NODE_COMPILE_CACHE'] ??= join(tmpdir(), 'node-compile-cache')

/** Files that measure their own process, which nothing may have been in before. */
const alone = [
  'hub/src/platform/mqtt/mqtt-broker.test.ts',
  'packages/client/src/stream.test.ts',
  'protocols/cwmp/src/wire/{decode,xml/read}.test.ts',
  'protocols/{mender/src/wire,usp/src}/fuzz.test.ts',
]

const common = {
  setupFiles: ['test/support/property-seed.ts'],
  testTimeout: long ? 600_000 : 30_000,
  hookTimeout: 60_000,
  pool: 'forks' as const,
  // Most tests wait for processes, sockets and disks: more workers than the two cores of a small machine pay.
  maxWorkers: 4,
}
const excluded = ['**/node_modules/**', '**/dist/**']

export default defineConfig({
  test: {
    globalSetup: ['test/support/postgres-setup.ts', 'test/support/console-setup.ts'],
    reporters: ['default', new SummaryReporter()],
    sequence: { sequencer: LongestFirst },
    maxWorkers: common.maxWorkers,
    projects: [
      { test: { ...common, name: 'alone', include: alone, exclude: excluded } },
      {
        test: {
          ...common,
          name: 'together',
          include: [
            '{packages,protocols}/*/{src,test,conformance}/**/*.test.ts',
            '{hub,agent,simulators,editors}/**/*.test.ts',
            'test/**/*.test.ts',
            'tools/**/*.test.ts',
          ],
          exclude: [...excluded, ...alone],
          // A worker goes from file to file with what it has loaded: the hub alone is 2,000 modules.
          isolate: false,
        },
      },
    ],
  },
})
