import { createServer } from 'node:http'
import { hash } from 'node:crypto'
import { z } from 'zod'
import { createWebServer } from './src/platform/http/server.ts'
import { api, endpoint, valid } from './src/platform/http/api.ts'
import { createMetrics } from './src/platform/metrics.ts'
import { silentLog } from './src/platform/log.ts'
import { systemClock } from './src/platform/clock.ts'
const tokens = new Map([[hash('sha256', 'sut_abc', 'base64'), { id: 'usr-1', kind: 'person', name: 'x', roles: ['operator'], households: [] }]])
const auth = (h?: string): any => { if (!h?.startsWith('Bearer ')) throw new Error('x'); const p = tokens.get(hash('sha256', h.slice(7), 'base64')); if (!p) throw new Error('y'); return p }
let n = 0
const data = { id: 'dev-1', name: 'A device', household: 'hh-1', class: 'phone', at: '2026-01-01T00:00:00Z' }
const app = api()
app.get('/devices/:id', ...endpoint({ id: 'a', summary: 's', tag: 't', params: z.object({ id: z.string() }), answer: { status: 200, schema: null } }), (c) => { n++; void valid(c, 'param').id; return c.json(data) })
const s = createWebServer({ hubId: () => 'h', version: '0', access: { authenticate: auth } as never, database: {} as never, clock: systemClock, log: silentLog, metrics: createMetrics(), modules: [app], raw: [], retention: 1, abandonedAfter: 1, bodyLimit: 1e6, bodyDeadline: 1e4, connectionLimit: 1000, ready: {} })
if (process.argv[2] !== 'bare') await s.listen('127.0.0.1', Number(process.env.PORT))
const bare = process.argv[2] === 'bare'
if (bare) createServer((req, res) => { n++; const s = JSON.stringify(data); res.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(s) }); res.end(s) }).listen(Number(process.env.PORT))
console.log('up')

let base = process.cpuUsage(), b0 = 0
process.on('SIGUSR2', () => { const u = process.cpuUsage(base); if (n > b0) console.log('R', ((u.user + u.system) / (n - b0)).toFixed(2)); base = process.cpuUsage(); b0 = n })
process.on('SIGTERM', () => { const u = process.cpuUsage(base); console.log(process.argv[2], 'us/request', ((u.user + u.system) / (n - b0)).toFixed(2), n - b0); setTimeout(() => process.exit(), 50) })
