import { mqttBroker } from '../support/mqtt-broker.ts'

/** The hub's broker alone, in a process whose memory can be read. Ends with its parent. */

export type BrokerQuestion =
  | { readonly do: 'memory' }
  | { readonly do: 'received' }
  | { readonly do: 'connected'; readonly device: string }
  /** Answers how many were given up. */
  | { readonly do: 'publish'; readonly device: string; readonly count: number; readonly size: number }

const broker = mqttBroker({
  total: 12_000,
  perAddress: 500,
  perLoopback: 12_000,
  pending: 1_000,
  connectDeadline: 1_500,
  authenticateDeadline: 1_500,
  drainDeadline: 3_000,
  messageLimit: 300 * 1024,
  queueLimit: 8 * 1024 * 1024,
  async authenticate(_device, password) {
    if (password === 'hang') await new Promise(() => {})
    return password === 'good'
  },
})
let received = 0
broker.onMessage(() => {
  received++
})

async function answer(question: BrokerQuestion): Promise<unknown> {
  if (question.do === 'memory') {
    globalThis.gc?.()
    const { heapUsed, external } = process.memoryUsage()
    return heapUsed + external
  }
  if (question.do === 'received') return received
  if (question.do === 'connected') return broker.connected(question.device)
  const payload = Buffer.alloc(question.size)
  const outcomes = Array.from({ length: question.count }, () =>
    broker.publish(question.device, payload).then(
      () => 0,
      () => 1,
    ),
  )
  return (await Promise.all<number>(outcomes)).reduce((all, each) => all + each, 0)
}

process.on('message', ({ id, question }: { id: number; question: BrokerQuestion }) => {
  void answer(question).then((result) => process.send!({ id, result }))
})
process.on('disconnect', () => process.exit())
process.send!({ port: await broker.listenPlain(0) })
