import * as z from 'zod/mini'
import { openChannel } from '../../../lib/openChannel.ts'

const message = z.union([
  /** Gone: drop it. */
  z.object({ kind: z.literal('invalidated'), keys: z.array(z.string()), tags: z.array(z.string()) }),
  /** There is something newer in IndexedDB. */
  z.object({ kind: z.literal('stored'), key: z.string() }),
  /** Somebody signed out. */
  z.object({ kind: z.literal('purged') }),
])

/** What tabs tell each other: keys and what depends on what, never data. */
export type TabMessage = z.infer<typeof message>

/** The other tabs, as far as the browser lets us reach them. */
export class TabChannel {
  #channel: BroadcastChannel | undefined

  constructor(onMessage: (message: TabMessage) => void) {
    // Without one a tab on its own keeps to its times to live.
    this.#channel = openChannel('songbook-tags')
    if (this.#channel === undefined) return
    this.#channel.onmessage = ({ data }: MessageEvent<unknown>) => {
      const heard = message.safeParse(data)
      if (heard.success) onMessage(heard.data)
    }
  }

  tell(message: TabMessage): void {
    this.#channel?.postMessage(message)
  }

  close(): void {
    this.#channel?.close()
    this.#channel = undefined
  }
}
