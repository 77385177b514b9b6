import { useState } from 'react'
import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import { SearchField } from './SearchField.tsx'

/** Somebody who answers when the test says so. @param isTakenUp whether a text is the page's as soon as it is asked for */
async function show({ isTakenUp } = { isTakenUp: true }) {
  const asked: string[] = []
  const answer = {
    now: (): void => undefined,
    elsewhere: (_text: string): void => undefined,
    isShown: (text: string) => expect.element(page.getByText(`Answers to “${text}”`)).toBeInTheDocument(),
  }
  function Page() {
    const [value, setValue] = useState('')
    const [busy, setBusy] = useState(false)
    answer.now = () => setBusy(false)
    answer.elsewhere = setValue
    return (
      <>
        <SearchField
          label="Find"
          value={value}
          busy={busy}
          onSearch={(text) => {
            asked.push(text)
            if (!isTakenUp) return
            setValue(text)
            setBusy(true)
          }}
        />
        <p>Answers to “{value}”</p>
      </>
    )
  }
  await render(<Page />)
  const field = page.getByLabelText('Find')
  /** At once, however busy the machine is: nothing waits for a text so long that it is given up. */
  const type = (text: string) => {
    const input = field.element()
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(input, text)
    input.dispatchEvent(new InputEvent('input', { bubbles: true }))
  }
  return { field, asked, answer, type }
}

test('the first letter is asked for at once, and while its answer is on its way only the newest text waits', async () => {
  const { field, asked, answer, type } = await show()
  type('g')
  await expect.poll(() => asked).toEqual(['g'])
  type('gr')
  type('grace')
  expect(asked).toEqual(['g'])
  answer.now()
  await expect.poll(() => asked).toEqual(['g', 'grace'])
  await expect.element(field).toHaveValue('grace')
})

test('an answer that does not come is given up for a newer text; a change from elsewhere is taken over', async () => {
  const { field, asked, answer, type } = await show()
  type('g')
  await expect.poll(() => asked).toEqual(['g'])
  type('grace ')
  await expect.poll(() => asked).toEqual(['g', 'grace'])
  answer.now()
  answer.elsewhere('')
  await expect.element(field).toHaveValue('')
  expect(asked).toEqual(['g', 'grace'])
})

test('echoes of older texts take no letter away', async () => {
  const { field, asked, answer, type } = await show({ isTakenUp: false })
  type('g')
  await expect.poll(() => asked).toEqual(['g'])
  type('grace')
  await expect.poll(() => asked).toEqual(['g', 'grace'])
  answer.elsewhere('g')
  await answer.isShown('g')
  await expect.element(field).toHaveValue('grace')
  answer.elsewhere('grace')
  await answer.isShown('grace')
  answer.elsewhere('g')
  await expect.element(field).toHaveValue('g')
  expect(asked).toEqual(['g', 'grace'])
})
