import { count, port, secureUrl, size, text, time, type Setting } from './setting.ts'

/** The MQTT broker, to which devices connect. */
export const brokerSettings = {
  mqttHost: {
    name: 'SUTLER_MQTT_HOST',
    standard: '127.0.0.1',
    schema: text,
    description: 'Address on which devices connect, with TLS; 0.0.0.0 or :: for all.',
  },
  mqttPort: {
    name: 'SUTLER_MQTT_PORT',
    standard: '8883',
    schema: port,
    description: 'Port on which devices connect (MQTT over TLS); 0 takes any free one.',
  },
  plainMqttPort: {
    name: 'SUTLER_PLAIN_MQTT_PORT',
    standard: null,
    schema: port,
    description: 'Port on which they may connect without TLS, on 127.0.0.1 only. Absent = none.',
  },
  mqttPublicUrl: {
    name: 'SUTLER_MQTT_PUBLIC_URL',
    standard: null,
    schema: secureUrl('mqtts', 'mqtt'),
    description: 'URL at which devices reach the broker, where that is not address and port.',
  },
  mqttConnections: {
    name: 'SUTLER_MQTT_CONNECTIONS',
    standard: '20000',
    schema: count,
    description: 'Most devices connected at once.',
  },
  mqttConnectionsPerAddress: {
    name: 'SUTLER_MQTT_CONNECTIONS_PER_ADDRESS',
    standard: '500',
    schema: count,
    description: 'Of these, most from one address other than this machine’s own.',
  },
  mqttPendingConnections: {
    name: 'SUTLER_MQTT_PENDING_CONNECTIONS',
    standard: '2000',
    schema: count,
    description: 'Of these, most that have not authenticated yet.',
  },
  mqttConnectDeadline: {
    name: 'SUTLER_MQTT_CONNECT_DEADLINE',
    standard: '10s',
    schema: time,
    description:
      'A connection on which no CONNECT arrives for so long is closed; authentication may take as long again.',
  },
  mqttDrainDeadline: {
    name: 'SUTLER_MQTT_DRAIN_DEADLINE',
    standard: '30s',
    schema: time,
    description: 'A device that leaves its connection full for so long is cut.',
  },
  mqttQueueLimit: {
    name: 'SUTLER_MQTT_QUEUE_LIMIT',
    standard: '2MiB',
    schema: size,
    description: 'Most bytes that wait in memory for one device; one that reads more slowly is cut.',
  },
} as const satisfies Record<string, Setting<unknown>>
