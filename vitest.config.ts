import { randomInt } from 'node:crypto'
import { defineConfig } from 'vitest/config'
import { SummaryReporter } from './test/support/summary-reporter.ts'

const long = process.env['SUTLER_LONG'] === '1'
if (long && process.env['SUTLER_SEED'] === undefined) {
  // Drawn once for all workers, which inherit it.
  process.env['SUTLER_SEED'] = String(randomInt(2 ** 31))
  console.log(`the long mode, from the seed ${process.env['SUTLER_SEED']} (SUTLER_SEED repeats it)`)
}

export default defineConfig({
  test: {
    include: [
      '{packages,protocols}/*/{src,test,conformance}/**/*.test.ts',
      '{hub,agent,simulators,editors}/**/*.test.ts',
      'test/**/*.test.ts',
      'tools/**/*.test.ts',
    ],
    exclude: ['**/node_modules/**', '**/dist/**'],
    globalSetup: ['test/support/postgres-setup.ts', 'test/support/console-setup.ts'],
    setupFiles: ['test/support/property-seed.ts'],
    reporters: ['default', new SummaryReporter()],
    testTimeout: long ? 600_000 : 30_000,
    hookTimeout: 60_000,
    pool: 'forks',
    // Most tests wait for processes, sockets and disks: more workers than the two cores of a small machine pay.
    maxWorkers: 4,
  },
})
