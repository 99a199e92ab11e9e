import { table, type Bench, type Figures } from './measure.ts'

/** `npm run bench -- [area…] [--quick] [--json]`. Every bench stops by itself and talks to loopback only. */

const areas: Readonly<Record<string, () => Promise<{ bench: Bench }>>> = {
  api: () => import('./api.ts'),
  files: () => import('./files.ts'),
  agent: () => import('./agent.ts'),
  fleet: () => import('./fleet.ts'),
  journey: () => import('./journey.ts'),
}

const given = process.argv.slice(2)
const flags = new Set(given.filter((argument) => argument.startsWith('--')))
const chosen = given.filter((argument) => !argument.startsWith('--'))
const unknown = [
  ...chosen.filter((name) => !(name in areas)),
  ...[...flags].filter((flag) => !['--quick', '--json'].includes(flag)),
]

if (unknown.length > 0) {
  console.error(
    `bench: ${unknown.join(', ')} is not known; areas: ${Object.keys(areas).join(', ')}; flags: --quick, --json`,
  )
  process.exitCode = 2
} else {
  const figures: Figures = {}
  for (const name of chosen.length > 0 ? chosen : Object.keys(areas)) {
    const { bench } = await areas[name]!()
    Object.assign(
      figures,
      await bench({ quick: flags.has('--quick'), say: (line) => console.error(`${name}: ${line}`) }),
    )
  }
  console.log(table(figures))
  if (flags.has('--json')) console.log(JSON.stringify(figures))
}
