import { SeededRandom, type Weighted } from './seededRandom.ts'
import type { ThemeWord } from './themeWords.ts'

/** A word as the song's language has it, about to be written down by someone in a hurry. */
interface Draft {
  word: ThemeWord
  /** The spelling to rough up: the English word or one of its translations. */
  text: string
  /** Which of the word's few habits, from 0. */
  habit: number
  /** Draws the details of the mess, the same for the same habit. */
  random: SeededRandom
}

type Mess = (draft: Draft) => string | null

/**
 * What becomes of one theme, and how often. The shares follow real song collections, a little richer in the rare
 * kinds.
 */
const MESSES: readonly Weighted<Mess>[] = [
  [tidy, 570],
  [inAnotherCase, 150],
  [misspelt, 50],
  [padded, 45],
  [asSynonym, 40],
  [inPlural, 35],
  [inCompound, 30],
  [withAnotherSeparator, 30],
  [inAnotherLanguage, 15],
  [asFilingLabel, 14],
  [blank, 10],
  [missing, 7],
  [withEmoji, 5],
  [asSentence, 5],
  [asSymbols, 4],
  [withInvisibleCharacter, 2],
]

const BLANKS = ['', '', '', ' ', '  ', '\t', '\u00a0', '\u3000']

const SYMBOLS = [
  '-',
  '---',
  '–',
  '––––––',
  '— —',
  '***',
  '?',
  '???',
  '...',
  '/',
  '&',
  '<3',
  '♪',
  '🙏',
  '✝️',
  '_',
]

/** What a song is filed under that is no theme at all. */
const FILING_LABELS = [
  'Slow',
  'fast',
  'Medium tempo',
  'Key of G',
  'capo 2',
  '4/4',
  '6/8',
  'Set 2',
  'Youth Band',
  'Choir',
  'Hymn',
  'hymn',
  'traditional',
  'Acoustic',
  '2019',
  'WIP',
  'do not use',
  'check copyright',
  'New!!',
  'favourites',
  '10/10',
  "'90s",
  'NULL',
  'none',
  'C:\\songs\\old',
  '{draft}',
]

const SENTENCES = [
  'Songs that we sing while people are still finding their seats and the sound desk has not quite woken up yet, so keep it simple, please',
  'A quiet one for after the sermon, when the preacher has gone on longer than planned and everybody needs a moment to breathe before lunch',
  'Not to be used on Mothering Sunday again after what happened in the third verse the last time that the children tried to do the actions',
  'For the anniversary of the church, with the brass band if they can come, otherwise with the organ and everyone who owns a tambourine',
  'Praise and thanksgiving for the harvest, for rain in season, for those who work on the land, and for the table that we share together',
  'Ask the choir first whether they still have the old arrangement in four parts because the new one is too high for most of the altos',
  'Good for funerals of people who loved gardens, birds, early mornings and long walks, and who did not want anyone to be sad for too long',
  'Translated by a friend of a friend many years ago, so nobody knows any more who holds the rights; sing it, but do not print it anywhere',
]

const COMPOUNDS = [
  ['Grace', 'Mercy'],
  ['Praise', 'Worship'],
  ['Praise', 'Joy'],
  ['Faith', 'Hope'],
  ['Cross', 'Redemption'],
  ['Christmas', 'Epiphany'],
  ['Christmas', 'Advent'],
  ['Easter', 'Resurrection'],
  ['Lent', 'Repentance'],
  ['Good Friday', 'Holy Week'],
  ['Peace', 'Comfort'],
  ['Prayer', 'Devotion'],
  ['Trust', 'Guidance'],
  ['Church', 'Unity'],
  ['Mission', 'Evangelism'],
  ['Holy Spirit', 'Pentecost'],
  ['Salvation', 'Grace'],
  ['Creation', 'Nature'],
  ['Thanksgiving', 'Harvest'],
  ['Heaven', 'Eternity'],
  ['Service', 'Calling'],
  ['Love of God', 'Mercy'],
  ['Strength', 'Courage'],
  ['Kingship of Christ', 'Majesty'],
  ['Communion', 'Fellowship'],
  ['Wedding', 'Family'],
] as const

const JOINTS = ['/', ' / ', '; ', ' & ', ', ', ' and ', ' + ', '|']

/** Headings as hymnals print them: `PARENT: child`, and with each of the three dashes. */
const HEADING_JOINTS = [': ', ': ', ' - ', ' – ', ' — ']

const EMOJI = ['🎄', '🙌', '🔥', '❤️', '✨', '👨‍👩‍👧', '🕊️']

const INVISIBLES = ['\u200b', '\u200d', '\ufeff', '\u00ad', '\u202e', '\u2066', '\u0007', '\u001b[31m', '\n']

const SHARE_IN_SONGS_LANGUAGE = 0.6

/** How many ways people have of getting one word wrong, for each kind of mess. */
const HABITS = 3

/**
 * One theme as someone wrote it down: mostly tidy, sometimes not, seldom not at all.
 *
 * The details of a mess come from the word itself and one of its few habits, since the same people make the same
 * slips everywhere: a million songs have few more spellings than a hundred thousand.
 * @param language The song's; the theme is in it or in English.
 */
