import type { InstallOutput, RemoveOutput, Wanted } from '@sutler/device-model'
import type { Tx } from '../../../platform/database.ts'
import type { OrderDependencies } from './dependencies.ts'

/** A delivery as the neutral output that asks the device for it. */
export interface DeliveryOutput {
  readonly tenant: string
  readonly device: string
  readonly output: Extract<Wanted, { kind: (InstallOutput | RemoveOutput)['kind'] }>
}

/** The outputs of these deliveries, in the order of their epochs; settled and unknown ones are left out. */
export async function outputsOf(
  deps: Pick<OrderDependencies, 'storage'>,
  tx: Tx,
  ids: readonly string[],
): Promise<DeliveryOutput[]> {
  const deliveries = await deps.storage.deliveriesForUpdate(tx, ids)
  return [...deliveries.values()]
    .filter((delivery) => delivery.settledAt === null)
    .toSorted((a, b) => a.epoch - b.epoch)
    .map(({ id, tenant, device, epoch, kind, service, version, component, manifest, manifestSize, files, bytes }) => ({
      tenant,
      device,
      output:
        kind !== 'install' || manifest === null
          ? { kind: 'remove', delivery: id, epoch, service, ...(kind === 'suspend' && { keep: true as const }) }
          : {
              kind: 'install',
              delivery: id,
              epoch,
              service,
              version,
              component,
              manifest: { digest: manifest, size: manifestSize },
              files,
              bytes,
            },
    }))
}
