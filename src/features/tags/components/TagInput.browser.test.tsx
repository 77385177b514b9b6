import '../../../app/styles/tokens.css'
import '../../../app/styles/base.css'

import { onlineManager, QueryClientProvider } from '@tanstack/react-query'
import { useState } from 'react'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { cdp, page, userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import { createQueryClient } from '../../../lib/queryClient.ts'
import type { CatalogSnapshot, CatalogTag } from '../catalog/types.ts'
import { catalogQuery } from '../queries/catalog.ts'
import type { ChosenTag } from '../types.ts'
import { TagInput } from './TagInput.tsx'
import { configurePage } from './testing/configurePage.ts'

function tag(name: string, usage: number, rest: Partial<CatalogTag> = {}): CatalogTag {
  return { id: name, name, category: 'theme', colour: null, isStandard: true, usage, synonyms: [], ...rest }
}

const tags = [
  tag('Grace', 40),
  tag('Gratitude', 12, { synonyms: ['Gratefulness'] }),
  tag('Christmas', 30, { category: 'occasion', synonyms: ['Xmas'] }),
  tag('Thanksgiving', 20, { category: 'occasion' }),
  tag('창세기', 2),
  tag('Nobody has it', 0),
]

configurePage()

let chosen: readonly ChosenTag[]

function Field({ start }: { start: readonly ChosenTag[] }) {
  const [value, setValue] = useState(start)
  const [text, setText] = useState('')
  chosen = value
  return <TagInput label="Tags" value={value} onChange={setValue} text={text} onTextChange={setText} />
}

type Shown = {
  start?: readonly ChosenTag[]
  /** What the device has already; undefined for nothing. */
  catalogue?: CatalogSnapshot
  /** What the server says to every question. */
  answer?: typeof fetch
  onSubmit?: () => void
}

async function show(shown: Shown = {}) {
  const { start = [], answer, onSubmit = () => undefined } = shown
  const catalogue = shown.catalogue ?? (answer ? undefined : { version: '1', tags })
  vi.stubGlobal('fetch', answer ?? (async () => Response.json([])))
  const queryClient = createQueryClient()
  if (catalogue) queryClient.setQueryData(catalogQuery().queryKey, catalogue)
  await render(
    <QueryClientProvider client={queryClient}>
      <form onSubmit={onSubmit}>
        <Field start={start} />
        <button type="submit">Save</button>
      </form>
    </QueryClientProvider>,
  )
  await expect.element(field).toBeInTheDocument()
  // The index is built while the browser is idle.
  if (catalogue) await expect.poll(() => document.querySelector('[data-catalogue="ready"]')).not.toBeNull()
}

const field = page.getByRole('combobox', { name: 'Tags' })
const row = (name: string | RegExp) => page.getByRole('option', { name })
const rows = () =>
  page
    .getByRole('option')
    .elements()
    .map((element) => element.textContent)
const names = () => chosen.map(({ name }) => name)
const of = (...list: string[]): ChosenTag[] => list.map((name) => ({ id: name, name, category: 'theme' }))
const value = () => (field.element() as HTMLInputElement).value

beforeEach(() => {
  chosen = []
})

test('an empty field offers the most used tags that are not chosen yet', async () => {
  await show({ start: of('Grace') })
  await field.click()
  await expect.element(page.getByText('Used most')).toBeVisible()
  expect(rows()).toEqual([
    'Christmas, occasion, 30 songs',
    'Thanksgiving, occasion, 20 songs',
    'Gratitude, theme, 12 songs',
    '창세기, theme, 2 songs',
  ])
})

describe('by keyboard', () => {
  test('typing finds, says why, and Enter takes the first', async () => {
    await show()
    await field.click()
    await userEvent.keyboard('xm')
    await expect.element(row(/Christmas matched Xmas/)).toBeVisible()
    await userEvent.keyboard('{Enter}')
    expect(names()).toEqual(['Christmas'])
    expect(value()).toBe('')
    await userEvent.keyboard('gra{ArrowDown}{Enter}')
    expect(names()).toEqual(['Christmas', 'Gratitude'])
  })

  test('Backspace, and the arrows among the chips, take tags away', async () => {
    await show({ start: of('Grace', 'Gratitude', 'Christmas') })
    await field.click()
    await userEvent.keyboard('{Backspace}')
    expect(names()).toEqual(['Grace', 'Gratitude'])
    await userEvent.keyboard('{ArrowLeft}{ArrowLeft}{Delete}')
    expect(names()).toEqual(['Gratitude'])
    await expect.element(page.getByText('Removed Grace.')).toBeInTheDocument()
  })

  test('Escape closes the list, then empties the text, and never takes a tag away', async () => {
    await show({ start: of('Grace') })
    await field.click()
    await userEvent.keyboard('chr')
    await expect.element(row(/Christmas/)).toBeVisible()
    await userEvent.keyboard('{Escape}')
    await expect.element(page.getByRole('listbox')).not.toBeInTheDocument()
    expect(value()).toBe('chr')
    await userEvent.keyboard('{Escape}')
    expect(value()).toBe('')
    await userEvent.keyboard('{Escape}')
    expect(names()).toEqual(['Grace'])
  })

  test('Enter never sends the form', async () => {
    let sent = 0
    await show({ onSubmit: () => sent++ })
    await field.click()
    await userEvent.keyboard('{Enter}{Escape}{Enter}grace{Enter}{Enter}')
    expect(names()).toEqual(['Grace'])
    expect(sent).toBe(0)
  })

  test('nothing is highlighted once a tag was chosen, so that Enter again chooses nothing', async () => {
    await show()
    await field.click()
    await userEvent.keyboard('grat')
    await expect.element(row(/Gratitude/)).toBeVisible()
    await userEvent.keyboard('{Enter}')
    await expect.element(field).not.toHaveAttribute('aria-activedescendant')
    await userEvent.keyboard('{Enter}{Enter}{Escape}')
    await expect.element(page.getByRole('listbox')).not.toBeInTheDocument()
    await userEvent.keyboard('{Escape}{Enter}')
    expect(names()).toEqual(['Gratitude'])
    await expect.element(field).not.toHaveAttribute('aria-activedescendant')
  })

  test('text that is no tag yet stays when the field is left', async () => {
    await show()
    await field.click()
    await userEvent.keyboard('half{Tab}')
    await expect.element(page.getByRole('listbox')).not.toBeInTheDocument()
    expect(value()).toBe('half')
  })
})

describe('a new tag', () => {
  test('is offered below what fits, and made by its name', async () => {
    await show()
    await field.click()
    await userEvent.keyboard('Gra')
    await expect.element(row('Create “Gra”')).toBeVisible()
    await userEvent.keyboard('veside{Enter}')
    expect(chosen).toEqual([{ id: null, name: 'Graveside', category: 'theme' }])
  })

  test('that is nearly one that exists makes the field ask for that one', async () => {
    await show()
    // At once: eleven keys take two seconds, and what one does others show.
    await field.fill('Thanksgivng')
    await expect.element(row(/Did you mean Thanksgiving\?/)).toBeVisible()
    expect(rows().at(-1)).toBe('Create “Thanksgivng” anyway')
    await userEvent.keyboard('{Enter}')
    expect(names()).toEqual(['Thanksgiving'])
  })

  test('of a name that is too long is refused in words', async () => {
    await show()
    await field.fill('x'.repeat(51))
    await expect
      .element(page.getByRole('dialog').or(page.getByText(/50 letters at most/).first()))
      .toBeVisible()
  })
})

describe('several at once', () => {
  test('a paste is split: known names become tags, the others wait in the field', async () => {
    await show()
    await field.click()
    await pasteText('grace, XMAS; Lament\nNew one')
    expect(names()).toEqual(['Grace', 'Christmas'])
    expect(value()).toBe('Lament, New one')
    await expect.element(row('Create “Lament”')).toBeVisible()
    await userEvent.keyboard('{ArrowDown}{Enter}')
    expect(names()).toEqual(['Grace', 'Christmas', 'Lament'])
    expect(value()).toBe('New one')
  })

  test('a paste takes the place of what is selected', async () => {
    await show()
    await field.fill('Hymn of')
    const input = field.element() as HTMLInputElement
    input.setSelectionRange(0, 4)
    await pasteText('grace, Psalm')
    expect(names()).toEqual(['Grace'])
    expect(value()).toBe('Psalm of')
  })

  test('a comma ends a known name', async () => {
    await show()
    await field.click()
    await userEvent.keyboard('grace,xmas,')
    expect(names()).toEqual(['Grace', 'Christmas'])
    expect(value()).toBe('')
  })

  test('ten are the most, and the field says so', async () => {
    const nine = of('1', '2', '3', '4', '5', '6', '7', '8', '9')
    await show({ start: nine })
    await field.click()
    await pasteText('grace, xmas')
    expect(names()).toHaveLength(10)
    await expect.element(page.getByText(/Ten tags are the most/)).toBeVisible()
    await expect.element(page.getByText(/1 tag left out/)).toBeInTheDocument()
    expect(value()).toBe('Christmas')
    await userEvent.keyboard('hope')
    await expect.element(page.getByRole('listbox')).not.toBeInTheDocument()
    expect(names()).toHaveLength(10)
  })
})

test('a tag picked with the mouse while an input method composes leaves no text behind', async () => {
  await show()
  await field.click()
  await cdp().send('Input.imeSetComposition', { text: '창', selectionStart: 1, selectionEnd: 1 })
  expect(value()).toBe('창')
  await expect.element(row(/Grace/)).toBeVisible()
  await row(/Grace/).click()
  expect(names()).toEqual(['Grace'])
  expect(value()).toBe('')
  await cdp().send('Input.insertText', { text: '창세' })
  await row(/창세기/).click()
  expect(names()).toEqual(['Grace', '창세기'])
  expect(value()).toBe('')
})

test('Enter that ends a composition chooses nothing', async () => {
  await show()
  await field.click()
  await cdp().send('Input.imeSetComposition', { text: '창', selectionStart: 1, selectionEnd: 1 })
  await cdp().send('Input.dispatchKeyEvent', {
    type: 'rawKeyDown',
    key: 'Process',
    windowsVirtualKeyCode: 229,
  })
  expect(names()).toEqual([])
  await cdp().send('Input.insertText', { text: '창' })
  await expect.element(row(/창세기/)).toBeVisible()
  expect(names()).toEqual([])
})

describe('without a catalogue', () => {
  afterEach(() => onlineManager.setOnline(true))

  test('the list says that it is loading, and a tag can be added by its name', async () => {
    await show({ answer: () => new Promise(() => undefined) })
    await field.click()
    await expect.element(page.getByText('Loading the tags…').first()).toBeVisible()
    await userEvent.keyboard('Way{Enter}')
    expect(chosen).toEqual([{ id: null, name: 'Way', category: 'theme' }])
  })

  test('a server in trouble is said, with a way to try again', async () => {
    let asked = 0
    await show({
      answer: async () => {
        asked++
        return Response.json({ code: 'X', message: 'no' }, { status: 400 })
      },
    })
    await expect.element(page.getByText(/could not be read/).first()).toBeVisible()
    await page.getByRole('button', { name: 'Try again' }).click()
    await expect.poll(() => asked).toBe(2)
    await field.click()
    await userEvent.keyboard('Way')
    await expect.element(row('Add “Way”')).toBeVisible()
  })

  test('offline it says so instead of asking', async () => {
    onlineManager.setOnline(false)
    await show({ answer: () => Promise.reject(new TypeError('asked')) })
    await field.click()
    await expect.element(page.getByText(/You are offline/).first()).toBeVisible()
  })
})

test('too many tags to have here: the server suggests, and an answer serves its longer queries', async () => {
  const asked: unknown[] = []
  await show({
    catalogue: { version: '1', partial: true, tags },
    answer: async (_url, init) => {
      asked.push(JSON.parse(String(init?.body)).p_query)
      const found = [{ tag: tag('Graveside', 1), kind: 'prefix', via: null }]
      return Response.json({ complete: true, suggestions: found })
    },
  })
  await field.click()
  await userEvent.keyboard('gr')
  await expect.element(row(/Graveside/)).toBeVisible()
  await userEvent.keyboard('ave')
  await expect.element(row('Create “grave”')).toBeVisible()
  // The second key may come before the first answer.
  expect(asked.every((query) => String(query).length <= 2)).toBe(true)
  await userEvent.keyboard('{Enter}')
  expect(names()).toEqual(['Graveside'])
})

test('rows of an earlier answer that do not fit any more are gone at once, and nothing is made before the server has answered', async () => {
  const answer = Promise.withResolvers<Response>()
  const suggestions = (name: string, kind: string) =>
    Response.json({ complete: false, suggestions: [{ tag: tag(name, 1), kind, via: null }] })
  await show({
    catalogue: { version: '1', partial: true, tags },
    answer: async (_url, init) => {
      if (!String(init?.body).includes('p_query')) return Response.json([])
      const { p_query: asked } = JSON.parse(String(init?.body))
      return 'praise'.startsWith(asked) ? suggestions('Praise', 'prefix') : answer.promise
    },
  })
  await field.click()
  await userEvent.keyboard('prai')
  await expect.element(row(/^Praise/)).toBeVisible()
  await field.fill('lentt')
  await expect.element(page.getByRole('option')).not.toBeInTheDocument()
  await userEvent.keyboard('{Enter}')
  expect(names()).toEqual([])
  answer.resolve(suggestions('Lent', 'typo'))
  await expect.element(row(/Did you mean Lent\?/)).toBeVisible()
})

test('the targets are as large as a finger', async () => {
  await show({ start: of('Grace') })
  await field.click()
  const height = (element: Element) => element.getBoundingClientRect().height
  expect(
    page
      .getByRole('option')
      .elements()
      .map(height)
      .every((one) => one >= 44),
  ).toBe(true)
  expect(height(page.getByRole('toolbar').element())).toBeGreaterThanOrEqual(44)
})

/** What the keyboard shortcut does, without the clipboard that headless browsers keep from pages. */
async function pasteText(text: string): Promise<void> {
  const clipboardData = new DataTransfer()
  clipboardData.setData('text', text)
  field
    .element()
    .dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  await expect.element(field).toBeInTheDocument()
}
