const FIRST_HIRAGANA = 0x3041
const LAST_HIRAGANA = 0x3096
const TO_KATAKANA = 0x60

/**
 * The unit by which one of a folded name is compared: katakana for hiragana, since an input method shows the one before
 * it makes the other.
 */
export function searchUnit(unit: number): number {
  return unit >= FIRST_HIRAGANA && unit <= LAST_HIRAGANA ? unit + TO_KATAKANA : unit
}

const FIRST_SYLLABLE = 0xac00
const LAST_SYLLABLE = 0xd7a3
/** Final consonants that a Korean syllable may have; its forms with each follow the one without. */
const FINALS = 27

/** The last unit that a last typed one may become: a Korean syllable is typed before its final consonant. */
export function lastSearchUnit(unit: number): number {
  const isOpen =
    unit >= FIRST_SYLLABLE && unit <= LAST_SYLLABLE && (unit - FIRST_SYLLABLE) % (FINALS + 1) === 0
  return isOpen ? unit + FINALS : unit
}
