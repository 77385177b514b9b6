import { onlineManager } from '@tanstack/react-query'
import { type ComponentType, lazy as lazyOnce } from 'react'

/** A part of the app could not be loaded. Browsers remember that for as long as the page lives: only a new page helps. */
export class PartNotLoaded extends Error {
  override name = 'PartNotLoaded'
}

/**
 * As React's `lazy`, but without a connection it waits for one instead of failing for good.
 * @returns with `preload`, which has the part here before it is wanted; rejects with PartNotLoaded
 */
export function lazy<Props extends object>(load: () => Promise<ComponentType<Props>>) {
  let loading: Promise<{ default: ComponentType<Props> }> | undefined
  const preload = () => {
    loading ??= whenOnline().then(async () => ({ default: await loaded(load) }))
    return loading
  }
  return Object.assign(lazyOnce(preload), { preload })
}

async function loaded<Part>(load: () => Promise<Part>): Promise<Part> {
  try {
    return await load()
  } catch (cause) {
    throw new PartNotLoaded('A part of the app could not be loaded.', { cause })
  }
}

function whenOnline(): Promise<void> {
  if (onlineManager.isOnline()) return Promise.resolve()
  return new Promise((resolve) => {
    const stop = onlineManager.subscribe((online) => {
      if (!online) return
      stop()
      resolve()
    })
  })
}
