import type { DownMessage, UpMessage } from '../messages.ts'

const digest = Uint8Array.from({ length: 32 }, (_, index) => index)
const delivery = 'dlv-01k9x2'

/** At least one of each message, with and without what is optional. */
export const upSamples: readonly UpMessage[] = [
  { id: 'k3-1', t: 'hello', versions: [1], agent: 'sutler-agent/0.1.0', boot: 'k3' },
  {
    id: 'k3-2',
    t: 'capabilities',
    class: 'set-top-box',
    hardware: { model: 'STB-900', arch: 'arm64', cpus: 4 },
    os: { name: 'linux', version: '6.6.0' },
    memory: { total: 2_147_483_648 },
    storage: { total: 31_268_536_320, free: 12_884_901_888 },
    runtimes: { node: '24.1.0' },
    features: ['restart'],
    tz: 'Europe/Berlin',
    installed: [{ service: 'tv-guide', version: '1.0.0', component: 'stb-app', manifest: digest, epoch: 3 }],
  },
  { id: 'k3-3', t: 'accept', delivery },
  { id: 'k3-4', t: 'decline', delivery, reason: 'no-space', detail: '12 MB are missing' },
  { id: 'k3-5', t: 'decline', delivery, reason: 'superseded' },
  { id: 'k3-6', t: 'progress', delivery, stage: 'downloading', done: 5_242_880, total: 10_485_760 },
  { id: 'k3-7', t: 'outcome', delivery, result: 'installed', digests: [digest, digest], health: { ok: true } },
  {
    id: 'k3-8',
    t: 'outcome',
    delivery,
    result: 'failed',
    digests: [digest, null],
    health: { ok: false, detail: 'Größe ≠ 0' },
    error: 'health-check-failed',
  },
  { id: 'k3-9', t: 'renew', delivery },
  { id: 'k3-11', t: 'fetch', path: '/files/00/01?d=dev-1&e=1790000000&m=abc', from: 65_536 },
  { id: 'k3-10', t: 'ping' },
  { t: 'ack', re: ['1041', '1042'] },
]

export const downSamples: readonly DownMessage[] = [
  {
    id: '1041',
    t: 'offer',
    delivery,
    epoch: 4,
    service: 'tv-guide',
    version: '1.1.0',
    component: 'stb-app',
    manifest: { digest, size: 31_204 },
    files: 214,
    bytes: 10_551_296,
    link: { base: 'https://hub.example/files/00', query: 'd=dev-1&e=1790000000&m=abc', expires: 1_790_000_000 },
  },
  { id: '1042', t: 'remove', delivery, epoch: 5, service: 'tv-guide' },
  { id: '1047', t: 'remove', delivery, epoch: 6, service: 'tv-guide', keep: true },
  { id: '1043', t: 'cancel', delivery, reason: 'the order was withdrawn' },
  { id: '1044', t: 'cancel', delivery },
  { id: '1045', t: 'query' },
  { id: '1046', t: 'ping' },
  { t: 'ack', re: ['k3-1'], error: 'unknown-type' },
]
