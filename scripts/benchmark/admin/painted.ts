import type { Page } from 'playwright-core'

/**
 * The source of a function that says what a page shows: `() => { isReady: boolean; shown: string }`. It is ready when nothing
 * is on its way; the text is another one after any change.
 */
export type Look = string

/** Longer than anything that an admin would wait for: a deed that changed nothing must not hang. */
const LONGEST_MS = 30_000

/**
 * @returns ms from the deed's own event to the task after the frame that shows what it led to
 * @throws Error when it led to nothing
 */
export async function painted(page: Page, look: Look, deed: () => Promise<unknown>): Promise<number> {
  // As text: the page's policy lets no function be made of one, and the debugger may. Before the deed, which would
  // overtake it; and not the promise itself, which would be waited for.
  await page.evaluate(`{ globalThis.painted = new Promise((resolve, reject) => {
    const look = ${look}
    const before = look().shown
    const asked = performance.now()
    let begin = 0
    const start = (event) => { begin ||= event.timeStamp }
    for (const kind of ['click', 'change', 'keydown']) addEventListener(kind, start, { capture: true, once: true })
    const frame = () => {
      const { isReady, shown } = look()
      if (begin > 0 && isReady && shown !== before) {
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = () => resolve(performance.now() - begin)
        port2.postMessage(null)
      } else if (performance.now() - asked > ${LONGEST_MS}) reject(new Error('Nothing changed: ' + shown))
      else requestAnimationFrame(frame)
    }
    requestAnimationFrame(frame)
  }); undefined }`)
  await deed()
  return Number(await page.evaluate('globalThis.painted'))
}
