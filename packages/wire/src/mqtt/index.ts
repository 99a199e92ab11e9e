/** Device side of MQTT 3.1.1 as pure bytes. */
export { createMqttClient, MqttClient } from './client.ts'
export type { MqttEvent, MqttOptions } from './packets.ts'
