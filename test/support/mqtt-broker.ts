import { systemClock } from '../../hub/src/platform/clock.ts'
import { silentLog } from '../../hub/src/platform/log.ts'
import { createMetrics } from '../../hub/src/platform/metrics.ts'
import { MqttBroker, type MqttBrokerOptions } from '../../hub/src/platform/mqtt/mqtt-broker.ts'
import { withoutTls } from './handshakes.ts'

/** The hub's own broker with all its guards, for clients whose password is `good`. What a test is about, it sets itself. */
export function mqttBroker(given: Partial<MqttBrokerOptions> = {}): MqttBroker {
  return new MqttBroker({
    clock: systemClock,
    log: silentLog,
    metrics: createMetrics(),
    total: 500,
    perAddress: 100,
    perLoopback: 400,
    pending: 200,
    connectDeadline: 5_000,
    authenticateDeadline: 5_000,
    drainDeadline: 5_000,
    keepAliveLimit: 1_200,
    messageLimit: 64 * 1024,
    queueLimit: 1024 * 1024,
    ...withoutTls,
    authenticate: async (_device, password) => password === 'good',
    ...given,
  })
}
