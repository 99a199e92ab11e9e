import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type ChromiumPage, openPage } from './chromium-page.ts'

/** What `page.ts` puts beside the editor. */
interface EditorPage {
  readonly textOfEditor: () => string
  readonly writeEditor: (text: string) => void
  readonly putCursor: (position: number) => void
  readonly cursorOfEditor: () => number
}

const text = `model delivery 1.0.0 "Deliver one version"

data offers = 0
states planned (initial), pending, confirmed (final)
signal start
signal accepted(digest: string)

on start: planned -> pending
  set offers = data.offers + 1
on accepted: pending -> confirmed when data.offers > 0
`

let browser: ChromiumPage

const written = (): Promise<string> => browser.page.evaluate(() => (globalThis as unknown as EditorPage).textOfEditor())
const write = (given: string): Promise<void> =>
  browser.page.evaluate((all) => (globalThis as unknown as EditorPage).writeEditor(all), given)
const cursorLine = (): Promise<number> =>
  browser.page.evaluate(() => (globalThis as unknown as EditorPage).cursorOfEditor())
const cursorTo = (position: number): Promise<void> =>
  browser.page.evaluate((at) => (globalThis as unknown as EditorPage).putCursor(at), position)

/** Types lines as a person does: the editor indents them. */
async function type(lines: readonly string[]): Promise<void> {
  const { keyboard } = browser.page
  for (const [index, line] of lines.entries()) {
    if (index > 0) await keyboard.press('Enter')
    await keyboard.type(line)
  }
}

/** The texts that are marked as wrong, with the lines they are in. */
function marks(): Promise<{ line: number; text: string }[]> {
  return browser.page.evaluate(() =>
    Array.from(document.querySelectorAll('.cm-lintRange-error, .cm-lintRange-warning'), (mark) => ({
      line: Array.from(document.querySelectorAll('.cm-line')).indexOf(mark.closest('.cm-line')!) + 1,
      text: mark.textContent,
    })),
  )
}

beforeAll(async () => {
  browser = await openPage()
})

beforeEach(async () => {
  await write('')
  await browser.page.click('.cm-content')
})

afterAll(() => browser.close())

describe('a pattern editor in a page', () => {
  it('marks two mistakes in a pattern that was typed, each in its line, and mends one at a click', async () => {
    await type([
      'model delivery 1.0.0',
      'states planned (initial), pending, confirmed (final)',
      'on start: planned -> pendin',
    ])
    await type(['', 'emit late aftr 15m while pending'])
    await browser.page.keyboard.press('Enter')
    await browser.page.keyboard.press('Backspace')
    await type(['on late: pending -> confirmed '])
    await expect.poll(marks, { timeout: 10_000 }).toEqual([
      { line: 3, text: 'pendin' },
      { line: 4, text: 'aftr' },
    ])
    expect(await browser.page.locator('.cm-lint-marker-error').count()).toBe(2)

    await browser.page.hover('.cm-lintRange-error >> text=aftr')
    await browser.page.click('.cm-diagnosticAction')
    expect((await written()).split('\n')[3]).toBe('  emit late after 15m while pending')
  })

  it('completes a state behind the arrow and a field behind data', async () => {
    await write(`${text}on accepted: planned `)
    await cursorTo(text.length + 'on accepted: planned '.length)
    await browser.page.keyboard.type('-> conf')
    await browser.page.click('.cm-tooltip-autocomplete li >> text=confirmed')
    await expect.poll(written).toMatch(/on accepted: planned -> confirmed$/)
    await browser.page.keyboard.type(' when data.')
    await browser.page.waitForSelector('.cm-tooltip-autocomplete >> text=offers')
    expect(await browser.page.locator('.cm-tooltip-autocomplete li').allTextContents()).toEqual([
      'offersdata offers = 0',
    ])
    await browser.page.keyboard.press('Escape')
  })

  it('begins a new line at Enter behind a name that is written out', async () => {
    await write(text)
    await cursorTo(text.length)
    await browser.page.keyboard.type('on accepted: planned -> pending')
    await browser.page.waitForSelector('.cm-tooltip-autocomplete')
    await browser.page.keyboard.press('Enter')
    expect((await written()).endsWith('-> pending\n  ')).toBe(true)
  })

  it('renames everywhere, and says why it does not', async () => {
    await write(text)
    await cursorTo(text.indexOf('offers + 1') + 2)
    await browser.page.keyboard.press('F2')
    await browser.page.fill('.cm-dialog input', 'count')
    await browser.page.keyboard.press('Enter')
    await expect.poll(written).toBe(text.replaceAll('offers', 'count'))
    await browser.page.keyboard.press('F2')
    await browser.page.fill('.cm-dialog input', 'two words')
    await browser.page.keyboard.press('Enter')
    await browser.page.waitForSelector('.cm-pattern-refusal >> text="two words" is no name')
    await browser.page.keyboard.press('Enter')
    expect(await written()).toBe(text.replaceAll('offers', 'count'))
    await browser.page.keyboard.press('Control+z')
    await expect.poll(written).toBe(text)
  })

  it('goes to the declaration by F12 and by Ctrl-click', async () => {
    await write(text)
    await cursorTo(text.indexOf('pending\n  set') + 2)
    await browser.page.keyboard.press('F12')
    expect(await cursorLine()).toBe(4)
    await browser.page.click('.cm-line >> nth=8 >> .cm-pattern-data >> nth=0', { modifiers: ['Control'] })
    expect(await cursorLine()).toBe(3)
  })

  it('shows what a name means under the pointer', async () => {
    await write(text)
    await browser.page.hover('.cm-line >> nth=9 >> .cm-pattern-data >> nth=0')
    const shown = await browser.page.waitForSelector('.cm-pattern-tip')
    expect(await shown.innerText()).toMatch(/^data offers = 0\s+Declared in line 3/)
  })

  it('formats', async () => {
    await write(text.replace('on start: planned -> pending', 'on   start :planned->pending'))
    await browser.page.keyboard.press('Shift+Alt+F')
    await expect.poll(written).toContain('on start: planned -> pending')
  })

  it('throws no errors into the page', () => {
    expect(browser.errors).toEqual([])
  })
})
