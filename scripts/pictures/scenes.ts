import type { Page } from 'playwright-core'

/** A page as the documents show it. */
export interface Scene {
  name: string
  /** Where it begins. */
  path: string
  /** Of the picture, in CSS pixels; those of a desktop when left out. */
  size?: { width: number; height: number }
  /** Also shown in the dark, to whoever has it so. */
  inTheDark?: true
  /** What is done there first, with whatever makes it ready to be looked at. */
  prepare(page: Page): Promise<unknown>
}

const songs = 'Type the number of songs'
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click()

/** In this order: the plan is decided before the run, and tags are there after it. */
export const scenes: readonly Scene[] = [
  {
    name: 'migration-plan',
    path: '/admin/migration/plan',
    prepare: async (page) => {
      const grid = page.getByRole('grid', { name: 'Themes' })
      await grid.focus()
      for (const key of [
        'a',
        'ArrowDown',
        'ArrowDown',
        'a',
        'ArrowDown',
        'Shift+ArrowDown',
        'Shift+ArrowDown',
      ])
        await page.keyboard.press(key)
      await page.getByText(/^Touches/).waitFor()
    },
  },
  {
    name: 'migration-run',
    path: '/admin/migration',
    prepare: async (page) => {
      await press(page, 'Start with the reviewed plan…')
      await press(page, 'Start with this plan')
      await page.getByText(/songs \(\d+%\)/).waitFor()
    },
  },
  {
    name: 'migration-rollback',
    path: '/admin/migration',
    prepare: async (page) => {
      // The tab that had the function work was left: another one goes on.
      const complete = page.getByRole('heading', { level: 2, name: 'Complete' })
      const goOn = page.getByRole('button', { name: 'Go on' })
      await complete.or(goOn).waitFor()
      if (await goOn.isVisible()) await goOn.click()
      await complete.waitFor({ timeout: 60_000 })
      await press(page, 'Roll back…')
      await page.getByLabel(songs).waitFor()
    },
  },
  {
    name: 'migration-history',
    path: '/admin/migration/history',
    prepare: async (page) => {
      await page.getByRole('searchbox', { name: 'Title or id' }).fill('grace')
      await page.getByRole('listitem').getByRole('button', { name: /grace/i }).first().click()
      await page.getByRole('heading', { name: 'Migrated' }).waitFor()
    },
  },
  {
    name: 'songs',
    path: '/?q=grace',
    size: { width: 1000, height: 640 },
    inTheDark: true,
    prepare: async (page) => {
      await page.getByRole('list', { name: 'Songs' }).getByRole('link').first().waitFor()
      await page.getByRole('group', { name: 'Tags' }).locator('[aria-pressed]').first().waitFor()
    },
  },
  {
    name: 'tags-list',
    path: '/admin/tags?sort=songs&desc=1',
    prepare: async (page) => {
      await page.getByRole('button', { name: 'Songs' }).click()
      await page
        .getByRole('checkbox', { name: /^Choose/ })
        .nth(3)
        .check()
      await page
        .getByRole('checkbox', { name: /^Choose/ })
        .nth(5)
        .check()
    },
  },
  {
    name: 'tag',
    path: '/admin/tags?q=prayer',
    prepare: async (page) => {
      await page.getByRole('link', { name: 'Prayer', exact: true }).click()
      await page.getByRole('heading', { name: 'Its songs with most arrangements' }).waitFor()
    },
  },
]
