import { expect, it } from 'vitest'
import { LoopProtocol } from '../../../../../packages/device-model/conformance/test/loop.ts'
import { silentLog } from '../../../platform/log.ts'
import { Waking } from '../app/waking.ts'

/** A protocol whose devices can be asked to get in touch, apart from one that is here already. */
class Calling extends LoopProtocol {
  readonly called: string[] = []
  override reaches(device?: string): boolean {
    return device === 'dev-here'
  }
  async wake(device: string): Promise<void> {
    this.called.push(device)
    if (device === 'dev-deaf') throw new Error('no route to it')
  }
}

it('asks each device that is away to get in touch, once, by the protocol it speaks', async () => {
  const [calling, other] = [new Calling(), new Calling()]
  Object.defineProperty(other, 'name', { value: 'other' })
  const spoken = new Map([
    ['dev-deaf', 'loop'],
    ['dev-a', 'loop'],
    ['dev-b', 'other'],
  ])
  const asked: string[][] = []
  const identities = {
    authenticate: async () => ({ refused: 'device-not-recognised' }),
    secret: async () => null,
    async protocolsOf(devices: readonly string[]) {
      asked.push([...devices])
      return spoken
    },
  }
  const waking = new Waking({ protocols: [calling, other], identities, log: silentLog })
  waking.queued(['dev-deaf', 'dev-a', 'dev-here'])
  waking.queued(['dev-a', 'dev-b', 'dev-unknown'])
  await new Promise((resolve) => setImmediate(resolve))
  await waking.stop()
  expect(asked).toEqual([['dev-deaf', 'dev-a', 'dev-b', 'dev-unknown']])
  expect([calling.called, other.called]).toEqual([['dev-deaf', 'dev-a'], ['dev-b']])
})

it('asks nobody, and looks up nothing, where no protocol has a way to', async () => {
  const waking = new Waking({ protocols: [new LoopProtocol()], identities: null as never, log: silentLog })
  waking.queued(['dev-a'])
  await waking.stop()
  expect(waking).toBeInstanceOf(Waking)
})
