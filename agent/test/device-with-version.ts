import type { Component } from './components.ts'
import type { HubDouble } from './hub-double.ts'
import { makeQuickDirectory, startAgent } from './running-agent.ts'

/** The directory of a device that has enrolled and has this version installed: for runs that each begin with a copy of it. */
export async function deviceWithVersion(hub: HubDouble, installed: Component): Promise<string> {
  const directory = makeQuickDirectory()
  const agent = startAgent(hub, directory)
  await hub.when(() => hub.received.some(({ t }) => t === 'hello'))
  hub.offer(installed, 'old', 1)
  await hub.outcome('old')
  await hub.when(() => hub.quiet)
  await agent.stop()
  return directory
}
