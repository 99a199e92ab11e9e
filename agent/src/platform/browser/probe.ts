import type { ProbeReport } from '../../core/platform.ts'

/** What a browser says of itself; not every one says all of it. */
interface Told {
  readonly userAgent: string
  readonly hardwareConcurrency: number
  /** Gigabytes, rounded (Device Memory). */
  readonly deviceMemory?: number
  /** User-Agent Client Hints. */
  readonly userAgentData?: {
    readonly platform: string
    readonly brands: readonly { readonly brand: string; readonly version: string }[]
    getHighEntropyValues(hints: readonly string[]): Promise<Readonly<Record<string, string>>>
  }
  /** Network Information. */
  readonly connection?: { readonly type?: string; readonly saveData?: boolean }
}

/** Asked once: what it says of the system does not change while a page lives, but for the network. */
export async function browserProbe(told: Told = navigator as unknown as Told): Promise<() => ProbeReport> {
  const hints = ['architecture', 'model', 'platformVersion']
  const { architecture, model, platformVersion } = (await told.userAgentData?.getHighEntropyValues(hints)) ?? {}
  const os = told.userAgentData?.platform || systemOf(told.userAgent)
  const engine = engineOf(told)
  return () => ({
    hardware: { model: model || 'browser', arch: architecture || 'unknown', cpus: told.hardwareConcurrency },
    os: { name: os, version: platformVersion || 'unknown' },
    memory: { total: (told.deviceMemory ?? 1) * 1024 ** 3 },
    // `web`: that web apps run here. By name, for those that need a certain engine.
    runtimes: { web: engine.version, [engine.name]: engine.version },
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    network: networkOf(told),
  })
}

function networkOf({ connection }: Told): ProbeReport['network'] {
  if (connection === undefined) return null
  const type = connection.type ?? 'unknown'
  return { metered: type === 'cellular' || connection.saveData === true, type }
}

/** Three numbers, as versions are compared. */
export function engineOf({ userAgent }: Pick<Told, 'userAgent'>): { name: string; version: string } {
  for (const [name, pattern] of engines) {
    const [, version] = pattern.exec(userAgent) ?? []
    if (version !== undefined) return { name, version: [...version.split('.'), '0', '0'].slice(0, 3).join('.') }
  }
  return { name: 'browser', version: '0.0.0' }
}

const engines: readonly (readonly [string, RegExp])[] = [
  ['chromium', /\b(?:Headless)?Chrome\/(\d+(?:\.\d+)*)/],
  ['gecko', /\brv:(\d+(?:\.\d+)*)\) Gecko\//],
  ['webkit', /\bVersion\/(\d+(?:\.\d+)*).* Safari\//],
]

function systemOf(userAgent: string): string {
  const known = ['Android', 'iPhone', 'iPad', 'Windows', 'Mac OS X', 'CrOS', 'Linux']
  return known.find((name) => userAgent.includes(name)) ?? 'unknown'
}
