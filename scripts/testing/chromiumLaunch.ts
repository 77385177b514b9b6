import sparticuz from '@sparticuz/chromium'

export interface ChromiumLaunch {
  executablePath: string
  args: string[]
}

/** How Playwright starts the Chromium that npm installed; unpacks it the first time. Runs as root, calls nobody. */
export async function chromiumLaunch(): Promise<ChromiumLaunch> {
  return {
    executablePath: await sparticuz.executablePath(),
    args: ['--no-sandbox', '--disable-background-networking'],
  }
}
