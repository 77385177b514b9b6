import { type Link, LostLink } from './link.ts'

/** A link for one task. */
interface HeldLink {
  link: Link
  /** Gives it back; a lost or outdated one is replaced when it is needed. */
  release(): void
}

/** A few connections for many requests, which wait for each other in turn. */
export interface LinkPool {
  /** @throws LostLink when a new connection is needed and there is none to be had */
  hold(): Promise<HeldLink>
  /** From now on hands out links that were opened after this call. */
  renew(): void
  /** Ends every link; whatever waits or comes later is refused. */
  close(): Promise<void>
}

/**
 * @param open opens one link and says when it is lost
 * @param size of links at once
 */
export function openLinkPool(open: (onLost: () => void) => Promise<Link>, size: number): LinkPool {
  /** Whose turn it is next; called when it may look again. */
  const turns: (() => void)[] = []
  const links = new Map<Link, { generation: number; isIdle: boolean }>()
  let opening = 0
  let generation = 0
  let isClosed = false

  const nextTurn = () => turns.shift()?.()
  const discard = (link: Link) => {
    if (links.delete(link)) nextTurn()
    void link.close()
  }
  const openOne = async (): Promise<Link> => {
    opening += 1
    const born = generation
    try {
      let link: Link | undefined
      link = await open(() => {
        if (link !== undefined) links.delete(link)
        nextTurn()
      })
      if (link.isLost()) throw new LostLink('The connection to the database was lost.')
      links.set(link, { generation: born, isIdle: false })
      return link
    } catch (error) {
      nextTurn()
      throw error
    } finally {
      opening -= 1
    }
  }
  const takeIdle = (): Link | undefined => {
    for (const [link, state] of links) {
      if (!state.isIdle) continue
      state.isIdle = false
      return link
    }
    return undefined
  }
  const release = (link: Link) => {
    const state = links.get(link)
    if (state === undefined) return
    if (isClosed || state.generation !== generation) return discard(link)
    state.isIdle = true
    nextTurn()
  }
  return {
    hold: async () => {
      for (;;) {
        if (isClosed) throw new LostLink('The connections to the database are closed.')
        const link = takeIdle() ?? (links.size + opening < size ? await openOne() : undefined)
        if (link !== undefined && isClosed) discard(link)
        else if (link !== undefined) return { link, release: () => release(link) }
        else await new Promise<void>((resolve) => turns.push(resolve))
      }
    },
    renew: () => {
      generation += 1
      for (const [link, { isIdle }] of links) if (isIdle) discard(link)
    },
    close: async () => {
      isClosed = true
      for (const turn of turns.splice(0)) turn()
      await Promise.all(Array.from(links.keys(), (link) => link.close()))
    },
  }
}
