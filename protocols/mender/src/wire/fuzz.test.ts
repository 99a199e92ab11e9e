import { describe, expect, test } from 'vitest'
import { mutated, random } from '../../../../test/attacks/mutations.ts'
import { mutations, seed } from '../../../../test/support/thoroughness.ts'
import { MenderError } from '../errors.ts'
import { readAuthRequest } from './auth-request.ts'
import { readInventory } from './inventory.ts'
import { readLog } from './log.ts'
import { readNextQuery, readNextV1, readNextV2 } from './next.ts'
import { readStatus } from './status.ts'

/** Bodies as mender-client 3.4 sends them. */
const samples: Readonly<Record<string, { read: (bytes: Uint8Array) => unknown; sample: unknown }>> = {
  auth_requests: {
    read: readAuthRequest,
    sample: { id_data: '{"mac":"00:11:22:33:44:55"}', pubkey: '-----BEGIN PUBLIC KEY-----\nMCow\n', tenant_token: 'x' },
  },
  'next v2': {
    read: readNextV2,
    sample: {
      device_provides: { artifact_name: 'a-1', device_type: 'board', 'rootfs-image.a.version': '1' },
      update_control_map: true,
    },
  },
  'next v1': { read: readNextV1, sample: { artifact_name: 'a-1', device_type: 'board' } },
  'next v1 by GET': {
    read: (bytes) => readNextQuery(Buffer.from(bytes).toString('latin1')),
    sample: 'artifact_name=a-1&device_type=board%20x',
  },
  status: { read: readStatus, sample: { status: 'pause_before_rebooting', substate: 'running;{"x":[1]}' } },
  inventory: {
    read: readInventory,
    sample: [
      { name: 'mac', value: ['a', 'b'] },
      { name: 'mem', value: 2048 },
    ],
  },
  log: { read: readLog, sample: { messages: [{ timestamp: '2026-11-26T11:03:17Z', level: 'info', message: 'ok' }] } },
}

describe.each(Object.entries(samples))('%s', (_name, { read, sample }) => {
  test('mutated at random: is read, or refused with a clause; nothing else, and nothing grows', () => {
    const below = random(seed)
    const bytes = Buffer.from(typeof sample === 'string' ? sample : JSON.stringify(sample))
    const before = process.memoryUsage().heapUsed
    let refused = 0
    for (let turn = 0; turn < mutations; turn++) {
      try {
        read(mutated(bytes, below))
      } catch (error) {
        const typed = error instanceof MenderError && error.clause !== ''
        if (!typed || (error.code === 'malformed' && error.offset === null)) throw error
        refused++
      }
    }
    expect(refused).toBeGreaterThan(mutations / 100)
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(200 * 1024 * 1024)
  })
})
