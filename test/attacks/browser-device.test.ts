import { createHash } from 'node:crypto'
import { answer } from '@sutler/client'
import type { BrowserContext, Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { patience, placeOrder, publishTestService, settledOrder } from '../journeys/household.ts'
import { browserDevicesForThisFile, openDevicePage, type BrowserDevice } from '../support/browser-devices.ts'
import { firstOperator } from '../support/first-operator.ts'

/** Attacks on a browser that is a device: from an installed app, from other pages, and on the way of an update. */

const devices = browserDevicesForThisFile()
const { hub } = devices

const index = '<!doctype html><title>app</title><h1>app</h1>'
const phone = (files: Record<string, string> = {}) => ({
  deviceClass: 'phone' as const,
  files: { 'index.html': index, ...files },
})

/** Runs in a page; what it gives, or what it throws. */
function told(page: Page, source: string): Promise<unknown> {
  return page.evaluate(
    `(async () => { try { return await (${source}) } catch (error) { return 'threw ' + error.name } })()`,
  )
}

describe('an app on a browser device, with an operator logged in beside it', { timeout: 2 * patience }, () => {
  let device: BrowserDevice
  let app: Page
  let login: Page

  beforeAll(async () => {
    await publishTestService(hub, 'spy', '1.0.0', [phone()])
    device = await devices.enrol()
    login = await device.context.newPage()
    await login.goto(`${hub.url}/login`)
    await login.getByLabel('Name').fill(firstOperator.name)
    await login.getByLabel('Password').fill(firstOperator.password)
    await login.getByRole('button', { name: 'Log in', exact: true }).click()
    await login.waitForURL('**/console/')
    await settledOrder(hub, (await placeOrder(hub, device.household, 'add', 'spy')).id)
    app = await device.openApp('spy')
  }, 3 * patience)

  it('reads nothing of the API by the session of the operator', async () => {
    const me = `${hub.url}/api/v1/me`
    expect(await told(login, "fetch('/api/v1/me').then((answer) => answer.status)")).toBe(200)
    expect(await told(app, `fetch('${me}', { credentials: 'include' }).then((answer) => answer.text())`)).toBe(
      'threw TypeError',
    )
    const blind = `fetch('${me}', { credentials: 'include', mode: 'no-cors' }).then((answer) => answer.text())`
    expect(await told(app, blind)).toBe('')
    expect(await told(app, "fetch('/api/v1/me', { credentials: 'include' }).then((answer) => answer.status)")).toBe(404)
  })

  it('changes nothing by it, whether or not it sees the answer', async () => {
    const households = async () => answer(await hub.api.GET('/api/v1/households')).items.length
    const before = await households()
    for (const type of ['text/plain', 'application/json', 'application/x-www-form-urlencoded']) {
      const options = `{ method: 'POST', mode: 'no-cors', credentials: 'include', headers: { 'content-type': '${type}' }, body: '{"name":"x","timeZone":"UTC"}' }`
      await told(app, `fetch('${hub.url}/api/v1/households', ${options}).then(() => 'sent')`)
    }
    expect(await households()).toBe(before)
  })

  it('finds neither the files of the device nor its key', async () => {
    const databases = 'indexedDB.databases().then((all) => all.map(({ name }) => name))'
    expect(await told(app, databases)).toEqual([])
    expect(await told(device.page, databases)).toEqual(['sutler-device'])
    const files = `navigator.storage.getDirectory().then(async (root) => (await Array.fromAsync(root.keys())).join())`
    expect(await told(app, files)).toBe('')
    expect(await told(device.page, files)).toBe('device')
  })

  it('gets neither the page of the device nor the frame through which apps are put', async () => {
    for (const address of [`${hub.url}/device`, `${hub.url}/console/`, '/.sutler/host.html']) {
      const framed = `new Promise((resolve) => {
        const frame = document.createElement('iframe')
        addEventListener('message', ({ data }) => resolve('it spoke: ' + data))
        frame.onload = () => setTimeout(() => resolve('nothing'), 300)
        frame.src = '${address}'
        document.body.append(frame)
      })`
      expect(await told(app, framed)).toBe('nothing')
    }
    expect(await told(app, "window.open('about:blank') && opener")).toBeNull()
  })

  it('takes no other app’s place by a service worker of its own', async () => {
    const registered = "navigator.serviceWorker.register('/spy/index.html').then(() => 'registered')"
    expect(await told(app, registered)).toMatch(/^threw /)
  })
})

describe('the identity of a browser device', { timeout: 2 * patience }, () => {
  it('has a key that cannot be taken out of the browser, not even by the page of the device', async () => {
    const device = await devices.enrol()
    const taken = `new Promise((resolve, reject) => {
      const opening = indexedDB.open('sutler-device')
      opening.onsuccess = () => {
        const reading = opening.result.transaction('keys').objectStore('keys').getAll()
        reading.onsuccess = () => resolve(crypto.subtle.exportKey('pkcs8', reading.result[0].privateKey).then(() => 'exported', (error) => error.name))
      }
    })`
    expect(await told(device.page, taken)).toBe('InvalidAccessError')
    await device.context.close()
  })

  it('comes by a claim that does not stay in the address, and that stays in the form when it is refused', async () => {
    const context = await devices.newContext()
    const page = await openDevicePage(hub, context, '#claim=clm_from-a-link')
    expect(await page.getByLabel('Claim').inputValue()).toBe('clm_from-a-link')
    expect(page.url()).toBe(`${hub.url}/device`)
    await page.getByRole('button', { name: 'Enrol' }).click()
    await page.getByRole('alert').getByText('claim-refused').waitFor()
    expect(await page.getByLabel('Claim').inputValue()).toBe('clm_from-a-link')
    await context.close()
  })
})

describe('an update of a browser device', { timeout: 2 * patience }, () => {
  /** Orders a service that is tampered with on its way. @returns why it failed */
  async function refused(service: string, tamper: (context: BrowserContext) => Promise<void>) {
    const device = await devices.enrol(tamper)
    const order = await settledOrder(hub, (await placeOrder(hub, device.household, 'add', service)).id)
    expect(order.state).toBe('failed')
    expect(await device.page.getByText('Nothing yet. What is ordered').count()).toBe(1)
    await device.context.close()
    return order.deliveries[0]!.detail
  }

  it('by metadata that the developer has not signed: refused, nothing is fetched', async () => {
    await publishTestService(hub, 'unsigned', '1.0.0', [phone()])
    const fetched: string[] = []
    const detail = await refused('unsigned', async (context) => {
      context.on('request', (request) => request.url().includes('/files/') && fetched.push(request.url()))
      await context.route(/\/tuf\/\d+\.(?!root|snapshot|targets)[^/]*\.json/, async (route) => {
        const response = await route.fetch()
        const { signatures, ...rest } = (await response.json()) as { signatures: { sig: string }[] }
        const changed = signatures.map((each) => ({
          ...each,
          sig: each.sig.replace(/^./, (digit) => (digit === '0' ? '1' : '0')),
        }))
        await route.fulfill({ response, json: { ...rest, signatures: changed } })
      })
    })
    expect(detail).toContain('trust-')
    expect(fetched).toEqual([])
  })

  it('with a file that was changed: refused', async () => {
    const content = 'what the developer published'
    const digest = createHash('sha256').update(content).digest('hex')
    await publishTestService(hub, 'changed', '1.0.0', [phone({ 'file.txt': content })])
    const detail = await refused('changed', async (context) => {
      await context.route(new RegExp(`/files/[0-9a-f]+/${digest}`), (route) =>
        route.fulfill({ status: 200, body: content.replace('developer', 'attackers') }),
      )
    })
    expect(detail).toContain('digest-mismatch')
  })
})
