import '../../../../../../app/styles/tokens.css'
import '../../../../../../app/styles/base.css'

import { QueryClientProvider } from '@tanstack/react-query'
import { MemoryRouter } from 'react-router'
import { beforeEach, expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import { foldName } from '../../../../../../lib/folding.ts'
import { createQueryClient } from '../../../../../../lib/queryClient.ts'
import type { PlanEntry } from '../../../../migration/types.ts'
import { keepDecisions } from '../../../../queries/migration/keptDecisions.ts'
import type { MadePlan } from '../../../../queries/migration/madePlan.ts'
import { usePlanDraft } from '../../../../queries/migration/planDraft.ts'
import { configurePage } from '../../../testing/configurePage.ts'
import { PlanReview } from './PlanReview.tsx'

configurePage()

function entry(rawTheme: string, more: Partial<PlanEntry> = {}): PlanEntry {
  const made = {
    disposition: 'custom',
    tag: rawTheme,
    category: 'theme',
    reason: 'new',
    confidence: 1,
  } as const
  return { rawTheme, ...made, songs: 1, proposal: null, accept: false, ...more }
}

const proposed = { disposition: 'fuzzy', reason: '1 letter', confidence: 0.9, songs: 50 } as const
const entries = [
  entry('Pryaer', { ...proposed, proposal: ['Prayer'] }),
  entry(' ', { disposition: 'blank', tag: null, category: null, songs: 40 }),
  ...Array.from({ length: 30 }, (_, n) => entry(`Theme ${n}`, { songs: 30 - n })),
]
const made: MadePlan = {
  plan: { source: '0'.repeat(64), entries },
  survey: {
    songs: 100,
    songsWithThemes: 90,
    songsAlreadyDone: 0,
    mentions: 120,
    bytes: 1000,
    themes: new Map(entries.map(({ rawTheme, songs }) => [rawTheme, songs])),
    durationMs: 1,
  },
  known: new Map([[foldName('Prayer'), 'Prayer']]),
}

const songs = {
  last: null,
  songs: 2,
  samples: [{ id: '1', title: 'Abide', themes: ['Pryaer', null], tags: ['Hope'] }],
}

function Page() {
  return usePlanDraft().isRead ? <PlanReview made={made} /> : null
}

beforeEach(async () => {
  // No edge function is deployed; the database answers which songs a theme touches.
  vi.stubGlobal('fetch', async (input: RequestInfo | URL) =>
    String(input).includes('functions') ? new Response('', { status: 404 }) : Response.json(songs),
  )
  await page.viewport(1000, 800)
  const client = createQueryClient()
  // What the last test took back may still be waiting to be stored.
  await new Promise<void>((resolve) => keepDecisions(client, new Map(), resolve))
  await render(
    <QueryClientProvider client={client}>
      <MemoryRouter>
        <Page />
      </MemoryRouter>
    </QueryClientProvider>,
  )
  await expect.element(grid).toBeInTheDocument()
})

const grid = page.getByRole('grid', { name: 'Themes' })
const said = (text: string) => expect.element(page.getByText(text, { exact: true })).toBeInTheDocument()
const heading = (name: string) =>
  expect.element(page.getByRole('heading', { name, exact: true })).toBeInTheDocument()
const row = (theme: string) => page.getByText(`“${theme}”`, { exact: true })
const active = () =>
  document
    .getElementById(grid.element().getAttribute('aria-activedescendant') ?? '')
    ?.querySelector('td:nth-child(2)')?.textContent
const press = (keys: string) => userEvent.keyboard(keys)

test('keys walk by rows and pages, and do what the row can have done to it', async () => {
  ;(grid.element() as HTMLElement).focus()
  await expect.poll(active).toBe('“Pryaer”')
  await said('Touches 2 songs.')
  await said('→ Hope · Pryaer')
  await press('{ArrowUp}')
  expect(active()).toBe('“Pryaer”')
  await press('{ArrowDown}')
  expect(active()).toBe('“ ”')
  await heading('“ ” → no tag')
  // What is blank becomes no tag, whatever is pressed.
  await press('{Enter}r')
  expect(document.querySelector('dialog')).toBeNull()
  await press('a')
  await said('Nothing to decide there.')
  await press('z')
  await said('There is nothing to undo.')
  await press('{PageDown}')
  const below = Number(/\d+/.exec(active() ?? '')?.[0])
  expect(below).toBeGreaterThan(3)
  await press('{PageUp}')
  expect(active()).toBe('“ ”')
  await press('{End}')
  expect(active()).toBe('“Theme 29”')
  await press('{Home}')
  expect(active()).toBe('“Pryaer”')
  // Neither a browser's own keys nor any other letter decide anything.
  await press('{Alt>}a{/Alt}x')
  await said('1 to review')
  await press('k')
  await said('Kept as tags of their own: 1 theme.')
  await heading('“Pryaer” → Pryaer')
  await press('z')
  await said('1 to review')
})

test('the space bar and the pointer choose one by one, a stretch, or none', async () => {
  ;(grid.element() as HTMLElement).focus()
  await press(' {ArrowDown}{ArrowDown} ')
  await heading('2 themes chosen')
  await press(' ')
  await heading('“Pryaer” → Prayer?')
  await press('{Escape}')
  await row('Theme 2').click()
  await expect.poll(active).toBe('“Theme 2”')
  await row('Theme 5').click({ modifiers: ['Shift'] })
  await heading('4 themes chosen')
  await row('Theme 3').click({ modifiers: ['Control'] })
  await heading('3 themes chosen')
  // Another button opens the browser's menu, and a heading is no row.
  await row('Theme 9').click({ button: 'right' })
  await page.getByRole('columnheader', { name: 'Becomes' }).click()
  await heading('3 themes chosen')
  await page.getByRole('searchbox', { name: 'Find a theme or tag' }).fill('nothing like that')
  await said('No theme is like that. Show all of them again.')
})

test('a name that cannot be one is refused with its reason, and several become one tag', async () => {
  ;(grid.element() as HTMLElement).focus()
  await press('e')
  const names = page.getByRole('textbox', { name: 'Tags, several with + between them' })
  await expect.element(names).toHaveValue('Prayer')
  await names.fill(' ')
  await press('{Enter}')
  await said('A tag needs a name.')
  await names.fill(Array.from({ length: 11 }, (_, n) => `Tag ${n}`).join('+'))
  await press('{Enter}')
  await said('A theme becomes 10 tags at most.')
  await names.fill('PRAYER + Praise')
  await said('Prayer (known) + Praise (new)')
  await page.getByRole('button', { name: 'Leave it' }).click()
  await said('1 to review')

  await press('{Control>}a{/Control}e')
  await expect
    .element(page.getByText('Of 32 themes. With several tags a song gets all of them.'))
    .toBeVisible()
  await names.fill('PRAYER')
  await press('{Enter}')
  // All but the blank one.
  await said('Changed: 31 themes.')
  await said('32 themes → 1 tag')
  await press('{Control>}z{/Control}')
  await said('32 themes → 31 tags')
  await press('c')
  const category = page.getByRole('combobox', { name: 'Category of a new tag' })
  await expect.element(category).toHaveFocus()
  await category.selectOptions('mood')
  await expect.element(category).toHaveValue('mood')
  // Where no edge function is deployed, the plan goes to a terminal as a file.
  await expect
    .element(page.getByRole('code'))
    .toHaveTextContent('npm run migrate -- --plan migration-plan.json')
})
