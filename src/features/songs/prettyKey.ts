/** A musical key with its real signs: “Bbm” becomes “B♭m”. */
export function prettyKey(key: string): string {
  return key.replace('#', '♯').replace(/(?<=^[A-G])b/, '♭')
}
