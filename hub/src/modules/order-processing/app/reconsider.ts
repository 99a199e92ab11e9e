import type { Tx } from '../../../platform/database.ts'
import { newId } from '../../../platform/ids.ts'
import type { OrderDependencies } from './dependencies.ts'
import type { Concerned } from './storage.ts'

const together = 1_000

/**
 * Has policy asked again about deliveries that are held back: what it goes by has changed. In the caller's transaction, so that
 * they are asked on what it wrote.
 */
export async function reconsider(
  deps: Pick<OrderDependencies, 'storage' | 'engine' | 'clock'>,
  tx: Tx,
  whose: Concerned,
): Promise<void> {
  let after = ''
  for (;;) {
    const held = await deps.storage.heldDeliveries(tx, whose, after, together)
    await deps.engine.send(
      tx,
      held.map((id) => ({
        to: `model:delivery/${id}`,
        id: newId('again', deps.clock.now()),
        type: 'again',
        args: {},
        missing: 'ignore' as const,
      })),
    )
    if (held.length < together) return
    after = held.at(-1)!
  }
}
