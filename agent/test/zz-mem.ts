import { HubDouble } from './hub-double.ts'
import { component } from './components.ts'
import { randomBytes } from 'node:crypto'
import { spawn, execSync } from 'node:child_process'
import { readFileSync, mkdtempSync, rmSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
const node = process.argv[2]!
const flags = process.argv.slice(3)
const rss = (pid: number) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024
const hwm = (pid: number) => Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024
const sleep = (ms: number) => new Promise((r) => setTimeout(r, ms))
const bare = spawn(node, ['-e', 'setInterval(()=>{},1000)'], { stdio: 'ignore' })
await sleep(1500)
const bareRss = rss(bare.pid!)
bare.kill()
const hub = await HubDouble.start()
const dir = mkdtempSync('/tmp/sutler-agent-mem-')
const agent = spawn(node, [...flags, '/work/main/agent/dist/sutler-agent.mjs', '--hub', hub.url, '--claim', hub.claim(), '--dir', dir], { stdio: ['ignore', 'inherit', 'inherit'] })
await hub.when(() => hub.received.some((m) => m.t === 'capabilities'))
await sleep(3000)
const idle = rss(agent.pid!)
const idlePeak = hwm(agent.pid!)
const big = component({ big: randomBytes(100_000_000) })
const t = performance.now()
hub.offer(big, 'd1', 1)
let got
while (!got) { await sleep(20); got = hub.received.find((m) => m.t === 'outcome') }
const seconds = (performance.now() - t) / 1000
const peak = hwm(agent.pid!)
await sleep(7000)
const after = rss(agent.pid!)
console.log(JSON.stringify({ node: execSync(`${node} -v`).toString().trim(), flags, bare: bareRss.toFixed(1), idle: idle.toFixed(1), idleRatio: (idle / bareRss).toFixed(2), idlePeak: idlePeak.toFixed(1), peak: peak.toFixed(1), peakRatio: (peak / bareRss).toFixed(2), after: after.toFixed(1), afterRatio: (after/bareRss).toFixed(2), result: (got as any).result, seconds: seconds.toFixed(2) }))
agent.kill()
await new Promise((r) => agent.on('exit', r))
await hub.stop()
rmSync(dir, { recursive: true })
