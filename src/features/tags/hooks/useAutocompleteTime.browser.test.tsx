import { useState } from 'react'
import { expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import { tracker } from '../monitoring/tracker.ts'
import { useAutocompleteTime } from './useAutocompleteTime.ts'

type Props = { source: 'local' | 'server'; isAnswered: boolean }

function Field({ source, isAnswered }: Props) {
  const [text, setText] = useState('')
  useAutocompleteTime(text, source, isAnswered)
  return <input aria-label="Tags" value={text} onChange={(event) => setText(event.target.value)} />
}

test('each key press is noted once, with what has answered it', async () => {
  const track = vi.spyOn(tracker, 'track')
  const screen = await render(<Field source="local" isAnswered />)
  await userEvent.type(screen.getByLabelText('Tags'), 'joy')
  expect(track.mock.calls).toEqual(
    Array.from({ length: 3 }, () => ['tags.autocomplete', expect.any(Number), 'local']),
  )
  await screen.rerender(<Field source="server" isAnswered />)
  await userEvent.clear(screen.getByLabelText('Tags'))
  expect(track).toHaveBeenCalledTimes(3)
})

test('an answer that comes later is noted when it is there, for the last key alone', async () => {
  const track = vi.spyOn(tracker, 'track')
  const screen = await render(<Field source="server" isAnswered={false} />)
  await userEvent.type(screen.getByLabelText('Tags'), 'joy')
  expect(track).not.toHaveBeenCalled()
  await screen.rerender(<Field source="server" isAnswered />)
  expect(track.mock.calls).toEqual([['tags.autocomplete', expect.any(Number), 'server']])
  expect(track.mock.calls[0]?.[1]).toBeGreaterThan(0)
})
