import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { answer, createClient, pages, type ClientOptions, type Schemas, type SutlerClient } from '@sutler/client'
import { trustingFetch } from '@sutler/client/node'
import { commandsOf, type GuideCommand } from '../../support/guide.ts'
import { typed } from '../../support/shell.ts'
import { pidFiles, there, type Place } from './place.ts'

const page = new URL('../../../docs/guide/provisioning-walk.md', import.meta.url)

export interface WalkedCommand extends GuideCommand {
  readonly printed: string
}

/** A walk that was done; its hub, devices and fleet are still up. */
export interface Walked {
  readonly commands: readonly WalkedCommand[]
  readonly api: SutlerClient
}

/**
 * Types every command of docs/guide/provisioning-walk.md but the last, which ends everything.
 * @param deadline milliseconds for all of it
 * @throws Error with everything that was printed when it takes longer
 */
export async function walk(place: Place, deadline: number): Promise<Walked> {
  const commands = commandsOf(await readFile(page, 'utf8')).slice(0, -1)
  const script = commands.map(({ command }) => there(command, place))
  const printed = await typed(script, { directory: place.directory, env: place.env, deadline })
  const api = createClient(await connectionOf(place))
  return { commands: commands.map((command, at) => ({ ...command, printed: printed[at] ?? '' })), api }
}

/** By the login that the walk's first operator has. */
async function connectionOf({ directory }: Place): Promise<ClientOptions> {
  const saved = JSON.parse(await readFile(join(directory, 'login.json'), 'utf8')) as {
    hub: string
    token: string
    ca: string
  }
  return { hub: saved.hub, token: saved.token, fetch: trustingFetch(saved.ca) }
}

/** Ends what the guide started: politely, and after ten seconds for sure. */
export async function endWalk(place: Place): Promise<void> {
  const found = await Promise.all(pidFiles(place).map((file) => readFile(file, 'utf8').catch(() => '')))
  const pids = found.map(Number).filter((pid) => pid > 1)
  for (const pid of pids.toReversed()) send(pid, 'SIGTERM')
  for (let looks = 0; looks < 100 && pids.some((pid) => send(pid, 0)); looks++)
    await new Promise((resolve) => setTimeout(resolve, 100))
  for (const pid of pids) send(pid, 'SIGKILL')
}

/** @returns whether there is such a process */
function send(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false
    throw error
  }
}

export type Campaign = Schemas['CampaignWithWaves']

/** The walk's two campaigns: the one that gave everybody films, and the one that was taken back. */
export async function campaignsOf(api: SutlerClient): Promise<{ first: Campaign; second: Campaign }> {
  const { items } = answer(await api.GET('/api/v1/campaigns', { params: { query: {} } }))
  const read = async (name: string): Promise<Campaign> => {
    const { id } = items.find((campaign) => campaign.name === name)!
    return answer(await api.GET('/api/v1/campaigns/{id}', { params: { path: { id } } }))
  }
  return { first: await read('films for everybody'), second: await read('films 2.0.0') }
}

export type Target = Schemas['CampaignTarget']

/** Every device of a campaign with what came of it. */
export async function targetsOf(api: SutlerClient, id: string): Promise<Target[]> {
  const found: Target[] = []
  const read = async (cursor: string | undefined) =>
    answer(
      await api.GET('/api/v1/campaigns/{id}/targets', {
        params: { path: { id }, query: { limit: 200, ...(cursor === undefined ? {} : { cursor }) } },
      }),
    )
  for await (const target of pages(read)) found.push(target)
  return found
}
