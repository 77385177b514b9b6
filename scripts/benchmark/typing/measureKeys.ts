import type { Locator, Page } from 'playwright-core'

/** Prefixes, words inside, misspellings, synonyms and what is no tag at all; each is typed letter by letter. */
const TYPED = [
  'thanksgiving',
  'thanksgivng',
  'praise and wor',
  'xmas',
  'holy spirit',
  'resurecti',
  'communion',
  'faithfulness',
  'grcae',
  'second coming',
  'evening pra',
  'entirely new',
]

interface Painted {
  /** ms from the key press until the frame after it was handed on. */
  ms: number
  /** Rows that it showed. */
  rows: number
}

/** Types everything once. @returns what each letter took, in ms @throws Error when no suggestions were shown */
export async function measureKeys(page: Page, field: Locator, { isTagField }: { isTagField: boolean }) {
  const samples: Painted[] = []
  await watchKeys(page)
  for (const word of TYPED) {
    await field.fill('')
    for (const letter of word) {
      // Waited for in the page, without polling: that would draw frames of its own.
      const painted = nextPainted(page)
      await page.keyboard.press(letter === ' ' ? 'Space' : letter)
      samples.push(await painted)
    }
  }
  await field.fill('')
  if (isTagField && samples.filter(({ rows }) => rows > 0).length < samples.length * 0.9) {
    throw new Error('The field showed no suggestions for more than one letter in ten.')
  }
  return samples.map(({ ms }) => ms)
}

interface Watched {
  onPainted?: (painted: Painted) => void
}

/** From the browser's own time of the key press to the task after the frame that its change is painted in. */
async function watchKeys(page: Page): Promise<void> {
  await page.evaluate(() => {
    const watched = globalThis as unknown as Watched
    if (watched.onPainted) return
    watched.onPainted = () => undefined
    let pressed = 0
    document.addEventListener(
      'keydown',
      (event) => {
        pressed = event.timeStamp
      },
      true,
    )
    document.addEventListener(
      'input',
      () => {
        // What is not typed has no key press.
        if (pressed === 0) return
        const since = pressed
        pressed = 0
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel()
          port1.onmessage = () => {
            const ms = performance.now() - since
            watched.onPainted?.({ ms, rows: document.querySelectorAll('[role=option]').length })
          }
          port2.postMessage(null)
        })
      },
      true,
    )
  })
}

function nextPainted(page: Page): Promise<Painted> {
  return page.evaluate(
    () =>
      new Promise<Painted>((resolve) => {
        const watched = globalThis as unknown as Watched
        watched.onPainted = resolve
      }),
  )
}
