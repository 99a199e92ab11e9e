import { Code, Text, Title } from '@mantine/core'
import { instances } from '#words/instances.ts'
import { CopyText } from '../../parts/CopyText.tsx'
import { Facts } from '../../parts/Facts.tsx'
import { TextLink } from '../../parts/links.tsx'
import { Time } from '../../parts/Time.tsx'
import { addressOf } from './address.ts'
import classes from './instance.module.css'
import { List } from './List.tsx'
import { Tasks } from './Tasks.tsx'
import type { InstanceView } from './useInstance.ts'

const words = instances.parts

/** Everything that an instance has beside its states. @param data of now, or of the step that is looked back at */
export function InstanceParts({ instance, data }: { instance: InstanceView; data: Readonly<Record<string, unknown>> }) {
  const { timers, children, held, deferred, call, parent } = instance
  return (
    <aside className={classes['parts']} aria-label={instances.title}>
      <section>
        <Facts
          facts={[
            [instances.facts.started, <Time key="started" at={instance.createdAt} />],
            [instances.facts.changed, <Time key="changed" at={instance.changedAt} />],
            ...(instance.endedAt === null
              ? []
              : [[instances.facts.ended, <Time key="ended" at={instance.endedAt} />] as const]),
            [instances.facts.steps, instance.steps.toLocaleString('en')],
            ...(parent === null
              ? []
              : [[instances.facts.parent, <InstanceLink key="parent" url={parent.url} />] as const]),
            [instances.facts.url, <CopyText key="url" text={instance.url} />],
          ]}
        />
      </section>
      <List title={words.timers} items={timers}>
        {({ id, signal, due }) => (
          <li key={id}>
            {signal}{' '}
            <Text span c="dimmed" size="sm">
              <Time at={due} />
            </Text>
          </li>
        )}
      </List>
      <Tasks instance={instance} />
      <List title={words.children} items={children}>
        {({ as, url, wait }) => (
          <li key={as}>
            <InstanceLink url={url} />{' '}
            {wait && (
              <Text span c="dimmed" size="sm">
                {words.waitedFor}
              </Text>
            )}
          </li>
        )}
      </List>
      <List
        title={words.mailbox}
        items={[
          ...held.map((signal) => ({ ...signal, why: words.held })),
          ...deferred.map((signal) => ({ ...signal, why: words.deferred })),
        ]}
      >
        {({ id, type, why }) => (
          <li key={id}>
            {type}{' '}
            <Text span c="dimmed" size="sm">
              {why}
            </Text>
          </li>
        )}
      </List>
      <Values title={words.data} values={data} />
      <Values title={words.call} values={call} />
    </aside>
  )
}

function Values({ title, values }: { title: string; values: Readonly<Record<string, unknown>> }) {
  if (Object.keys(values).length === 0) return null
  return (
    <section>
      <Title order={2}>{title}</Title>
      <Code block tabIndex={0} style={{ maxHeight: '16rem', overflow: 'auto' }}>
        {JSON.stringify(values, null, 2)}
      </Code>
    </section>
  )
}

/** An instance by its URL. */
export function InstanceLink({ url }: { url: string }) {
  const address = addressOf(url)
  if (address === null) return <>{url}</>
  return (
    <TextLink size="sm" to="/instances/$model/$id" params={address}>
      {address.model} {address.id}
    </TextLink>
  )
}
