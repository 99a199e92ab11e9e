import { Badge, Group } from '@mantine/core'
import { common } from '#words/common.ts'
import { device as words } from '#words/device.ts'
import { fleet } from '#words/fleet.ts'
import { bytes } from '../../../parts/bytes.ts'
import { CopyText } from '../../../parts/CopyText.tsx'
import { Facts } from '../../../parts/Facts.tsx'
import { useNames } from '../../../parts/names.ts'
import { RowLink } from '../../../parts/RowLink.tsx'
import { labelFacts } from '../../../parts/entity/labelFacts.tsx'
import { Time } from '../../../parts/Time.tsx'
import type { Device } from '../columns.tsx'

/** Who a device is, and what it says of itself in short. */
export function DeviceFacts({ device }: { device: Device }) {
  const nameOf = useNames([device.household])
  return (
    <Facts
      facts={[
        [words.facts.id, <CopyText key="id" text={device.id} />],
        [words.facts.serial, device.serial],
        [words.facts.class, fleet.classes[device.class]],
        [
          words.facts.household,
          <RowLink key="household" to="household" id={device.household}>
            {nameOf(device.household)}
          </RowLink>,
        ],
        [words.facts.protocol, fleet.protocols[device.protocol]],
        [words.facts.enrolled, <Time key="enrolled" at={device.createdAt} />],
        [words.facts.reported, <Time key="reported" at={device.reportedAt} />],
        ...labelFacts(device),
        ...reported(device),
      ]}
    />
  )
}

function reported({ capabilities: said }: Device): [string, React.ReactNode][] {
  if (said === null) return []
  const { storage, memory, network } = said
  return [
    [words.facts.model, said.hardware.model],
    [words.facts.arch, [said.hardware.arch, said.hardware.cpus && `× ${said.hardware.cpus}`].filter(Boolean).join(' ')],
    [words.facts.system, `${said.os.name} ${said.os.version}`],
    [words.facts.memory, memory ? bytes(memory.total) : common.none],
    [words.facts.storage, storage ? words.facts.free(bytes(storage.free), bytes(storage.total)) : common.none],
    [words.facts.timeZone, said.timeZone],
    [words.facts.network, network && (network.metered ? words.facts.metered(network.type) : network.type)],
    [
      words.facts.runtimes,
      Object.entries(said.runtimes)
        .map(([name, version]) => `${name} ${version}`)
        .join(', '),
    ],
    [words.facts.features, <Labels key="features" of={said.features} />],
  ]
}

export function Labels({ of }: { of: readonly string[] }) {
  if (of.length === 0) return common.none
  return (
    <Group gap={4}>
      {of.map((each) => (
        <Badge key={each} color="gray">
          {each}
        </Badge>
      ))}
    </Group>
  )
}
