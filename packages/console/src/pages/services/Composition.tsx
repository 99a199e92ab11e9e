import { Button, Code, Modal, Paper, Table, Title } from '@mantine/core'
import { answer, type Schemas } from '@sutler/client'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { services } from '#words/services.ts'
import { api } from '../../api/client.ts'
import { bytes } from '../../parts/bytes.ts'
import { DataTable, type Column } from '../../parts/DataTable.tsx'
import { Lines } from '../../parts/Lines.tsx'

type Version = Schemas['Version']

const text = services.composition
const route = getRouteApi('/services/$service/$version')

/** The components of a version, each for one class of devices; their files on request. */
export function Composition({ version }: { version: Version }) {
  const { component } = route.useSearch()
  const navigate = useNavigate({ from: '/services/$service/$version' })
  return (
    <Paper component="section" aria-label={text.title}>
      <Title order={2} mb="sm">
        {text.title}
      </Title>
      <Lines label={text.title}>
        <Table aria-label={text.title}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{text.component}</Table.Th>
              <Table.Th>{text.deviceClass}</Table.Th>
              <Table.Th ta="right">{text.files}</Table.Th>
              <Table.Th ta="right">{text.size}</Table.Th>
              <Table.Th className="wide">{text.compatibility}</Table.Th>
              <Table.Th className="wide">{text.restart}</Table.Th>
              <Table.Th className="wide">{text.health}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {version.components.map((each) => (
              <Table.Tr key={each.name}>
                <Table.Td fw={600}>{each.name}</Table.Td>
                <Table.Td>{each.deviceClass}</Table.Td>
                <Table.Td ta="right">
                  <Button
                    size="compact-sm"
                    variant="subtle"
                    aria-label={text.showFiles(each.files, each.name)}
                    onClick={() => void navigate({ search: { component: each.name } })}
                  >
                    {each.files}
                  </Button>
                </Table.Td>
                <Table.Td ta="right">{bytes(each.bytes)}</Table.Td>
                <Table.Td className="wide">
                  {each.compatibility === 'true' ? text.anyDevice : <Code>{each.compatibility}</Code>}
                </Table.Td>
                <Table.Td className="wide">{each.restart}</Table.Td>
                <Table.Td className="wide">
                  {each.health === null ? '–' : <Code>{each.health.run.join(' ')}</Code>}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Lines>
      {component !== undefined && <Files version={version} component={component} />}
    </Paper>
  )
}

const columns: readonly Column<Schemas['ComponentFile']>[] = [
  { id: 'path', header: text.path, cell: ({ path }) => <span style={{ overflowWrap: 'anywhere' }}>{path}</span> },
  { id: 'size', header: text.size, numeric: true, cell: ({ size }) => bytes(size) },
  { id: 'mode', header: text.mode, wide: true, cell: ({ mode }) => mode.toString(8) },
  { id: 'digest', header: text.digest, wide: true, cell: ({ digest }) => <code>{digest.slice(0, 16)}…</code> },
]

function Files({ version: { service, version }, component }: { version: Version; component: string }) {
  const { cursor } = route.useSearch()
  const navigate = useNavigate({ from: '/services/$service/$version' })
  const { data, error } = useQuery({
    queryKey: ['services', service, 'versions', version, 'files', component, { cursor }],
    queryFn: async () => {
      const params = { path: { service, version, component }, query: { cursor } }
      return answer(
        await api.GET('/api/v1/services/{service}/versions/{version}/components/{component}/files', { params }),
      )
    },
  })
  return (
    <Modal opened onClose={() => void navigate({ search: {} })} title={text.filesOf(component)} size="xl">
      <DataTable
        label={text.filesOf(component)}
        columns={columns}
        page={data}
        error={error}
        rowId={({ path }) => path}
        cursor={cursor}
        onPage={(next) => void navigate({ search: { component, cursor: next ?? undefined } })}
        empty={null}
      />
    </Modal>
  )
}
