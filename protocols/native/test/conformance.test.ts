import { conformance, type Harness } from '@sutler/device-model/conformance'
import { systemClock } from '../../../hub/src/platform/clock.ts'
import { silentLog } from '../../../hub/src/platform/log.ts'
import { createMetrics } from '../../../hub/src/platform/metrics.ts'
import { MqttBroker } from '../../../hub/src/platform/mqtt/mqtt-broker.ts'
import { withoutTls } from '../../../test/support/handshakes.ts'
import { createNativeProtocol } from '../src/index.ts'
import { ConformanceDevice, stages } from './conformance-device.ts'

/** The hub's own broker below the protocol, and devices on real sockets. */
function harness(): Harness {
  let broker: MqttBroker | null = null
  let port = 0
  return {
    name: 'native',
    stages,
    component: (service, version, size) => ({
      files: [
        { path: 'bin/app', content: Buffer.alloc(size, `${service} ${version}\n`) },
        { path: 'readme', content: Buffer.from(`${service} ${version}`) },
      ],
    }),
    async start(host) {
      const up = brokerForTests()
      const protocol = createNativeProtocol({ transport: up })
      await protocol.start(host)
      port = await up.listenPlain(port)
      broker = up
      const stop = async (): Promise<void> => {
        await protocol.stop()
        await up.close()
      }
      return Object.assign(Object.create(protocol) as typeof protocol, {
        stop,
        reaches: (device: string) => protocol.reaches(device),
        send: (outputs: Parameters<typeof protocol.send>[0]) => protocol.send(outputs),
        limits: (...asked: Parameters<typeof protocol.limits>) => protocol.limits(...asked),
      })
    },
    device: async (_host, number) =>
      new ConformanceDevice(`dev-conformance-${number}`, () => `mqtt://127.0.0.1:${port}`),
    end: async () => broker?.close(),
  }
}

function brokerForTests(): MqttBroker {
  return new MqttBroker({
    clock: systemClock,
    log: silentLog,
    metrics: createMetrics(),
    total: 100,
    perAddress: 100,
    perLoopback: 100,
    pending: 20,
    connectDeadline: 5_000,
    authenticateDeadline: 5_000,
    drainDeadline: 5_000,
    keepAliveLimit: 1_200,
    messageLimit: 300 * 1024,
    queueLimit: 1024 * 1024,
    ...withoutTls,
    authenticate: async (_device, password) => password === 'good',
  })
}

conformance(harness)
