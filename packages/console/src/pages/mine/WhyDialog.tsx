import { Modal } from '@mantine/core'
import { answer } from '@sutler/client'
import { useQuery } from '@tanstack/react-query'
import { mine } from '#words/mine.ts'
import { api } from '../../api/client.ts'
import { Explanation } from '../../parts/Explanation.tsx'
import { Fault } from '../../parts/Fault.tsx'

/** Why a delivery is as it is. */
export function WhyDialog({ delivery, service, onClose }: { delivery: string; service: string; onClose: () => void }) {
  const { data, error } = useQuery({
    queryKey: ['explanations', 'delivery', delivery],
    queryFn: async () =>
      answer(await api.GET('/api/v1/explanations/deliveries/{id}', { params: { path: { id: delivery } } })),
  })
  return (
    <Modal opened onClose={onClose} title={mine.whyTitle(service)} size="lg">
      <Fault error={error} />
      {data !== undefined && <Explanation of={data} />}
    </Modal>
  )
}
