import type { Breadcrumb } from '@sentry/react'
import { scrubAddress } from './scrubAddress.ts'
import { scrubLabel } from './scrubLabel.ts'
import { scrubText } from './scrubText.ts'

/** What happened before an error: which element, which call, which page; never with what words. */
export function scrubBreadcrumb({ type, category, level, timestamp, message, data }: Breadcrumb): Breadcrumb {
  const kept: Breadcrumb = {
    ...(type !== undefined && { type }),
    ...(category !== undefined && { category }),
    ...(level !== undefined && { level }),
    ...(timestamp !== undefined && { timestamp }),
  }
  if (category?.startsWith('ui.')) return { ...kept, message: scrubLabel(message ?? '') }
  // Whatever the app or a library logs is made for the eyes of whoever sits there.
  if (category === 'console') return kept
  const { method, url, status_code, from, to }: Record<string, unknown> = data ?? {}
  const known = {
    ...(typeof method === 'string' && { method }),
    ...(typeof status_code === 'number' && { status_code }),
    ...(typeof url === 'string' && { url: scrubAddress(url) }),
    ...(typeof from === 'string' && { from: scrubAddress(from) }),
    ...(typeof to === 'string' && { to: scrubAddress(to) }),
  }
  return {
    ...kept,
    ...(message !== undefined && { message: scrubText(message) }),
    ...(Object.keys(known).length > 0 && { data: known }),
  }
}
