import axe from 'axe-core'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/** What axe finds wrong, by rule. */
export interface AxeFault {
  readonly id: string
  readonly help: string
  /** The elements, as they begin. */
  readonly where: readonly string[]
}

/**
 * What axe finds wrong on the page as it is shown now: WCAG 2.2 A and AA, and its best practices.
 * @param only these rules; absent = all
 */
export async function axeFaults(page: Page, only?: readonly string[]): Promise<readonly AxeFault[]> {
  // Half a megabyte, which a page that is not left has already.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source)
  return page.evaluate(async (rules) => {
    const { violations } = await (window as unknown as { axe: typeof axe }).axe.run(document, {
      // Nobody reads of what passed, nor selectors.
      resultTypes: ['violations'],
      selectors: false,
      ...(rules && { runOnly: { type: 'rule', values: [...rules] } }),
    })
    return violations.map(({ id, help, nodes }) => ({ id, help, where: nodes.map(({ html }) => html.slice(0, 200)) }))
  }, only)
}

/** Nothing that axe finds wrong. */
export async function expectAccessible(page: Page): Promise<void> {
  expect(await axeFaults(page)).toEqual([])
}
