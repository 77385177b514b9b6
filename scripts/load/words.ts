/** What people put into the search of songs. */
export const SEARCHED = [
  'grace',
  'lord',
  'holy',
  'morning',
  'jesus lo',
  'amazing grace',
  'king of',
  'halleluja',
  'shepherd',
  'light of the world',
  'spirit',
  'cross',
  'praise him',
  'chirst',
  'peace',
]

/** What they type into the field for tags: beginnings, words inside, misspellings, synonyms, and what is no tag. */
export const TYPED = [
  'thanksg',
  'thanksgivng',
  'praise',
  'xmas',
  'holy spi',
  'resurecti',
  'communion',
  'grcae',
  'evening',
  'second coming',
  'entirely new',
]
