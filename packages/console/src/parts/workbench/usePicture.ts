import type { Model } from '@sutler/engine'
import type { Picture } from '@sutler/patterns/diagram'
import { useQuery } from '@tanstack/react-query'
import { workbench } from './workbench.ts'

/** How a published version looks: drawn once, in a worker. */
export function usePicture(model: Model | undefined): { picture: Picture | undefined; fault: Error | null } {
  const { data, error } = useQuery({
    queryKey: ['pictures', model?.model, model?.version],
    queryFn: () => workbench.do('draw', { model: model! }),
    enabled: model !== undefined,
    staleTime: Infinity,
    retry: false,
  })
  return { picture: data, fault: error }
}
