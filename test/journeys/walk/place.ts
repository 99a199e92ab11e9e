import { createServer } from 'node:net'
import { join } from 'node:path'

/** Where a walk happens instead of at the places that its guide names. */
export interface Place {
  readonly directory: string
  readonly http: number
  readonly env: Readonly<Record<string, string>>
  /** Simulated devices. */
  readonly devices: number
}

const guides = { directory: '/tmp/sutler-walk', http: 8480, devices: 10_000 } as const

/** A place in `directory` that disturbs nothing else on this machine. `settings` are of the hub. */
export async function placeIn(
  directory: string,
  devices: number,
  settings: Readonly<Record<string, string>> = {},
): Promise<Place> {
  const [http, mqtt] = await Promise.all([freePort(), freePort()])
  const own = Object.entries(process.env).filter(([name]) => !/^(SUTLER_|DATABASE_URL$|FORCE_COLOR$)/.test(name))
  const env = {
    ...(Object.fromEntries(own) as Record<string, string>),
    SUTLER_HTTP_PORT: String(http),
    SUTLER_MQTT_PORT: String(mqtt),
    SUTLER_HUB: `https://127.0.0.1:${http}`,
    ...settings,
  }
  return { directory, http, env, devices }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address() as { port: number }
  await new Promise((resolve) => server.close(resolve))
  return address.port
}

/** The guide's text with this place in it. */
export function there(text: string, { directory, http, devices }: Place): string {
  return text
    .replaceAll(guides.directory, directory)
    .replaceAll(`127.0.0.1:${guides.http}`, `127.0.0.1:${http}`)
    .replaceAll(`${guides.devices}/${guides.devices} online`, `${devices}/${devices} online`)
    .replaceAll(`--devices ${guides.devices} `, `--devices ${devices} `)
}

/** The files by which the guide remembers what it started. */
export function pidFiles({ directory }: Place): string[] {
  return ['hub', 'gateway', 'tv', 'anna', 'ben', 'fleet'].map((name) => join(directory, `${name}.pid`))
}
