import type { OrderDependencies } from './dependencies.ts'
import { forgetDrift } from './find-drift.ts'

/**
 * Cancels what is still open for a device that was taken out of service: it will never answer. Every hub hears of it; the
 * signal's id makes it one cancellation.
 */
export async function giveUpDevice(deps: OrderDependencies, device: string): Promise<void> {
  await deps.database.transaction(async (tx) => {
    const open = await deps.storage.openDeliveries(tx, device)
    await deps.engine.send(
      tx,
      open.map((id) => ({
        to: `model:delivery/${id}`,
        id: `decommissioned-${device}`,
        type: 'withdraw',
        args: { reason: 'the device was taken out of service', gone: true },
        missing: 'ignore' as const,
      })),
    )
    await forgetDrift(deps, tx, device)
  })
}
