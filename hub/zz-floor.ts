import { createServer } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import { hash } from 'node:crypto'
const data = { id: 'dev-1', name: 'A device', household: 'hh-1', class: 'phone', at: '2026-01-01T00:00:00Z' }
let n = 0
const m = process.argv[2]
const b = new Hono()
const tokens = new Map([[hash('sha256', 'sut_abc', 'base64'), { id: 'usr-1' }]])
const auth = (h: any) => { const p = tokens.get(hash('sha256', h.slice(7), 'base64')); if (!p) throw new Error('y'); return p }
b.get('/api/v1/devices/:id', (c: any) => { n++; if (m !== 'floor') auth(c.req.header('authorization')); return c.json(data) })
const l = getRequestListener(b.fetch)
const big = m === 'bare3'
createServer((i, o) => { if (m === 'bare3') { n++; const s = JSON.stringify(data); o.writeHead(200, { 'x-request-id': 'abcdef-1', 'x-content-type-options': 'nosniff', 'content-type': 'application/json', 'content-length': Buffer.byteLength(s) }); o.end(s); return } if (m === 'hdr') { o.setHeader('x-request-id', 'abcdef-1'); o.setHeader('x-content-type-options', 'nosniff') } return l(i, o) }).listen(Number(process.env.PORT))
let base = process.cpuUsage(), b0 = 0
process.on('SIGUSR2', () => { const u = process.cpuUsage(base); if (n > b0) console.log('R', ((u.user + u.system) / (n - b0)).toFixed(2)); base = process.cpuUsage(); b0 = n })
process.on('SIGTERM', () => { const u = process.cpuUsage(base); console.log(process.argv[2], 'us/request', ((u.user + u.system) / (n - b0)).toFixed(2), n - b0); process.exit() })
