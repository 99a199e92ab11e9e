import { readFile } from 'node:fs/promises'
import { createClaim, createHousehold } from '../../journeys/household.ts'
import type { HubProcess } from '../../support/hub-process.ts'
import { benchHub } from '../bench-hub.ts'
import { startProcess, type BenchProcess } from '../bench-process.ts'
import { figure, median, type BenchOptions, type Figures } from '../measure.ts'
import { cpuSeconds, familyCpuSeconds, postmaster } from '../process-figures.ts'
import type { Enrolled, EnrolmentQuestion } from './enrolment-process.ts'
import { together, type Place } from './post-once.ts'

/** Devices that enrol at the same time. */
const atOnce = 64

/** One round: enrolments per second at the hub and at the bare server, CPU in milliseconds per enrolment. */
interface Round {
  readonly rate: number
  readonly bare: number
  readonly cpu: Readonly<Record<'hub' | 'PostgreSQL' | 'load', number>>
}

/**
 * Claim to certificate, each device with a claim, a key and a TLS connection of its own; against a bare `node:https` server
 * to which the same devices send the same. The devices are a process of its own.
 */
export async function enrolments({ quick, say, resources }: BenchOptions): Promise<Figures> {
  const hub = await benchHub({ resources })
  const place = { port: Number(new URL(hub.secure.url).port), authority: await readFile(hub.secure.ca, 'utf8') }
  const load = startProcess('trust/enrolment-process.ts')
  const bare = startProcess('trust/bare-https-process.ts')
  for (const program of [load, bare]) resources.defer(() => program.stop())
  const devices = quick ? 300 : 1_000
  await make(hub, load, 300)
  const { answer } = await enrol(load, place)
  const barePlace = await bare.ask<Place>({ body: answer })
  await enrol(load, barePlace)
  const rounds: Round[] = []
  for (let round = 1; round <= (quick ? 3 : 7); round++) {
    await make(hub, load, devices)
    rounds.push(await oneRound(hub, load, { place, barePlace, devices }))
    say(inWords(rounds.at(-1)!))
  }
  const bareRate = median(rounds.map((each) => each.bare))
  const cpu = (name: keyof Round['cpu']): string => `${name} ${median(rounds.map((each) => each.cpu[name])).toFixed(2)}`
  return {
    'trust.enrolments_per_s': figure(
      rounds.map(({ rate }) => rate),
      '1/s',
      {
        against: `bare node:https ${bareRate.toFixed(0)} 1/s; CPU in ms: ${cpu('hub')}, ${cpu('PostgreSQL')}, ${cpu('load')}`,
        ratio: median(rounds.map((each) => each.rate / each.bare)),
        goal: '≥ 100 on 2 cores',
      },
    ),
  }
}

async function make(hub: HubProcess, load: BenchProcess, devices: number): Promise<void> {
  const household = await createHousehold(hub)
  const claims = await together(16, Array.from({ length: devices }), () => createClaim(hub, household))
  await load.ask({ do: 'make', claims } satisfies EnrolmentQuestion)
}

function enrol(load: BenchProcess, place: Place): Promise<Enrolled> {
  return load.ask<Enrolled>({ do: 'enrol', place, together: atOnce } satisfies EnrolmentQuestion)
}

async function oneRound(
  hub: HubProcess,
  load: BenchProcess,
  { place, barePlace, devices }: { place: Place; barePlace: Place; devices: number },
): Promise<Round> {
  const bare = devices / (await enrol(load, barePlace)).seconds
  const server = await postmaster(hub.data)
  const used = () => ({ hub: cpuSeconds(hub.pid), PostgreSQL: familyCpuSeconds(server), load: cpuSeconds(load.pid) })
  const before = used()
  const { seconds } = await enrol(load, place)
  const after = used()
  const each = (name: keyof typeof after): number => ((after[name] - before[name]) * 1000) / devices
  return {
    rate: devices / seconds,
    bare,
    cpu: { hub: each('hub'), PostgreSQL: each('PostgreSQL'), load: each('load') },
  }
}

function inWords({ rate, bare, cpu }: Round): string {
  const times = Object.entries(cpu).map(([name, value]) => `${name} ${value.toFixed(2)} ms`)
  return `enrolments ${rate.toFixed(0)}/s, bare ${bare.toFixed(0)}/s; CPU of each: ${times.join(', ')}`
}
