import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import * as z from 'zod/mini'
import { songKeys } from './songKeys.ts'

const CHANNEL = 'songbook-songs'
const newsSchema = z.object({ changed: z.string(), by: z.optional(z.string()) })

// A channel hears what another one of the same tab says.
const thisTab = crypto.randomUUID()

/** Says which song has changed, not how: each tab reads it with its own rights. */
export function tellOtherTabs(songId: string): void {
  const channel = new BroadcastChannel(CHANNEL)
  channel.postMessage({ changed: songId, by: thisTab })
  channel.close()
}

/** Songs that were changed in another tab are read anew in this one. */
export function useSongNews(): void {
  const queryClient = useQueryClient()
  useEffect(() => {
    const channel = new BroadcastChannel(CHANNEL)
    channel.onmessage = ({ data }: MessageEvent<unknown>) => {
      // Tabs with an older or newer app share the channel.
      const news = newsSchema.safeParse(data)
      if (!news.success || news.data.by === thisTab) return
      void queryClient.invalidateQueries({ queryKey: songKeys.song(news.data.changed) })
      void queryClient.invalidateQueries({ queryKey: songKeys.lists() })
    }
    return () => channel.close()
  }, [queryClient])
}
