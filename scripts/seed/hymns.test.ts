import { describe, expect, it } from 'vitest'
import { HYMNS } from './hymns.ts'
import { THEME_WORDS } from './themeWords.ts'

const vocabulary = THEME_WORDS.map(({ word }) => word)

describe('the bundled hymns', () => {
  it('are at least 200, each once', () => {
    expect(HYMNS.length).toBeGreaterThanOrEqual(200)
    expect(new Set(HYMNS.map(({ title }) => title)).size).toBe(HYMNS.length)
  })

  it('have one to five themes of the vocabulary, each once', () => {
    for (const { title, themes } of HYMNS) {
      expect(themes.length, title).toBeGreaterThanOrEqual(1)
      expect(themes.length, title).toBeLessThanOrEqual(5)
      expect(new Set(themes).size, title).toBe(themes.length)
      for (const theme of themes) expect(vocabulary, title).toContain(theme)
    }
  })

  it('were published before 1926, with no more lyrics than a first line', () => {
    for (const { title, year, firstLine } of HYMNS) {
      expect(year, title).toBeLessThan(1926)
      expect(firstLine?.length ?? 0, title).toBeLessThan(60)
    }
  })

  it('come in many languages and scripts', () => {
    const languages = new Set(HYMNS.map(({ language }) => language))
    for (const language of ['en', 'de', 'es', 'la', 'ru', 'ko', 'zh', 'sw'])
      expect(languages).toContain(language)
    const titles = HYMNS.map(({ title }) => title).join()
    for (const script of ['Latin', 'Cyrillic', 'Hangul', 'Han', 'Hiragana', 'Greek'])
      expect(titles).toMatch(new RegExp(`\\p{Script=${script}}`, 'u'))
  })
})

describe('the vocabulary', () => {
  it('has every word once, and every word has a hymn', () => {
    expect(new Set(vocabulary).size).toBe(vocabulary.length)
    const used = new Set(HYMNS.flatMap(({ themes }) => themes))
    expect(vocabulary.filter((word) => !used.has(word))).toEqual([])
  })

  it('has no empty synonym and no empty translation', () => {
    for (const { word, synonyms, translations } of THEME_WORDS) {
      for (const synonym of synonyms) expect(synonym, word).toMatch(/\S/)
      for (const [language, text] of Object.entries(translations)) {
        expect(language, word).toMatch(/^[a-z]{2,3}$/)
        expect(text, word).toMatch(/\S/)
      }
    }
  })
})
