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
