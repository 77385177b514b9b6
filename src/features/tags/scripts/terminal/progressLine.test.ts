import { describe, expect, it } from 'vitest'
import { displayWidth } from './displayWidth.ts'
import { progressLine, progressSentence } from './progressLine.ts'
import { createStyle } from './style.ts'

const NOW = 1_000_000
const progress = {
  processedCount: 7900,
  totalCount: 10_000,
  rate: 1240,
  estimatedCompletion: new Date(NOW + 1700),
  batchSize: 640,
  retries: 0,
}
const unicode = createStyle({ unicode: true, colours: false })
const ascii = createStyle({ unicode: false, colours: false })

describe('progressLine', () => {
  it.each([
    [120, 'Migrate   ███████████████░░░░░   7,900/10,000  1,240 songs/s  2 s left  batch 640  0 retries'],
    [80, 'Migrate   █████░░   7,900/10,000  1,240 songs/s  2 s left  batch 640  0 retries'],
    [40, 'Migrate   ████░   7,900/10,000'],
  ])('fits %i cells', (width, line) => {
    const shown = progressLine('Migrate', progress, unicode, width, NOW)
    expect(shown.length).toBeLessThan(width)
    if (width > 40) expect(shown).toBe(line)
  })

  it('never fills the last cell, whatever the width', () => {
    for (let width = 30; width < 130; width += 1) {
      const line = progressLine('Validate', { ...progress, retries: 3 }, unicode, width, NOW)
      expect(displayWidth(line)).toBeLessThan(width)
      expect(line).toContain('7,900/10,000')
    }
  })

  it('keeps retries in sight once there are some', () => {
    expect(progressLine('Migrate', { ...progress, retries: 3 }, unicode, 50, NOW)).toContain('3 retries')
  })

  it('has an ASCII form', () => {
    expect(progressLine('Migrate', progress, ascii, 80, NOW)).toBe(
      'Migrate   #####..   7,900/10,000  1,240 songs/s  2 s left  batch 640  0 retries',
    )
  })
})

it('is a sentence in a log', () => {
  expect(progressSentence('Migrate', progress, NOW)).toBe(
    'Migrate   7,900 of 10,000 songs (79%), 1,240 songs/s, 2 s left, batch 640, 0 retries',
  )
})

it('is full where there is nothing to do', () => {
  const nothing = { ...progress, processedCount: 0, totalCount: 0, rate: 0 }
  expect(progressLine('Validate', nothing, unicode, 80, NOW)).toContain('██████ ')
  expect(progressLine('Validate', nothing, unicode, 80, NOW)).not.toContain('░')
  expect(progressSentence('Validate', nothing, NOW)).toContain('0 of 0 songs (100%)')
})
