import type { OrderDependencies } from './dependencies.ts'

/**
 * Has what is open for a device offered to it anew, as when it has not said for too long what came of an offer: it speaks
 * another protocol since `at`, in which it knows of nothing. Every hub hears of it; the signal's id makes it once.
 */
export async function offerAnew(deps: OrderDependencies, device: string, at: number): Promise<void> {
  await deps.database.transaction(async (tx) => {
    const open = await deps.storage.openDeliveries(tx, device, new Date(at))
    await deps.engine.send(
      tx,
      open.map((id) => ({
        to: `model:delivery/${id}`,
        id: `protocol-changed-${device}-${at}`,
        type: 'late',
        args: {},
        missing: 'ignore' as const,
      })),
    )
  })
}
