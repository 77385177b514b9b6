import { expect, test } from 'vitest'
import { matchRanges } from './matchRanges.ts'

/** The text with what is set off in brackets. */
function shown(text: string, query: string): string {
  let result = ''
  let end = 0
  for (const [from, to] of matchRanges(text, query)) {
    result += `${text.slice(end, from)}[${text.slice(from, to)}]`
    end = to
  }
  return result + text.slice(end)
}

test.each([
  ['Amazing Grace', 'grace', 'Amazing [Grace]'],
  ['Amazing Grace', 'gr am', '[Am]azing [Gr]ace'],
  ['Ein feste Burg', 'FESTE burg', 'Ein [feste] [Burg]'],
  ['Ach, wie süß', 'suss', 'Ach, wie [süß]'],
  ['Praise & Worship', 'praise and', '[Praise] [&] Worship'],
  ['Theodore, the king', 'the ki', 'Theodore, [the] [ki]ng'],
  ['Theodore', 'the', '[The]odore'],
  ['耶和华是我的牧者', '牧', '耶和华是我的[牧]者'],
  // The beginning of a word is what was meant; only without one its middle.
  ['Grace, disgrace', 'grace', '[Grace], disgrace'],
  ['Disgraceful', 'grace', 'Dis[grace]ful'],
  ['Disgraceful', 'gr', 'Disgraceful'],
  ['Grace', 'gra grac', '[Grac]e'],
  ['Grace', 'grace grace', '[Grace]'],
  ['Nothing here', 'psalm', 'Nothing here'],
  ['', 'psalm', ''],
  ['Grace', '', 'Grace'],
  ['Half \ud83d torn', 'torn \udc00', 'Half [\ud83d] [torn]'],
])('in “%s” for “%s”', (text, query, expected) => {
  expect(shown(text, query)).toBe(expected)
})
