import { answer, ApiError, pages, type Schemas, type SutlerClient } from '@sutler/client'
import { Option, type Command } from 'commander'
import { CommandError } from '../command-error.ts'
import { readPolicyFile, type PolicyFile } from '../policies/policy-file.ts'
import { firingText, trialText, versionText } from '../policies/policy-text.ts'
import { openSession } from '../session.ts'
import { counted } from '../terminal.ts'
import { take } from '../take.ts'
import { lists, limitOf } from './lists.ts'

type Document = Schemas['PolicyDocument']
interface Json {
  readonly json?: boolean
}

/** `policy check|put|try|activate|off|list|show|firings`. */
export function addPolicies(program: Command): void {
  const policy = program.command('policy').description('policies: what the hub does on its own, when, and for whom')
  writing(policy)
  switching(policy)
  reading(policy)
}

function writing(policy: Command): void {
  policy
    .command('check')
    .description('say what is wrong with a policy document; nothing is kept')
    .argument('<file>', 'YAML or JSON')
    .option('--json', 'print JSON')
    .action(async (name: string, { json }: Json) => {
      const { api, terminal } = await openSession(json === true)
      const file = await readPolicyFile(name)
      await refuseFindings(api, file)
      terminal.result({ findings: [] }, () => `${name} can be put: nothing is wrong with it.`)
    })
  policy
    .command('put')
    .description('write a policy, or the next version of it; it does nothing until it was tried out and activated')
    .argument('<file>', 'YAML or JSON')
    .option('--json', 'print JSON')
    .action(async (name: string, { json }: Json) => {
      const { api, terminal } = await openSession(json === true)
      const file = await readPolicyFile(name)
      await refuseFindings(api, file)
      const version = await put(api, file.document as never)
      terminal.result(version, () => versionText(version))
      terminal.remark(`Try it out: sutler policy try ${version.document.name}`)
    })
}

async function put(api: SutlerClient, body: Document): Promise<Schemas['PolicyVersion']> {
  try {
    return answer(await api.POST('/api/v1/policies', { body }))
  } catch (error) {
    if (!(error instanceof ApiError && error.code === 'policy-exists')) throw error
    const params = { path: { id: body.name } }
    return answer(await api.POST('/api/v1/policies/{id}/versions', { params, body }))
  }
}

/** @throws CommandError `policy-wrong`, with every place in the file */
async function refuseFindings(api: SutlerClient, file: PolicyFile): Promise<void> {
  const findings = await api
    .POST('/api/v1/policies/check', { body: file.document as never })
    .then((response) => answer(response).findings)
    .catch((error: unknown): Schemas['PolicyFindings']['findings'] => {
      if (error instanceof ApiError && error.code === 'invalid-request') return [...error.places]
      throw error
    })
  if (findings.length === 0) return
  const places = findings.map(({ pointer, detail, line, column }) => {
    return { pointer: `${file.placeOf(pointer, line, column)}: ${pointer}`, detail }
  })
  const mistakes = counted(findings.length, 'mistake')
  throw new CommandError(
    'policy-wrong',
    `the policy has ${mistakes}`,
    'Nothing was kept: correct these places first.',
    undefined,
    1,
    places,
  )
}

