import { table, type Bench, type Figures } from './measure.ts'

/**
 * `npm run bench -- [area…] [--quick] [--json]`; `engine/callers` is one part of an area. Every bench stops by itself and talks
 * to loopback only.
 */

const areas: Readonly<Record<string, () => Promise<{ bench: Bench }>>> = {
  engine: () => import('./engine/engine.ts'),
  api: () => import('./api.ts'),
  files: () => import('./files.ts'),
  agent: () => import('./agent.ts'),
  patches: () => import('./patches.ts'),
  fleet: () => import('./fleet.ts'),
  'fleet-data': () => import('./fleet-data/fleet-data.ts'),
  journey: () => import('./journey.ts'),
  orders: () => import('./orders.ts'),
  trust: () => import('./trust/trust.ts'),
  campaigns: () => import('./campaigns.ts'),
  definitions: () => import('./definitions/definitions.ts'),
  events: () => import('./events/events.ts'),
  scim: () => import('./scim.ts'),
  adoption: () => import('./adoption.ts'),
  protocols: () => import('./protocols/protocols.ts'),
  console: () => import('./console.ts'),
}

/** No area may take longer, milliseconds. */
const deadline = 900_000

const interruption = new Error('interrupted')

const given = process.argv.slice(2)
const flags = new Set(given.filter((argument) => argument.startsWith('--')))
const chosen = given.filter((argument) => !argument.startsWith('--'))
const unknown = [
  ...chosen.filter((name) => !(areaOf(name) in areas)),
  ...[...flags].filter((flag) => !['--quick', '--json'].includes(flag)),
]

if (unknown.length > 0) {
  console.error(
    `bench: ${unknown.join(', ')} is not known; areas: ${Object.keys(areas).join(', ')}; flags: --quick, --json`,
  )
  process.exitCode = 2
} else {
  const figures: Figures = {}
  try {
    for (const name of chosen.length > 0 ? chosen : Object.keys(areas)) Object.assign(figures, await run(name))
    console.log(table(figures))
    if (flags.has('--json')) console.log(JSON.stringify(figures))
  } catch (error) {
    console.error(error === interruption ? 'bench: interrupted' : error)
    process.exitCode = error === interruption ? 130 : 1
  }
}

/** One area, with everything it started ended afterwards: at its end, when it fails, is interrupted or takes too long. */
async function run(name: string): Promise<Figures> {
  const resources = new AsyncDisposableStack()
  const cut = Promise.withResolvers<never>()
  const interrupted = (): void => cut.reject(interruption)
  const timer = setTimeout(() => cut.reject(new Error(`more than ${deadline / 1000} s`)), deadline)
  process.on('SIGINT', interrupted).on('SIGTERM', interrupted)
  try {
    const { bench } = await areas[areaOf(name)]!()
    const say = (line: string): void => console.error(`${name}: ${line}`)
    const part = name.includes('/') ? name.slice(name.indexOf('/') + 1) : null
    const options = { quick: flags.has('--quick'), part, say, resources }
    return await Promise.race([bench(options), cut.promise])
  } finally {
    clearTimeout(timer)
    process.off('SIGINT', interrupted).off('SIGTERM', interrupted)
    await resources.disposeAsync()
  }
}

function areaOf(name: string): string {
  return name.split('/', 1)[0]!
}
