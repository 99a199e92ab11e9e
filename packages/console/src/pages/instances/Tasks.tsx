import { Text } from '@mantine/core'
import { answer, type Schemas } from '@sutler/client'
import { useQuery } from '@tanstack/react-query'
import { instances } from '#words/instances.ts'
import { api } from '../../api/client.ts'
import { Fault } from '../../parts/Fault.tsx'
import { Time } from '../../parts/Time.tsx'
import { List } from './List.tsx'
import type { InstanceView } from './useInstance.ts'

type Task = Schemas['InstanceTask']

const words = instances.parts

/** A running attempt is looked at again after so long, milliseconds: one that fails is no step of its instance. */
const runningAgain = 5_000
const soonest = 1_000

/** Tasks that have not ended: how often they were tried, what went wrong, when they are tried next, and who has to act. */
export function Tasks({ instance: { model, id, tasks, done, attention } }: { instance: InstanceView }) {
  const { data, error } = useQuery({
    queryKey: ['instances', 'one', model, id, 'tasks'],
    enabled: !done && (tasks.length > 0 || attention !== null),
    queryFn: async () => {
      const params = { path: { model, id }, query: { limit: 50 } }
      return answer(await api.GET('/api/v1/instances/{model}/{id}/tasks', { params })).items
    },
    refetchInterval: ({ state }) => nextChange(state.data ?? []),
  })
  return (
    <>
      <Fault error={error} />
      <List title={words.tasks} items={data ?? []}>
        {(task) => (
          <li key={task.key}>
            {task.task}{' '}
            <Text span c="dimmed" size="sm">
              {words.attempts(task.attempts, task.mostAttempts)}, {words.taskStates[task.state]}
              {task.nextTry !== null && (
                <>
                  {' '}
                  <Time at={task.nextTry} />
                </>
              )}
            </Text>
            {task.lastError !== null && (
              <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
                {words.lastError}: {task.lastError}
              </Text>
            )}
          </li>
        )}
      </List>
    </>
  )
}

/** When something can have become of one of them, in milliseconds; false: not by itself. */
function nextChange(tasks: readonly Task[]): number | false {
  const waits = tasks.flatMap(({ state, nextTry }) => {
    if (state === 'running') return [runningAgain]
    return nextTry === null ? [] : [Date.parse(nextTry) - Date.now() + soonest]
  })
  return waits.length === 0 ? false : Math.max(soonest, Math.min(...waits))
}
