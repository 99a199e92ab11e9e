import type { z } from 'zod'
import { CallerError, errorCode, type ErrorPlace } from './platform/errors.ts'
import { settings } from './settings/index.ts'
import type { Setting } from './settings/setting.ts'

/** The only reader of the environment and of the command line. docs/reference/configuration.md is made from it. */

export const configurationInvalid = errorCode(
  'configuration-invalid',
  400,
  'The hub cannot be started with these settings',
  'Correct the settings named in the detail; docs/reference/configuration.md lists them all.',
)

/** The hub's settings. Times in milliseconds, sizes in bytes. */
export type Config = {
  readonly [Key in keyof typeof settings]:
    | z.output<(typeof settings)[Key]['schema']>
    | ((typeof settings)[Key]['standard'] extends null ? null : never)
}

/** Of other programs of the platform; they may be set where a hub is started. */
const others = new Set(['SUTLER_HUB', 'SUTLER_TOKEN', 'SUTLER_CA', 'SUTLER_CONFIG', 'SUTLER_CLAIM'])

/**
 * Reads the settings: flags (`--http-port 8481` or `--http-port=8481`) before environment before defaults.
 * @throws CallerError `configuration-invalid` naming every wrong setting, and the nearest name for unknown ones
 */
export function readConfig(
  environment: Readonly<Record<string, string | undefined>>,
  flags: readonly string[],
): Config {
  const all: [string, Setting<unknown>][] = Object.entries(settings)
  const known = all.map(([, setting]) => setting)
  const places: ErrorPlace[] = []
  const given = readFlags(flags, known, places)
  for (const name of Object.keys(environment)) {
    if (!name.startsWith('SUTLER_') || others.has(name) || known.some((each) => each.name === name)) continue
    places.push({
      pointer: name,
      detail: `is no setting; did you mean ${nearest(
        name,
        known.map((each) => each.name),
      )}?`,
    })
  }
  const config: Record<string, unknown> = {}
  for (const [key, setting] of all) {
    const value = given.get(setting.name) ?? environment[setting.name] ?? setting.standard
    if (value === null) {
      config[key] = null
      continue
    }
    const result = setting.schema.safeParse(value)
    if (result.success) config[key] = result.data
    else places.push({ pointer: setting.name, detail: result.error.issues.map((issue) => issue.message).join('; ') })
  }
  if (places.length === 0) return config as Config
  const detail = places.map((place) => `${place.pointer} ${place.detail}`).join('\n')
  throw new CallerError(configurationInvalid, detail, { places })
}

/** The settings of this process. @throws CallerError as `readConfig` */
export function configOfProcess(): Config {
  return readConfig(process.env, process.argv.slice(2))
}

/** The settings of the hub that this environment is of, for programs that stand in for it. @throws CallerError as `readConfig` */
export function configOfEnvironment(): Config {
  return readConfig(process.env, [])
}

/** What systemd tells the services that it starts: sd_notify(3), sd_watchdog_enabled(3). */
export function serviceManagerOfProcess(): { socket: string | null; watchdog: number | null } {
  const { NOTIFY_SOCKET: socket, WATCHDOG_USEC: microseconds, WATCHDOG_PID: pid } = process.env
  const watched = /^[1-9]\d{0,15}$/.test(microseconds ?? '') && (pid === undefined || Number(pid) === process.pid)
  return { socket: socket || null, watchdog: watched ? Number(microseconds) / 1000 : null }
}

/** Values by the name of the environment variable that each flag stands for. */
function readFlags(
  flags: readonly string[],
  known: readonly Setting<unknown>[],
  places: ErrorPlace[],
): Map<string, string> {
  const values = new Map<string, string>()
  const names = known.filter((each) => !each.secret).map((each) => [flagOf(each.name), each.name] as const)
  for (let i = 0; i < flags.length; i++) {
    const [flag, ...rest] = flags[i]!.split('=') as [string, ...string[]]
    const name = names.find(([each]) => each === flag)?.[1]
    const value = rest.length > 0 ? rest.join('=') : flags[++i]
    if (name === undefined) {
      places.push({
        pointer: flag,
        detail: `is no flag; did you mean ${nearest(
          flag,
          names.map(([each]) => each),
        )}?`,
      })
    } else if (value === undefined) places.push({ pointer: flag, detail: 'needs a value' })
    else values.set(name, value)
  }
  return values
}

function flagOf(name: string): string {
  return `--${name
    .replace(/^SUTLER_/, '')
    .toLowerCase()
    .replaceAll('_', '-')}`
}

/** docs/reference/configuration.md. */
export function configTable(): string {
  const rows = Object.values(settings as Record<string, Setting<unknown>>).map((setting) => {
    const flag = setting.secret ? '' : `\`${flagOf(setting.name)}\``
    return `| \`${setting.name}\` | ${flag} | ${setting.standard === null ? '' : `\`${setting.standard}\``} | ${setting.description} |`
  })
  return [
    '# Configuration',
    '',
    'Each setting is an environment variable or a flag of `npm start --`; flags win. Times take `ms`, `s`, `min`, `h`, `d`;',
    'sizes take `B`, `kB`, `KiB`, `MB`, `MiB`, `GB`, `GiB`. A setting that does not exist stops the hub with the nearest name.',
    '',
    '| Environment | Flag | Default | Meaning |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n')
}

/** The candidate with the fewest changed letters (Levenshtein). */
function nearest(name: string, candidates: readonly string[]): string {
  const ranked = candidates.map((candidate) => ({ candidate, distance: distance(name, candidate) }))
  return ranked.toSorted((a, b) => a.distance - b.distance)[0]?.candidate ?? ''
}

function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)))
    }
    row = next
  }
  return row[b.length]!
}
