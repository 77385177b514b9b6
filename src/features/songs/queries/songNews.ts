import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import * as z from 'zod/mini'
import { openChannel } from '../../../lib/openChannel.ts'
import { readListsAnew } from './readListsAnew.ts'
import { songKeys } from './songKeys.ts'

const CHANNEL = 'songbook-songs'
const newsSchema = z.object({ changed: z.string(), by: z.optional(z.string()) })

// A channel hears what another one of the same tab says. Not randomUUID, which only a secure page has.
const thisTab = String(Math.random())

/** Says which song has changed, not how: each tab reads it with its own rights, the latest when it reads again. */
export function tellOtherTabs(songId: string): void {
  const channel = openChannel(CHANNEL)
  channel?.postMessage({ changed: songId, by: thisTab })
  channel?.close()
}

/** Songs that were changed in another tab are read anew in this one. */
export function useSongNews(): void {
  const queryClient = useQueryClient()
  useEffect(() => {
    const channel = openChannel(CHANNEL)
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
