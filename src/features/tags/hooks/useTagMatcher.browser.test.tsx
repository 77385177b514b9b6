import { expect, test } from 'vitest'
import { render } from 'vitest-browser-react'
import type { CatalogSnapshot, CatalogTag } from '../catalog/types.ts'
import { useTagMatcher } from './useTagMatcher.ts'

const tag: CatalogTag = {
  id: '1',
  name: 'Thanksgiving',
  category: 'occasion',
  colour: null,
  isStandard: true,
  usage: 1,
  synonyms: [],
}

function Found({ snapshot, query }: { snapshot: CatalogSnapshot | undefined; query: string }) {
  const matcher = useTagMatcher(snapshot)
  return <p>{matcher?.suggest(query, { limit: 1 })[0]?.tag.name ?? 'nothing'}</p>
}

test('a catalogue is answered from at once, then with typos, and no longer once it is taken away', async () => {
  const snapshot = { version: '1', tags: [tag] }
  const screen = await render(<Found snapshot={snapshot} query="thanks" />)
  expect(screen.container.textContent).toBe('Thanksgiving')
  // Only the index knows typos.
  await screen.rerender(<Found snapshot={snapshot} query="thanksgivng" />)
  await expect.element(screen.getByText('Thanksgiving')).toBeVisible()
  await screen.rerender(<Found snapshot={undefined} query="thanksgivng" />)
  expect(screen.container.textContent).toBe('nothing')
})
