import { MemoryRouter, useLocation } from 'react-router'
import { expect, test, vi } from 'vitest'
import { render } from 'vitest-browser-react'
import { ErrorBoundary } from '../../components/ErrorBoundary.tsx'
import { ErrorPage } from './ErrorPage.tsx'

function Songs() {
  const { search } = useLocation()
  if (search === '?q=broken') throw new Error('It broke.')
  return <p>The songs</p>
}

test('the way to another search of the page that broke leaves the error behind', async () => {
  // React tells the console of every error, also of one that a boundary catches.
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
  const screen = await render(
    <MemoryRouter initialEntries={['/?q=broken']}>
      <ErrorBoundary fallback={(error, retry) => <ErrorPage error={error} retry={retry} />}>
        <Songs />
      </ErrorBoundary>
    </MemoryRouter>,
  )
  await expect.element(screen.getByRole('heading', { name: 'Something went wrong' })).toBeVisible()
  await screen.getByRole('link', { name: 'Show all songs' }).click()
  await expect.element(screen.getByText('The songs')).toBeVisible()
})
