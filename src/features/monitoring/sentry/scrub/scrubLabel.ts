import { scrubAddress } from './scrubAddress.ts'
import { scrubText } from './scrubText.ts'

/**
 * A name of a span or a value of an attribute: an address, a path to an element of the page, or words. An element is named
 * by its tags and classes alone, for its attributes are what people read on it: titles of songs, whose account it is.
 */
export function scrubLabel(label: string): string {
  if (/^(?:\w+:\/)?\/\S*$/.test(label)) return scrubAddress(label)
  const [beforeAttributes = ''] = label.split('[')
  return scrubText(beforeAttributes)
}
