/** The makes of devices a fleet is drawn from. Invented names, sizes as they are found in the field. */

export type DeviceClass = 'set-top-box' | 'phone' | 'gateway'

export const deviceClasses: readonly DeviceClass[] = ['set-top-box', 'phone', 'gateway']

export interface Model {
  readonly class: DeviceClass
  readonly model: string
  readonly arch: string
  readonly cpus: number
  readonly os: string
  readonly osVersions: readonly string[]
  /** MiB. */
  readonly memory: readonly number[]
  /** MiB, of the volume services are installed on. */
  readonly storage: readonly number[]
  /** Runtime name → versions that were shipped; each device has one of them. */
  readonly runtimes: Readonly<Record<string, readonly string[]>>
  readonly features: readonly string[]
}

const settopbox: readonly Model[] = [
  {
    class: 'set-top-box',
    model: 'Vista 4K',
    arch: 'arm64',
    cpus: 4,
    os: 'rdk',
    osVersions: ['7.1', '7.2', '8.0'],
    memory: [2048, 4096],
    storage: [4096, 8192],
    runtimes: { web: ['2.38', '2.42'], node: ['20.11.0', '22.4.1'] },
    features: ['restart', 'drm', 'hdmi-cec'],
  },
  {
    class: 'set-top-box',
    model: 'Vista Mini',
    arch: 'arm',
    cpus: 2,
    os: 'rdk',
    osVersions: ['6.4', '7.1'],
    memory: [1024],
    storage: [2048, 4096],
    runtimes: { web: ['2.28', '2.38'], node: ['20.11.0'] },
    features: ['restart', 'drm'],
  },
  {
    class: 'set-top-box',
    model: 'Lumen TV',
    arch: 'arm64',
    cpus: 4,
    os: 'android-tv',
    osVersions: ['12', '13', '14'],
    memory: [2048, 3072],
    storage: [8192, 16384],
    runtimes: { web: ['2.42'], android: ['12', '13', '14'], node: ['20.11.0', '22.4.1'] },
    features: ['restart', 'drm', 'voice'],
  },
]

const phone: readonly Model[] = [
  {
    class: 'phone',
    model: 'Pocket One',
    arch: 'arm64',
    cpus: 8,
    os: 'android',
    osVersions: ['13', '14', '15'],
    memory: [4096, 6144],
    storage: [65536, 131072],
    runtimes: { web: ['2.42'], android: ['13', '14', '15'] },
    features: ['metered-link', 'notifications'],
  },
  {
    class: 'phone',
    model: 'Pocket Pro',
    arch: 'arm64',
    cpus: 8,
    os: 'android',
    osVersions: ['14', '15'],
    memory: [8192, 12288],
    storage: [131072, 262144],
    runtimes: { web: ['2.42', '2.44'], android: ['14', '15'] },
    features: ['metered-link', 'notifications', 'nfc'],
  },
  {
    class: 'phone',
    model: 'Slate S',
    arch: 'arm64',
    cpus: 6,
    os: 'linux-mobile',
    osVersions: ['3.1', '3.2'],
    memory: [3072, 4096],
    storage: [32768, 65536],
    runtimes: { web: ['2.38', '2.42'], node: ['20.11.0'] },
    features: ['metered-link'],
  },
]

const gateway: readonly Model[] = [
  {
    class: 'gateway',
    model: 'Harbour 5',
    arch: 'arm64',
    cpus: 4,
    os: 'openwrt',
    osVersions: ['22.03', '23.05'],
    memory: [512, 1024],
    storage: [512, 1024],
    runtimes: { lua: ['5.1'], node: ['20.11.0'] },
    features: ['restart', 'wifi6'],
  },
  {
    class: 'gateway',
    model: 'Harbour 7',
    arch: 'arm64',
    cpus: 4,
    os: 'openwrt',
    osVersions: ['23.05', '24.10'],
    memory: [1024, 2048],
    storage: [2048, 4096],
    runtimes: { lua: ['5.1'], node: ['20.11.0', '22.4.1'], containers: ['1.1'] },
    features: ['restart', 'wifi7', 'containers'],
  },
  {
    class: 'gateway',
    model: 'Pier Lite',
    arch: 'mips',
    cpus: 1,
    os: 'openwrt',
    osVersions: ['21.02', '22.03'],
    memory: [256],
    storage: [256],
    runtimes: { lua: ['5.1'] },
    features: ['restart'],
  },
]

export const catalogue: Readonly<Record<DeviceClass, readonly Model[]>> = { 'set-top-box': settopbox, phone, gateway }

/** Time zones of households. */
export const timeZones: readonly string[] = [
  'Europe/Berlin',
  'Europe/London',
  'Europe/Lisbon',
  'America/New_York',
  'America/Los_Angeles',
  'America/Sao_Paulo',
  'Asia/Kolkata',
  'Asia/Tokyo',
  'Australia/Sydney',
  'Africa/Lagos',
]
