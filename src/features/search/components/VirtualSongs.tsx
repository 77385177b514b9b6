import {
  defaultRangeExtractor,
  type Range,
  useWindowVirtualizer,
  type VirtualItem,
} from '@tanstack/react-virtual'
import { useCallback, useLayoutEffect, useRef, useState } from 'react'
import { letterAt } from '../songRows.ts'
import styles from './SongList.module.css'
import { SongRow } from './SongRow.tsx'
import type { SongListProps } from './songListProps.ts'

/** px; what a row is before it is measured. */
const ROW = 112
/** Rows drawn above and below the window: the arrow keys move among them. */
const OVERSCAN = 12
/** So few are all drawn: the browser's own search in the page finds them. */
const ALL_DRAWN = 100
/** px of header and search that lie over the top of the page. */
const COVERED = 136

type Props = SongListProps & {
  hasMore: boolean
  /** The next songs are on their way, or could not be read. */
  isPaused: boolean
  onMore: () => unknown
}

/** Rows' heights by the list's address: going back leads to the same place, which is a height from the top. */
const measured = new Map<string, VirtualItem[]>()

/** The songs, of which only those near the window are in the page. */
export function VirtualSongs(props: Props) {
  const { songs, total, letters, rangesOf, list, stale, onOpen, hasMore, isPaused, onMore } = props
  const root = useRef<HTMLOListElement>(null)
  const [top, setTop] = useState(0)
  const [focused, setFocused] = useState<number | null>(null)
  const drawAll = songs.length <= ALL_DRAWN && !hasMore

  const rangeExtractor = useCallback(
    (range: Range) => {
      const drawn = defaultRangeExtractor(range)
      // Taken out of the page, a row would lose the focus.
      if (focused === null || focused >= songs.length || drawn.includes(focused)) return drawn
      return [...drawn, focused].sort((a, b) => a - b)
    },
    [focused, songs.length],
  )
  const virtualizer = useWindowVirtualizer<HTMLLIElement>({
    count: songs.length,
    estimateSize: () => ROW,
    getItemKey: (index) => songs[index]?.id ?? index,
    overscan: drawAll ? ALL_DRAWN : OVERSCAN,
    scrollMargin: top,
    scrollPaddingStart: COVERED,
    rangeExtractor,
    initialMeasurementsCache: measured.get(list) ?? [],
  })
  const items = virtualizer.getVirtualItems()
  const last = items.at(-1)?.index ?? 0

  useLayoutEffect(() => {
    // What stands above the list grows and shrinks with the filters.
    const element = root.current
    if (element) setTop(Math.round(element.getBoundingClientRect().top + window.scrollY))
  })

  useLayoutEffect(() => {
    return () => {
      measured.delete(list)
      measured.set(list, virtualizer.takeSnapshot())
      const [oldest] = measured.keys()
      if (measured.size > 20 && oldest !== undefined) measured.delete(oldest)
    }
  }, [list, virtualizer])

  const isNearEnd = hasMore && !isPaused && last >= songs.length - 2 * OVERSCAN
  useLayoutEffect(() => {
    if (isNearEnd) void onMore()
  }, [isNearEnd, onMore])

  return (
    <ol
      className={`plain-list ${styles.list} ${styles.virtual}`}
      aria-label="Songs"
      aria-busy={stale}
      ref={root}
      style={{ height: virtualizer.getTotalSize() }}
      onFocus={({ target }) => setFocused(indexOf(target))}
      onBlur={() => setFocused(null)}
    >
      {items.map(({ index, key, start }) => {
        const song = songs[index]
        return (
          song && (
            <SongRow
              key={key}
              ref={virtualizer.measureElement}
              song={song}
              letter={letters ? letterAt(songs, index) : null}
              rangesOf={rangesOf}
              list={list}
              place={index}
              total={total}
              onOpen={onOpen}
              offset={start - top}
            />
          )
        )
      })}
    </ol>
  )
}

function indexOf(element: Element): number | null {
  const index = element.closest('li[data-index]')?.getAttribute('data-index')
  return index == null ? null : Number(index)
}