export function roughTheme(word: ThemeWord, language: string, random: SeededRandom): string | null {
  const translated = word.translations[language]
  const habit = random.below(HABITS)
  if (translated && random.chance(SHARE_IN_SONGS_LANGUAGE)) {
    // Even the kind of mess is a habit here, or a small songbook would drown in one-off foreign spellings.
    const habits = new SeededRandom(`${translated}/${habit}`)
    return habits.pickWeighted(MESSES)({ word, text: accented(translated, habits), habit, random: habits })
  }
  const mess = random.pickWeighted(MESSES)
  if (mess === tidy) return word.word
  const habits = new SeededRandom(`${mess.name}/${word.word}/${habit}`)
  return mess({ word, text: word.word, habit, random: habits })
}

/** Another plain spelling of the word, or null when `theme` is not a plain spelling of it itself. */
export function spellDifferently(word: ThemeWord, theme: string, random: SeededRandom): string | null {
  const spellings = [word.word, word.word.toLowerCase(), word.word.toUpperCase(), ` ${word.word}`]
  const others = spellings.filter((spelling) => spelling !== theme)
  return others.length === spellings.length ? null : random.pick(others)
}

function tidy({ text }: Draft): string {
  return text
}

function missing(): null {
  return null
}

function blank({ random }: Draft): string {
  return random.pick(BLANKS)
}

function asFilingLabel({ random }: Draft): string {
  return random.pick(FILING_LABELS)
}

function asSymbols({ random }: Draft): string {
  return random.pick(SYMBOLS)
}

/** Cut where an older songbook's field ended. */
function asSentence({ random }: Draft): string {
  return random.pick(SENTENCES).slice(0, random.pick([60, 120]))
}

function inAnotherCase({ text, random }: Draft): string {
  const lower = text.toLowerCase()
  return random.pickWeighted([
    [lower, 60],
    [text.toUpperCase(), 25],
    [text.charAt(0).toUpperCase() + lower.slice(1), 12],
    [text.charAt(0).toLowerCase() + text.slice(1).toUpperCase(), 3],
  ])
}

function misspelt({ text, random }: Draft): string {
  const letters = Array.from(text)
  if (letters.length < 3) return text
  const at = 1 + random.below(letters.length - 2)
  const letter = letters[at] ?? ''
  const next = letters[at + 1] ?? ''
  const replacement = random.pick([[], [letter, letter, next], [next, letter]])
  letters.splice(at, replacement.length === 0 ? 1 : 2, ...replacement)
  return letters.join('')
}

function padded({ text, random }: Draft): string {
  return random.pickWeighted([
    // What is left by splitting a list at its commas.
    [` ${text}`, 60],
    [`${text} `, 25],
    [`  ${text}  `, 5],
    [`${text}\t`, 4],
    [`\u00a0${text}`, 3],
    [text.replace(' ', '  '), 3],
  ])
}

function asSynonym({ word, text, habit, random }: Draft): string {
  const synonym = word.synonyms[habit % word.synonyms.length] ?? text
  return random.chance(0.2) ? synonym.toLowerCase() : synonym
}

function inPlural({ text, random }: Draft): string {
  const plural = /[^aeiou]y$/.test(text)
    ? `${text.slice(0, -1)}ies`
    : /(s|x|ch|sh)$/.test(text)
      ? `${text}es`
      : `${text}s`
  return random.chance(0.4) ? plural.toLowerCase() : plural
}

function inCompound({ text, random }: Draft): string {
  const related = COMPOUNDS.filter((pair) => pair.some((part) => part === text))
  const [first, second] = random.pick(related.length > 0 ? related : COMPOUNDS)
  if (random.chance(0.4)) return `${first.toUpperCase()}${random.pick(HEADING_JOINTS)}${second.toLowerCase()}`
  return `${first}${random.pick(JOINTS)}${second}`
}

function withAnotherSeparator({ text, random }: Draft): string {
  const parts = text.toLowerCase().split(' ')
  if (parts.length === 1) return random.pick([`#${text}`, `${text}.`, `${text},`, `(${text})`])
  return parts.join(random.pick(['-', '-', '_', '', '–', '—', '\u2011']))
}

function inAnotherLanguage({ word, text, random }: Draft): string {
  const translations = Object.values(word.translations)
  return translations.length > 0 ? accented(random.pick(translations), random) : text
}

/** Composed as most keyboards write it, or decomposed as some file systems hand it on. */
function accented(text: string, random: SeededRandom): string {
  return random.chance(0.25) ? text.normalize('NFD') : text
}

function withEmoji({ text, random }: Draft): string {
  const emoji = random.pick(EMOJI)
  return random.chance(0.5) ? `${emoji} ${text}` : `${text}${emoji}`
}

function withInvisibleCharacter({ text, random }: Draft): string {
  const at = random.below(2) * Math.min(3, text.length)
  return text.slice(0, at) + random.pick(INVISIBLES) + text.slice(at)
}
