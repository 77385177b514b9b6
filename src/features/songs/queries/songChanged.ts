import type { QueryClient } from '@tanstack/react-query'
import { addToCatalog } from '../../tags/index.ts'
import type { EditedSong } from '../services/editSong.ts'
import type { SongFields } from '../types.ts'
import { readListsAnew } from './readListsAnew.ts'
import { songQuery } from './song.ts'
import { songKeys } from './songKeys.ts'
import { tellOtherTabs } from './songNews.ts'

/** What follows from an edit that the server has accepted: the song's page, the lists and the tags learn of it. */
export async function songChanged(
  queryClient: QueryClient,
  id: string,
  { version, tags }: EditedSong,
  { fields = {}, newTags }: { fields?: Partial<SongFields>; newTags: boolean },
): Promise<void> {
  const { queryKey } = songQuery(id)
  // A read under way may have left before this edit: it would put back what was, and the next edit would be sent with
  // a version that is over.
  await queryClient.cancelQueries({ queryKey, exact: true })
  queryClient.setQueryData(
    queryKey,
    (song) => song && (song.version > version ? song : { ...song, ...fields, version, tags }),
  )
  // What that read was to bring, and what the database has made of the themes.
  void queryClient.invalidateQueries({ queryKey: songKeys.song(id) })
  tellOtherTabs(id)
  void readListsAnew(queryClient)
  // Without it the catalogue learns of them a minute later.
  if (newTags) void addToCatalog(queryClient, tags).catch(() => undefined)
}
