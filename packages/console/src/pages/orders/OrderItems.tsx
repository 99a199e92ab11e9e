import { Button, List, Stack, Table, Text, Title } from '@mantine/core'
import { answer } from '@sutler/client'
import { useState } from 'react'
import { order as words, orders } from '#words/orders.ts'
import { api } from '../../api/client.ts'
import { Confirm } from '../../parts/Confirm.tsx'
import { StateBadge } from '../../parts/StateBadge.tsx'
import { useAction } from '../../parts/useAction.tsx'
import type { Order } from './OrderPage.tsx'
import { itemTitle } from './words.ts'
import { Lines } from '../../parts/Lines.tsx'

type Item = Order['items'][number]

/** What was ordered, and what came along with it, each with why and how it stands. */
export function OrderItems({ order, mayRetry }: { order: Order; mayRetry: boolean }) {
  const [again, setAgain] = useState<Item | null>(null)
  return (
    <section>
      <Title order={2} mb="xs">
        {words.items.title}
      </Title>
      <Lines label={words.items.title}>
        <Table aria-label={words.items.title} layout="fixed" miw={480}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{words.items.what}</Table.Th>
              <Table.Th w={150}>{words.items.state}</Table.Th>
              <Table.Th>{words.items.because}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {order.items.map((item) => (
              <Table.Tr key={item.id} style={{ verticalAlign: 'top' }}>
                <Table.Td>
                  <Text size="sm" fw={600}>
                    {itemTitle(item)}
                  </Text>
                  <Text size="xs" c="dimmed">
                    {words.items.origins[item.origin]}
                    {item.attempts > 1 && `, ${words.items.attempt(item.attempts)}`}
                  </Text>
                </Table.Td>
                <Table.Td>
                  <StateBadge state={item.state} label={orders.states[item.state]} />
                </Table.Td>
                <Table.Td>
                  <Stack gap={4} align="flex-start">
                    {[item.detail, item.because]
                      .filter((text) => text !== '')
                      .map((text) => (
                        <Text key={text} size="sm">
                          {text}
                        </Text>
                      ))}
                    {item.reasons.length > 0 && (
                      <List size="xs" c="dimmed">
                        {item.reasons.map((reason) => (
                          <List.Item key={reason}>{reason}</List.Item>
                        ))}
                      </List>
                    )}
                    {mayRetry && (item.state === 'failed' || item.state === 'partial') && (
                      <Button size="compact-xs" variant="default" onClick={() => setAgain(item)}>
                        {words.retry}
                      </Button>
                    )}
                  </Stack>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Lines>
      {again !== null && <RetryDialog order={order.id} item={again} onClose={() => setAgain(null)} />}
    </section>
  )
}

function RetryDialog({ order, item, onClose }: { order: string; item: Item; onClose: () => void }) {
  const retry = useAction({
    run: async () =>
      answer(
        await api.POST('/api/v1/orders/{id}/items/{item}/retry', { params: { path: { id: order, item: item.id } } }),
      ),
    done: () => words.retryDialog.done,
    changes: [['order', order]],
    onDone: onClose,
  })
  return (
    <Confirm
      title={words.retryDialog.title(itemTitle(item))}
      verb={words.retry}
      isPending={retry.isPending}
      error={retry.error}
      onConfirm={() => retry.mutate()}
      onClose={onClose}
    >
      <Text size="sm">{words.retryDialog.text}</Text>
    </Confirm>
  )
}
