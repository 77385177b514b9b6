/**
 * All texts that remain when up to `count` letters of a word are left out, the word itself among them. Two words at
 * most `count` edits apart share one of them (Garbe's SymSpell), which makes near words a matter of look-ups.
 */
export function withLettersLeftOut(word: string, count: 0 | 1 | 2): Set<string> {
  const all = new Set([word])
  let last = [word]
  for (let round = 0; round < count; round++) {
    const next: string[] = []
    for (const text of last) {
      for (let i = 0; i < text.length; i++) {
        const shorter = text.slice(0, i) + text.slice(i + 1)
        if (!all.has(shorter)) {
          all.add(shorter)
          next.push(shorter)
        }
      }
    }
    last = next
  }
  return all
}
