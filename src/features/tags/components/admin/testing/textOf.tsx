import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { MemoryRouter } from 'react-router'
import { signedInUserQuery } from '../../../../auth/index.ts'

/** Somebody whom the page knows. */
const admin = { id: '0a000000-0000-4000-8000-000000000001', email: 'admin@example.org' }

type Answer = readonly [queryKey: readonly unknown[], data: unknown]

/** What a component says at once, without its tags: one space between two of them. @param answers what was asked before */
export function textOf(shown: ReactNode, answers: readonly Answer[] = []): string {
  const client = new QueryClient()
  for (const [key, data] of [[signedInUserQuery().queryKey, admin] as Answer, ...answers])
    client.setQueryData(key, data)
  const markup = renderToStaticMarkup(
    <QueryClientProvider client={client}>
      <MemoryRouter>{shown}</MemoryRouter>
    </QueryClientProvider>,
  )
  return markup
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
}
