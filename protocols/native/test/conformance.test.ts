import { createServer } from 'node:http'
import { connect } from 'mqtt'
import { conformance, type Harness } from '@sutler/device-model/conformance'
import { silentLog } from '../../../hub/src/platform/log.ts'
import type { MqttBroker } from '../../../hub/src/platform/mqtt/mqtt-broker.ts'
import { listen } from '../../../hub/src/platform/listen.ts'
import { mqttOverWebSocket } from '../../../hub/src/platform/mqtt/web-sockets.ts'
import { mqttBroker } from '../../../test/support/mqtt-broker.ts'
import { createNativeProtocol } from '../src/index.ts'
import { ConformanceDevice, stages } from './conformance-device.ts'

/** Bytes of one message. */
const messageLimit = 300 * 1024

/** The hub's own broker below the protocol, and devices on real sockets. */
function harness(over: 'mqtt' | 'ws', protocolVersion: 4 | 5): Harness {
  let broker: MqttBroker | null = null
  let port = 0
  const web = createServer()
  return {
    name: `native over ${over === 'ws' ? 'WebSocket' : 'TCP'}, MQTT ${protocolVersion === 5 ? '5' : '3.1.1'}`,
    stages,
    component: (service, version, size) => ({
      files: [
        { path: 'bin/app', content: Buffer.alloc(size, `${service} ${version}\n`) },
        { path: 'readme', content: Buffer.from(`${service} ${version}`) },
      ],
    }),
    async start(host) {
      const up = mqttBroker({ messageLimit })
      const protocol = createNativeProtocol({ transport: up })
      await protocol.start(host)
      const plain = await up.listenPlain(over === 'mqtt' ? port : 0)
      if (over === 'mqtt') port = plain
      else {
        web.removeAllListeners('upgrade')
        web.on('upgrade', mqttOverWebSocket({ messageLimit, accept: up.accept }))
        if (!web.listening) port = await listen(web, 'WebSocket', '127.0.0.1', 0, silentLog)
      }
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
      deviceOf(`dev-conformance-${number}`, () => `${over}://127.0.0.1:${port}/mqtt`, protocolVersion),
    async end() {
      await broker?.close()
      web.close()
      web.closeAllConnections()
    },
  }
}

function deviceOf(id: string, url: () => string, protocolVersion: 4 | 5): ConformanceDevice {
  const who = { clientId: id, username: id, password: 'good' }
  return new ConformanceDevice(id, () => connect(url(), { ...who, reconnectPeriod: 20, protocolVersion }))
}

conformance(() => harness('mqtt', 5))
conformance(() => harness('ws', 4))
