import { Alert, Button, Code, Group, List, Modal, Stack, Text, Title } from '@mantine/core'
import type { Schemas } from '@sutler/client'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { common } from '#words/common.ts'
import { models } from '#words/models.ts'
import { rolesQuery } from '../../../api/models.ts'
import { hasRole, usePrincipal } from '../../../api/session.ts'
import { type Column, DataTable } from '../../../parts/DataTable.tsx'
import { Empty } from '../../../parts/Empty.tsx'
import { Time } from '../../../parts/Time.tsx'
import { Who } from '../../../parts/Who.tsx'
import { AssignRole } from './AssignRole.tsx'

type Role = Schemas['ModelRole']

/** Which version of which model the platform uses, and who chose it. */
export function Roles() {
  const { data, error, refetch } = useQuery(rolesQuery)
  const mayWrite = hasRole(usePrincipal(), 'operator')
  const [changed, setChanged] = useState<string | null>(null)
  const [shown, setShown] = useState<Role | null>(null)
  const columns: readonly Column<Role>[] = [
    { id: 'role', header: models.roles.role, cell: (role) => <RoleName role={role} /> },
    { id: 'version', header: models.roles.version, cell: (role) => <VersionLink role={role} /> },
    { id: 'chosen', header: models.roles.chosen, cell: ({ assigned }) => <Chosen assigned={assigned} />, wide: true },
    {
      id: 'do',
      header: common.actions,
      cell: (role) => (
        <Group gap="xs" justify="flex-end" wrap="nowrap">
          <Button size="compact-sm" variant="subtle" onClick={() => setShown(role)}>
            {models.roles.contract}
          </Button>
          {mayWrite && (
            <Button
              size="compact-sm"
              variant="default"
              aria-label={models.roles.change(role.role)}
              onClick={() => setChanged(role.role)}
            >
              {models.roles.changeShort}
            </Button>
          )}
        </Group>
      ),
    },
  ]
  return (
    <>
      <Text c="dimmed" size="sm" mb="sm">
        {models.roles.text}
      </Text>
      <DataTable
        label={models.roles.label}
        columns={columns}
        page={data && { items: data, next: null }}
        error={error}
        retry={() => void refetch()}
        rowId={({ role }) => role}
        empty={<Empty title={models.none.title} />}
      />
      {changed !== null && <AssignRole role={changed} onClose={() => setChanged(null)} />}
      {shown !== null && <Contract role={shown} onClose={() => setShown(null)} />}
    </>
  )
}

function RoleName({ role: { role, title, findings } }: { role: Role }) {
  return (
    <>
      <Text size="sm" fw={600}>
        {role}
      </Text>
      <Text size="xs" c="dimmed">
        {title}
      </Text>
      {findings.length > 0 && (
        <Alert color="orange" mt={4} p="xs" title={models.roles.findings}>
          <List size="sm">
            {findings.map(({ code, message }) => (
              <List.Item key={`${code} ${message}`}>{message}</List.Item>
            ))}
          </List>
        </Alert>
      )}
    </>
  )
}

function VersionLink({ role: { role, version } }: { role: Role }) {
  if (version === null) return null
  return (
    <Link className="line-link" to="/models/$name/$version" params={{ name: role, version }}>
      {version}
    </Link>
  )
}

function Chosen({ assigned }: { assigned: Role['assigned'] }) {
  if (assigned === null) return models.roles.newestShipped
  return (
    <>
      <Who id={assigned.by} />, <Time at={assigned.at} />
    </>
  )
}

function Contract({ role: { role, contract }, onClose }: { role: Role; onClose: () => void }) {
  const signals = Object.entries(contract.signals).map(
    ([name, args]) =>
      `${name}(${Object.entries(args)
        .map(([arg, type]) => `${arg}: ${type}`)
        .join(', ')})`,
  )
  const parts = [
    [models.roles.signals, signals],
    [models.roles.states, contract.states],
    [models.roles.tasks, contract.tasks],
    [models.roles.returns, contract.returns],
  ] as const
  return (
    <Modal opened onClose={onClose} title={models.roles.contractOf(role)} size="lg">
      <Stack gap="sm">
        {parts
          .filter(([, names]) => names.length > 0)
          .map(([title, names]) => (
            <section key={title}>
              <Title order={3}>{title}</Title>
              <Group gap={6} mt={4}>
                {names.map((name) => (
                  <Code key={name}>{name}</Code>
                ))}
              </Group>
            </section>
          ))}
      </Stack>
    </Modal>
  )
}