function switching(policy: Command): void {
  policy
    .command('try')
    .description('a dry run: what it would have done with the recorded events of the last days')
    .argument('<policy>', 'name or id')
    .option('--version <n>', 'which version (default: the newest)', limitOf)
    .option('--group <id>', 'as it will be in force: only for devices of this group')
    .option('--days <n>', 'how far back, at most 30', limitOf, 7)
    .option('--json', 'print JSON')
    .action(async (id: string, options: Json & { version?: number; group?: string; days: number }) => {
      const { api, terminal } = await openSession(options.json === true)
      const version = options.version ?? (await newestOf(api, id))
      const body = { days: options.days, ...(options.group === undefined ? {} : { group: options.group }) }
      const params = { path: { id, version: String(version) } }
      const trial = answer(
        await api.POST('/api/v1/policies/{id}/versions/{version}/trials', { params, body } as never),
      ) as Schemas['PolicyTrial']
      terminal.result(trial, () => trialText(trial))
      terminal.remark(`Switch it on: sutler policy activate ${id} --version ${version} --trial ${trial.id}`)
    })
  policy
    .command('activate')
    .description('put a version in force, in place of the one before')
    .argument('<policy>', 'name or id')
    .option('--version <n>', 'which version (default: the newest)', limitOf)
    .requiredOption('--trial <id>', 'the dry run that you looked at')
    .option('--acknowledge-all', 'it is meant to order for a large part of all households')
    .option('--acknowledge-nothing-seen', 'the dry run saw nothing that would set it off')
    .option('--json', 'print JSON')
    .action(activate)
  policy
    .command('off')
    .description('take a policy out of force, with its holds and what it has not gone through yet')
    .argument('<policy>', 'name or id')
    .option('--reason <text>', 'why', 'switched off by request')
    .option('--json', 'print JSON')
    .action(async (id: string, { reason, json }: Json & { reason: string }) => {
      const { api, terminal } = await openSession(json === true)
      const off = answer(await api.POST('/api/v1/policies/{id}/off', { params: { path: { id } }, body: { reason } }))
      terminal.result(off, () => `${off.name} is off.`)
    })
}

interface Activation extends Json {
  readonly version?: number
  readonly trial: string
  readonly acknowledgeAll?: boolean
  readonly acknowledgeNothingSeen?: boolean
}

async function activate(id: string, options: Activation): Promise<void> {
  const { api, terminal } = await openSession(options.json === true)
  const version = options.version ?? (await newestOf(api, id))
  const acknowledge: ('everyone' | 'nothing-seen')[] = []
  if (options.acknowledgeAll === true) acknowledge.push('everyone')
  if (options.acknowledgeNothingSeen === true) acknowledge.push('nothing-seen')
  const params = { path: { id, version: String(version) } }
  const body = { trial: options.trial, acknowledge }
  const active = answer(
    await api.POST('/api/v1/policies/{id}/versions/{version}/activate', { params, body } as never),
  ) as Schemas['PolicyVersion']
  terminal.result(active, () => versionText(active))
}

async function newestOf(api: SutlerClient, id: string): Promise<number> {
  return answer(await api.GET('/api/v1/policies/{id}', { params: { path: { id } } })).newest
}

function reading(policy: Command): void {
  lists(policy.command('list').description('list policies'), {
    read: async (api, query) => answer(await api.GET('/api/v1/policies', { params: { query } })),
    columns: {
      id: (p) => p.id,
      name: (p) => p.name,
      'in force': (p) => (p.active === null ? 'no' : `version ${p.active}`),
      newest: (p) => String(p.newest),
    },
  })
  policy
    .command('show')
    .description('a policy’s versions, newest first')
    .argument('<policy>', 'name or id')
    .option('--json', 'print JSON')
    .action(async (id: string, { json }: Json) => {
      const { api, terminal } = await openSession(json === true)
      const read = async (cursor: string | undefined) =>
        answer(await api.GET('/api/v1/policies/{id}/versions', { params: { path: { id }, query: { cursor } } }))
      const versions = await take(pages(read), 50)
      terminal.result(versions, () => versions.map(versionText).join('\n'))
    })
  const states = ['not-held', 'limited', 'open', 'waiting', 'done', 'refused', 'denied'] as const
  policy
    .command('firings')
    .description('what set policies off, newest first: what held, what did not, and what was done')
    .option('--policy <policy>', 'only of this one')
    .option('--household <id>', 'only those for this household')
    .addOption(new Option('--state <state>', 'only those in this state').choices(states))
    .option('--limit <n>', 'at most so many', limitOf, 20)
    .option('--json', 'print JSON')
    .action(
      async ({
        limit,
        json,
        ...query
      }: Json & { limit: number; policy?: string; household?: string; state?: (typeof states)[number] }) => {
        const { api, terminal } = await openSession(json === true)
        const read = async (cursor: string | undefined) =>
          answer(await api.GET('/api/v1/firings', { params: { query: { ...query, cursor } } }))
        const found = await take(pages(read), limit)
        terminal.result(found, () => (found.length === 0 ? 'nothing yet' : found.map(firingText).join('\n\n')))
      },
    )
}
