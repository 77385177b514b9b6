/** Moves the focus to the field that the page begins with. @returns whether it is there */
export function focusField(): boolean {
  const field = document.querySelector('input[type="search"]')
  if (!(field instanceof HTMLElement)) return false
  field.focus()
  return true
}
