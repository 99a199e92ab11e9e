import type { MqttBroker } from '../../../../hub/src/platform/mqtt/mqtt-broker.ts'
import { mqttBroker } from '../../../../test/support/mqtt-broker.ts'
import { EmbeddedBrokerTransport } from '../index.ts'
import { password, type Ground } from './harness.ts'

/** Bytes of one message of a device on the hub's broker. */
export const messageLimit = 262_144 + 128

/** The hub's own broker, with all its guards, and no native devices. @param version 4 = 3.1.1 */
export function mqttGround(version: 4 | 5 = 4): Ground {
  let port = 0
  let broker = makeBroker()
  let used = false
  return {
    transport: () => new EmbeddedBrokerTransport(broker, messageLimit),
    async up() {
      if (used) broker = makeBroker()
      used = true
      port = await broker.listenPlain(port)
    },
    down: () => broker.close(),
    access: () => ({ over: 'mqtt', url: `mqtt://127.0.0.1:${port}`, version, password }),
  }
}

function makeBroker(): MqttBroker {
  return mqttBroker({ messageLimit, authenticate: async () => false })
}
