import { expect, test } from 'vitest'
import { testDevice } from './device.ts'
import { startHub } from './hub.ts'

const operatorPassword = 'correct horse battery'

test('no secret reaches a log, an event, an error, or any table in readable form', async () => {
  const hub = await startHub()
  const first = await hub.firstOperator()
  const secrets = new Set([first.password, operatorPassword, 'anna long password', 'a wrong guess at a password'])
  const answers: string[] = []
  const ask = async (method: string, path: string, options: object = {}) => {
    const answer = await hub.request(method, path, options)
    if (answer.status >= 400) answers.push(answer.text)
    return answer
  }
  const token = await hub.login('operator', first.password)
  secrets.add(token)
  const home = await hub.household()
  const key = (await ask('POST', '/api-keys', { token, body: { name: 'K', roles: ['operator'] } })).json.key
  const claim = (
    await ask('POST', '/claims', { token, body: { household: home }, headers: { 'idempotency-key': 'c' } })
  ).json.claim
  secrets.add(key).add(claim)
  const device = testDevice('SN-1')
  const enrolled = await ask('POST', '/enrolments', { body: device.enrolment(claim) })
  await ask('POST', '/enrolments', { body: testDevice('SN-2').enrolment(claim) })
  await ask('POST', '/enrolments', { body: { ...device.enrolment(claim), signature: 5 } })
  const password = device.password(hub.registration.hub(), enrolled.json.device, hub.clock.now())
  secrets.add(password)
  await hub.registration.authenticateDevice(enrolled.json.device, password)
  await ask('POST', '/accounts', {
    token,
    body: { name: 'anna', password: 'anna long password', roles: ['sponsor'] },
    headers: { 'idempotency-key': 'a' },
  })
  await ask('POST', '/sessions', { body: { name: 'anna', password: 'a wrong guess at a password' } })
  await ask('POST', '/sessions', { body: { name: 5, password: 'anna long password' } })
  await ask('PUT', '/me/password', { token, body: { current: 'a wrong guess at a password', next: operatorPassword } })
  await ask('PUT', '/me/password', { token: key, body: { current: first.password, next: operatorPassword } })
  await ask('GET', '/devices/none', { token: `${key.slice(0, -1)}` })
  await ask('PUT', '/me/password', { token, body: { current: first.password, next: operatorPassword } })

  const everything = [...hub.logged, ...answers]
  const { sql } = hub.database.owner
  const tables = await sql<{ name: string }[]>`
    select table_name as name from information_schema.tables where table_schema in ('public', 'registration')`
  for (const { name } of tables) {
    const rows = await sql`select t::text as row from ${sql(name)} t`
    everything.push(...rows.map((row) => `${name} ${row['row']}`))
  }
  expect(answers).toHaveLength(7)
  expect(everything.length).toBeGreaterThan(20)
  for (const secret of secrets) {
    const readable = [secret, Buffer.from(secret).toString('hex'), Buffer.from(secret).toString('base64')]
    expect(everything.filter((text) => readable.some((form) => text.includes(form)))).toEqual([])
  }
})
