/** Another document of the app, with modules of its own: to IndexedDB, locks and channels it is another tab. */
export interface OtherTab {
  load<T>(module: string): Promise<T>
  /** From now on nothing there is given up because it takes long: for what must not depend on how busy the machine is. */
  bePatient(): void
  /** From now on IndexedDB opens there no sooner than that. */
  holdOpening(until: Promise<unknown>): void
  /** Ends it at once, whatever it is doing. */
  kill(): void
}

/** Modules are named from the project's root: `/src/….ts`. sessionStorage is shared with the page that opened it. */
export async function openOtherTab(): Promise<OtherTab> {
  const frame = document.createElement('iframe')
  frame.srcdoc = '<!doctype html><title>Another tab</title>'
  await new Promise((resolve) => {
    frame.addEventListener('load', resolve, { once: true })
    document.body.append(frame)
  })
  const page = frame.contentWindow as Window & typeof globalThis
  return {
    bePatient: () => {
      page.AbortSignal.timeout = () => new page.AbortController().signal
      page.setTimeout = (() => 0) as unknown as typeof setTimeout
    },
    holdOpening: (until) => {
      const { open } = page.IDBFactory.prototype
      page.IDBFactory.prototype.open = function (this: IDBFactory, ...args) {
        const request = open.apply(this, args)
        const onOpen = (event: Event) => {
          event.stopImmediatePropagation()
          void until.then(() => request.onsuccess?.(event))
        }
        // Before its owner listens.
        request.addEventListener('success', onOpen)
        return request
      }
    },
    load: <T>(module: string) => page.eval(`import(${JSON.stringify(module)})`) as Promise<T>,
    kill: () => frame.remove(),
  }
}
