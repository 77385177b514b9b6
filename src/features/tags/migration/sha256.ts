/** SHA-256 of the UTF-8 bytes, lower-case hex. Web Crypto, since it is the one that Node, Deno and browsers share. */
export async function sha256Hex(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
