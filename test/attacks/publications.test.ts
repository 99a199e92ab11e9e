import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '../../hub/src/platform/clock.ts'
import { patience } from '../journeys/household.ts'
import { composeHub, type ComposedHub } from '../support/composed-hub.ts'

let hub: ComposedHub
const content = Buffer.from('content')
const digest = createHash('sha256').update(content).digest('hex')

beforeAll(async () => {
  hub = await composeHub({ clock: systemClock })
  await hub.api.POST('/api/v1/services', { body: { id: 'guide', title: 'Guide' } })
  await upload(digest, content)
}, patience)

afterAll(() => hub?.stop(), patience)

function upload(as: string, bytes: Buffer): Promise<Response> {
  return fetch(`${hub.url}/api/v1/blobs/${as}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${hub.connection.token}`, 'content-type': 'application/octet-stream' },
    body: new Uint8Array(bytes),
  })
}

const good = { path: 'app.js', size: content.length, digest, mode: 0o644 }

/** The places at which a version with these files is refused. */
async function refusal(
  files: readonly object[],
  component: object = {},
): Promise<{ status: number; pointers: string[] }> {
  const response = await fetch(`${hub.url}/api/v1/services/guide/versions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${hub.connection.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      version: '1.0.0',
      components: [{ name: 'app', deviceClass: 'phone', files, ...component }],
    }),
  })
  const { errors } = (await response.json()) as { errors?: { pointer: string }[] }
  return { status: response.status, pointers: (errors ?? []).map(({ pointer }) => pointer) }
}

describe('a composition', { timeout: patience }, () => {
  it.each([
    ['a path that climbs', [good, { ...good, path: '../app.js' }], '/components/0/files/1/path'],
    ['a path that climbs in its middle', [{ ...good, path: 'a/../../b' }], '/components/0/files/0/path'],
    ['an absolute path', [{ ...good, path: '/etc/passwd' }], '/components/0/files/0/path'],
    ['a path of another system', [{ ...good, path: 'C:\\windows' }], '/components/0/files/0/path'],
    ['an empty path', [{ ...good, path: '' }], '/components/0/files/0/path'],
    ['a path with NUL', [{ ...good, path: 'a\0b' }], '/components/0/files/0/path'],
    ['the same path in other case', [good, { ...good, path: 'App.js' }], '/components/0/files/1/path'],
    ['a file that is also a directory', [good, { ...good, path: 'app.js/x' }], '/components/0/files/1/path'],
    ['a file that was not uploaded', [{ ...good, digest: 'f'.repeat(64) }], '/components/0/files/0/digest'],
    ['a size that is not the file’s', [{ ...good, size: 1 }], '/components/0/files/0/size'],
    ['a mode that lets others write', [{ ...good, mode: 0o777 }], '/components/0/files/0/mode'],
    ['no files', [], '/components/0/files'],
  ])('with %s is refused, pointing there, and nothing of it is kept', async (_what, files, pointer) => {
    const { status, pointers } = await refusal(files)
    // 409: it may be sent again as it is once the file is there.
    expect([400, 409, 422]).toContain(status)
    expect(pointers).toContain(pointer)
    const kept = await hub.api.GET('/api/v1/services/{service}/versions', { params: { path: { service: 'guide' } } })
    expect(kept.data!.items).toEqual([])
  })

  it('with a compatibility that is no expression is refused, pointing there', async () => {
    const { status, pointers } = await refusal([good], { compatibility: 'memory.total >' })
    expect(status).toBe(422)
    expect(pointers[0]).toContain('/components/0/compatibility')
  })
})

describe('an upload', { timeout: patience }, () => {
  it('that is not what its digest says is refused, and not kept', async () => {
    const wrong = createHash('sha256').update('other').digest('hex')
    const refused = await upload(wrong, content)
    expect(refused.status).toBe(422)
    expect(await refused.json()).toMatchObject({ type: '/problems/content-mismatch' })
    const { data } = await hub.api.POST('/api/v1/blobs/missing', { body: { digests: [wrong, digest] } })
    expect(data!.missing).toEqual([wrong])
  })

  it('under what is no digest is refused', async () => {
    for (const name of ['abc', '..%2f..%2fx', digest.toUpperCase()])
      expect((await upload(name, content)).status).toBe(400)
  })
})
