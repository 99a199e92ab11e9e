import { parseRange } from '@sutler/http'
import { describe, expect, test } from 'vitest'
import { mutated, random } from '../../../test/attacks/mutations.ts'
import { mutations, seed } from '../../../test/support/thoroughness.ts'
import { DdiError } from './errors.ts'
import { bytesOf } from './test/values.ts'
import { isDdi, readAddress } from './wire/address.ts'
import { readAuthorization } from './wire/authorization.ts'
import { readConfigData, readInstalledVersion } from './wire/config-data.ts'
import { readAutoConfirm, readConfirmation } from './wire/confirmation.ts'
import { readFeedback } from './wire/feedback.ts'

const status = {
  execution: 'closed',
  result: { finished: 'success', progress: { cnt: 1, of: 5 } },
  code: 3,
  details: ['x'],
}
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1')

const parsers: Record<string, { samples: readonly unknown[]; read: (bytes: Uint8Array) => unknown; total?: true }> = {
  feedback: {
    samples: [
      { id: '7', time: '20261122T061442', status },
      { id: 7, timestamp: 1, status },
    ],
    read: readFeedback,
  },
  confirmations: { samples: [{ confirmation: 'confirmed', code: 1, details: ['ok'] }], read: readConfirmation },
  'automatic confirmation': { samples: [{ initiator: 'anna', remark: 'ok' }], read: readAutoConfirm },
  configData: {
    samples: [{ mode: 'merge', data: { VIN: 'JH4TB2H26CC000000', hwRevision: '2' } }],
    read: readConfigData,
  },
  installedBase: { samples: [{ name: 'linux', version: '1.2.3' }], read: readInstalledVersion },
  addresses: {
    samples: [
      '/home/controller/v1/box/softwaremodules/7/artifacts/a%20b.swu',
      '/home/controller/v1/box/deploymentBase/7?c=1&actionHistory=9',
    ],
    read: (bytes) => isDdi(text(bytes)) && readAddress(text(bytes)),
  },
  authorization: {
    samples: ['TargetToken abc', 'GatewayToken def'],
    read: (bytes) => readAuthorization(text(bytes)),
    total: true,
  },
  ranges: { samples: ['bytes=0-131071', 'bytes=-5'], read: (bytes) => parseRange(text(bytes), 200_000), total: true },
}

describe('random mutations of what a device sends end in a value or a typed error', { timeout: 240_000 }, () => {
  test.each(Object.entries(parsers))('%s', (_what, { samples, read, total }) => {
    const below = random(seed)
    const untyped: string[] = []
    let refused = 0
    for (let turn = 0; turn < mutations; turn++) {
      const given = mutated(bytesOf(samples[turn % samples.length]), below)
      try {
        read(given)
      } catch (error) {
        refused++
        const named =
          error instanceof DdiError && error.clause !== '' && (error.code !== 'bad-json' || error.offset !== null)
        if (!named) untyped.push(`mutation ${turn} of seed ${seed}: ${String(error)}; ${text(given)}`)
      }
    }
    expect(untyped.slice(0, 5)).toEqual([])
    expect(refused > 0).toBe(total !== true)
  })
})
