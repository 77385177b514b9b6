import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { MemoryRouter } from 'react-router'
import { signedInUserQuery } from '../../../../auth/index.ts'

/** Somebody whom the page knows. */
const admin = {
  id: '0a000000-0000-4000-8000-000000000001',
  email: 'admin@example.org',
  name: 'admin@example.org',
}

/** What was asked before: the answer to it, or the error that it ended with. */
type Answer = readonly [queryKey: readonly unknown[], data: unknown]

/** What a component says at once, without its tags: one space between two of them. Whatever else it asks is on its way. */
export function textOf(shown: ReactNode, answers: readonly Answer[] = [], address = '/'): string {
  const client = new QueryClient({ defaultOptions: { queries: { retryOnMount: false } } })
  client.setQueryData(signedInUserQuery().queryKey, admin)
  for (const [queryKey, data] of answers) {
    if (data instanceof Error)
      client.getQueryCache().build(client, { queryKey }).setState({ status: 'error', error: data })
    else client.setQueryData(queryKey, data)
  }
  const markup = renderToStaticMarkup(
    <QueryClientProvider client={client}>
      <MemoryRouter initialEntries={[address]}>{shown}</MemoryRouter>
    </QueryClientProvider>,
  )
  return markup
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
}
