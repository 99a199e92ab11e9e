import '@mantine/core/styles/Progress.css'
import { Progress, Table, Text, Title } from '@mantine/core'
import type { Schemas } from '@sutler/client'
import { campaign } from '#words/campaigns.ts'
import { Time } from '../../parts/Time.tsx'
import { Lines } from '../../parts/Lines.tsx'

const words = campaign.waves
type Wave = Schemas['CampaignWave']

/** How far each wave is. */
export function Waves({ campaign: { waves } }: { campaign: Schemas['CampaignWithWaves'] }) {
  const goesBack = waves.some(({ returned, returning, notReturned }) => returned + returning + notReturned > 0)
  return (
    <section>
      <Title order={2} mb="xs">
        {words.title}
      </Title>
      {waves.length === 0 ? (
        <Text c="dimmed">{words.none}</Text>
      ) : (
        <Lines label={words.title}>
          <Table aria-label={words.title}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{words.number}</Table.Th>
                <Table.Th ta="right">{words.devices}</Table.Th>
                <Table.Th miw={140}>{words.progress}</Table.Th>
                <Table.Th ta="right">{words.done}</Table.Th>
                <Table.Th ta="right">{words.failed}</Table.Th>
                <Table.Th ta="right">{words.open}</Table.Th>
                {goesBack && <Table.Th ta="right">{words.returned}</Table.Th>}
                <Table.Th className="wide">{words.began}</Table.Th>
                <Table.Th className="wide">{words.passed}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {waves.map((wave) => (
                <Table.Tr key={wave.number}>
                  <Table.Td>{wave.number}</Table.Td>
                  <Table.Td ta="right">{wave.size.toLocaleString('en')}</Table.Td>
                  <Table.Td>
                    <WaveProgress wave={wave} />
                  </Table.Td>
                  <Table.Td ta="right">{wave.done.toLocaleString('en')}</Table.Td>
                  <Table.Td ta="right">{wave.failed.toLocaleString('en')}</Table.Td>
                  <Table.Td ta="right">{wave.open.toLocaleString('en')}</Table.Td>
                  {goesBack && <Table.Td ta="right">{wave.returned.toLocaleString('en')}</Table.Td>}
                  <Table.Td className="wide">{wave.beganAt === null ? '–' : <Time at={wave.beganAt} />}</Table.Td>
                  <Table.Td className="wide">{wave.passedAt === null ? '–' : <Time at={wave.passedAt} />}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Lines>
      )}
    </section>
  )
}

function WaveProgress({ wave: { size, done, failed } }: { wave: Wave }) {
  const share = (count: number): number => (size === 0 ? 0 : (100 * count) / size)
  return (
    <Progress.Root size="md" role="img" aria-label={words.summary(done, failed, size)}>
      <Progress.Section value={share(done)} color="teal" withAria={false} />
      <Progress.Section value={share(failed)} color="red" withAria={false} />
    </Progress.Root>
  )
}
