import '@xyflow/react/dist/style.css'
import { Stack, Table, Text, Title, useComputedColorScheme } from '@mantine/core'
import { answer, type Schemas } from '@sutler/client'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { Background, MarkerType, ReactFlow, type Edge, type Node } from '@xyflow/react'
import { useMemo } from 'react'
import { services } from '#words/services.ts'
import { api } from '../../api/client.ts'
import { Empty } from '../../parts/Empty.tsx'
import { Fault } from '../../parts/Fault.tsx'
import { Lines } from '../../parts/Lines.tsx'

type Related = Schemas['ServiceRelations']

const text = services.relations

/** What a service has to do with others: as a picture, and the same as a table. */
export default function Relations({ service }: { service: string }) {
  const { data, error } = useQuery({
    queryKey: ['services', service, 'relations'],
    queryFn: async () =>
      answer(await api.GET('/api/v1/services/{service}/relations', { params: { path: { service } } })),
  })
  if (error) return <Fault error={error} />
  if (data === undefined) return null
  const all = [...data.names, ...data.namedBy]
  if (all.length === 0) return <Empty title={text.title} text={text.none} />
  return (
    <Stack>
      <Text size="sm" c="dimmed">
        {text.text}
      </Text>
      <Graph service={service} related={data} />
      <Title order={2}>{text.title}</Title>
      <Lines label={text.title}>
        <Table aria-label={text.title}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{services.service}</Table.Th>
              <Table.Th>{text.kind}</Table.Th>
              <Table.Th>{text.other}</Table.Th>
              <Table.Th>{text.range}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {all.map(({ by, kind, service: other, range }) => (
              <Table.Tr key={`${by.service} ${kind} ${other}`}>
                <Table.Td>
                  <Named service={by.service} /> {by.version}
                </Table.Td>
                <Table.Td>{text.kinds[kind] ?? kind}</Table.Td>
                <Table.Td>
                  <Named service={other} />
                </Table.Td>
                <Table.Td>
                  <code>{range}</code>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Lines>
    </Stack>
  )
}

function Named({ service }: { service: string }) {
  return (
    <Link className="line-link" to="/services/$service" params={{ service }} search={{ tab: 'relations' }}>
      {service}
    </Link>
  )
}

/** Between two services in the picture, pixels. */
const across = 300
const down = 80

function Graph({ service, related }: { service: string; related: Related }) {
  const scheme = useComputedColorScheme()
  const navigate = useNavigate()
  const { nodes, edges } = useMemo(() => drawn(service, related), [service, related])
  const height = Math.min(480, 120 + down * Math.max(related.names.length, related.namedBy.length))
  return (
    <section aria-label={text.graph} style={{ height, border: '1px solid var(--sutler-line)', borderRadius: 8 }}>
      <ReactFlow
        nodes={nodes}
        edges={edges}
        colorMode={scheme}
        fitView
        minZoom={0.3}
        maxZoom={1.5}
        nodesDraggable={false}
        nodesConnectable={false}
        edgesFocusable={false}
        proOptions={{ hideAttribution: true }}
        onNodeClick={(_event, { id }) =>
          void navigate({ to: '/services/$service', params: { service: id }, search: { tab: 'relations' } })
        }
      >
        <Background />
      </ReactFlow>
    </section>
  )
}

/** The service in the middle, those that name it before it, those that it names after it. */
function drawn(service: string, { names, namedBy }: Related): { nodes: Node[]; edges: Edge[] } {
  const before = [...new Set(namedBy.map(({ by }) => by.service))]
  const after = [...new Set(names.map((each) => each.service))].filter((each) => !before.includes(each))
  const column = (ids: readonly string[], x: number): Node[] =>
    ids.map((id, place) => ({
      id,
      data: { label: id },
      position: { x, y: (place - (ids.length - 1) / 2) * down },
      sourcePosition: 'right' as Node['sourcePosition'],
      targetPosition: 'left' as Node['targetPosition'],
      ...(id === service && { selected: true }),
    }))
  const edges = [...names, ...namedBy].map(({ by, kind, service: other }) => ({
    id: `${by.service} ${kind} ${other}`,
    source: by.service,
    target: other,
    label: text.kinds[kind] ?? kind,
    markerEnd: { type: MarkerType.ArrowClosed },
    ...(kind === 'conflicts' && { style: { stroke: 'var(--mantine-color-red-filled)' } }),
    ...(kind === 'recommends' && { style: { strokeDasharray: '5 4' } }),
  }))
  return { nodes: [...column(before, -across), ...column([service], 0), ...column(after, across)], edges }
}
