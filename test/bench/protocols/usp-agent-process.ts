import { once } from 'node:events'
import { WebSocket } from 'ws'
import { message, read } from '../../../simulators/src/usp/messages.ts'
import { Message, type Fields } from '../../../simulators/src/usp/protobuf.ts'
import { record } from '../../../simulators/src/usp/records.ts'
import { serveParent } from '../bench-process.ts'

/** An agent that answers every Get with the same values, as fast as it can: the other end of two benches that are compared. */

export interface AgentQuestion {
  readonly url: string
  readonly endpoint: string
  readonly controller: string
}

const params = Array.from({ length: 20 }, (_, n): readonly [number, Fields] => [
  2,
  [
    [1, `Parameter${n}`],
    [2, `value ${n} of the device`],
  ],
])
const result: Fields = [
  [1, 'Device.DeviceInfo.'],
  [4, [[1, 'Device.DeviceInfo.'], ...params]],
]

/** A record with its message id at a known place, by the length of the id. */
const templates = new Map<number, { readonly bytes: Buffer; readonly at: number }>()

function answerTo(id: string, { endpoint, controller }: AgentQuestion): Buffer {
  let template = templates.get(id.length)
  if (template === undefined) {
    const placeholder = '~'.repeat(id.length)
    const bytes = record(endpoint, controller, 'plain', [[2, message(placeholder, 'getResp', [[1, result]])]])
    template = { bytes, at: bytes.indexOf(placeholder) }
    templates.set(id.length, template)
  }
  const bytes = Buffer.from(template.bytes)
  bytes.write(id, template.at)
  return bytes
}

serveParent(async (asked: AgentQuestion) => {
  const socket = new WebSocket(`${asked.url}?eid=${encodeURIComponent(asked.endpoint)}`, 'v1.usp')
  socket.on('message', (data) => {
    const whole = new Message(data as Buffer)
    if (whole.has(7)) socket.send(answerTo(read(whole.sub(7).bytes(2)).id, asked))
  })
  await once(socket, 'open')
  return true
})
