import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { projectRoot } from '../stack/project.ts'
import { configuredPage } from './configuredPage.ts'

const page = readFileSync(`${projectRoot}/index.html`, 'utf8')

test('the configuration can be read back from the page', () => {
  const configuration = { VITE_SUPABASE_URL: '/', VITE_SUPABASE_PUBLISHABLE_KEY: "a$&$'</script><b>" }
  const html = configuredPage(page, configuration)
  const json = html.match(/id="songbook-config">(.*?)<\/script>/)?.[1]
  expect(JSON.parse(json ?? '')).toEqual(configuration)
})

test('a page without a place for it is refused', () => {
  expect(() => configuredPage('<html></html>', {})).toThrow(/build it again/)
})
