/** Hands a plan to the person as a file, under the name that the page's commands give it. */
export function savePlanFile(text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = url
  link.download = 'migration-plan.json'
  link.click()
  URL.revokeObjectURL(url)
}
