import type { Locator, Page } from 'playwright-core'

/** Prefixes, words inside, misspellings, synonyms and what is no tag at all; each is typed letter by letter. */
export const TYPED = [
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

/** Types the words once. @returns what each letter took, in ms @throws Error when a letter showed no suggestions */
export async function measureKeys(
  page: Page,
  field: Locator,
  { isTagField, words = TYPED }: { isTagField: boolean; words?: readonly string[] },
) {
  const samples: Painted[] = []
  await watchKeys(page)
  for (const word of words) {
    await field.fill('')
    for (const letter of word) {
      // Waited for in the page, without polling: that would draw frames of its own.
      const painted = nextPainted(page)
      await page.keyboard.press(letter === ' ' ? 'Space' : letter)
      const seen = await painted
      if (isTagField && seen.rows === 0)
        throw new Error(`“${letter}” of “${word}” showed no row within a second.`)
      samples.push(seen)
    }
  }
  await field.fill('')
  return samples.map(({ ms }) => ms)
}

/** In the page. A key may be painted before the page is asked for it: input comes before the debugger's questions. */
interface Watched {
  painted?: Painted[]
  onPainted?: (painted: Painted) => void
}

/** From the browser's own time of the key press to the task after the frame that its change is painted in. */
async function watchKeys(page: Page): Promise<void> {
  await page.evaluate(() => {
    const watched = globalThis as unknown as Watched
    if (watched.painted) return
    const all: Painted[] = []
    watched.painted = all
    let pressed = 0
    document.addEventListener(
      'keydown',
      (event) => {
        // Delete, with which the field is emptied, is not measured.
        pressed = event.key.length === 1 ? event.timeStamp : 0
      },
      true,
    )
    document.addEventListener(
      'input',
      ({ target }) => {
        // What is not typed has no key press.
        if (pressed === 0) return
        const since = pressed
        pressed = 0
        const hasList = target instanceof Element && target.matches('[role=combobox]')
        const inFrame = () => {
          // A list that opens may come a frame after its letter.
          const rows = document.querySelectorAll('[role=option]').length
          if (hasList && rows === 0 && performance.now() - since < 1000) {
            requestAnimationFrame(inFrame)
            return
          }
          const { port1, port2 } = new MessageChannel()
          port1.onmessage = () => {
            const one = { ms: performance.now() - since, rows }
            if (watched.onPainted) watched.onPainted(one)
            else all.push(one)
            delete watched.onPainted
          }
          port2.postMessage(null)
        }
        requestAnimationFrame(inFrame)
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
        const early = watched.painted?.shift()
        if (early) resolve(early)
        else watched.onPainted = resolve
      }),
  )
}
