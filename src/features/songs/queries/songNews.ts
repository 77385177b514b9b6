import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import * as z from 'zod/mini'
import { readListsAnew } from './readListsAnew.ts'
import { songKeys } from './songKeys.ts'

const CHANNEL = 'songbook-songs'
const newsSchema = z.object({ changed: z.string(), by: z.optional(z.string()) })

// A channel hears what another one of the same tab says. Not randomUUID, which only a secure page has.
const thisTab = String(Math.random())

/** Undefined where storage is blocked, and with it the way to other tabs: they see the change when they read again. */
function openChannel(): BroadcastChannel | undefined {
  try {
    return new BroadcastChannel(CHANNEL)
  } catch {
    return undefined
  }
}

/** Says which song has changed, not how: each tab reads it with its own rights. */
export function tellOtherTabs(songId: string): void {
  const channel = openChannel()
  channel?.postMessage({ changed: songId, by: thisTab })
  channel?.close()
}

/** Songs that were changed in another tab are read anew in this one. */
export function useSongNews(): void {
  const queryClient = useQueryClient()
  useEffect(() => {
    const channel = openChannel()
    if (!channel) return
    channel.onmessage = ({ data }: MessageEvent<unknown>) => {
      // Tabs with an older or newer app share the channel.
      const news = newsSchema.safeParse(data)
      if (!news.success || news.data.by === thisTab) return
      void queryClient.invalidateQueries({ queryKey: songKeys.song(news.data.changed) })
      void readListsAnew(queryClient)
    }
    return () => channel.close()
  }, [queryClient])
}
