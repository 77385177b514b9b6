import { MemoryRouter } from 'react-router'
import { expect, test } from 'vitest'
import { render } from 'vitest-browser-react'
import { useScrollMemory } from './useScrollMemory.ts'

function TallPage() {
  useScrollMemory()
  return <p style={{ height: 5000 }}>A page</p>
}

const visit = (address: string) =>
  render(
    <MemoryRouter initialEntries={[address]}>
      <TallPage />
    </MemoryRouter>,
  )

test('a page that is opened by its address starts at its top, and one that is loaded again where it was', async () => {
  const first = await visit('/songs/1')
  window.scrollTo(0, 300)
  await new Promise((resolve) => window.addEventListener('scrollend', resolve, { once: true }))
  await first.unmount()
  const second = await visit('/?q=grace')
  expect(window.scrollY).toBe(0)
  await second.unmount()
  await visit('/songs/1')
  expect(window.scrollY).toBe(300)
})
