import type { InstallOutput } from '@sutler/device-model'

export function installOutput(delivery: string, more: Partial<InstallOutput> = {}): InstallOutput {
  return {
    kind: 'install',
    delivery,
    epoch: 1,
    service: 'guide',
    version: '1.0.0',
    component: 'board',
    manifest: { digest: 'ab'.repeat(32), size: 100 },
    files: 1,
    bytes: 5_120,
    role: 'files',
    reports: { name: 'guide', version: '1.0.0' },
    ...more,
  }
}
