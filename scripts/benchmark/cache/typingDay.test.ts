import { expect, test } from 'vitest'
import { syntheticTags } from '../matcher/syntheticTags.ts'
import { type DayEvent, typingDay } from './typingDay.ts'

const tags = syntheticTags(1000).toSorted((a, b) => b.usage - a.usage)
const day = typingDay(40, tags)

test('the day is the same every time, begins with an opened page for everybody, and is in order', () => {
  expect(typingDay(40, tags)).toEqual(day)
  for (const events of day.people) {
    expect(events[0]?.kind).toBe('open')
    expect(events.map(({ at }) => at)).toEqual(events.map(({ at }) => at).sort((a, b) => a - b))
  }
  expect(day.edits).toHaveLength(60)
})

test('the first do more than the last, and the first tags are chosen more often', () => {
  const count = (events: readonly DayEvent[], kind: string) =>
    events.filter((event) => event.kind === kind).length
  const visits = day.people.map((events) => count(events, 'open'))
  expect(visits[0]).toBe(6)
  expect(visits.at(-1)).toBe(1)
  const chosen = day.people.flat().filter((event) => event.kind === 'choose')
  const ofFirst = chosen.filter(({ tagId }) => tagId === tags[0]?.id).length
  expect(ofFirst / chosen.length).toBeGreaterThan(0.08)
})
