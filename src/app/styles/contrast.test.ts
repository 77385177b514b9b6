import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const css = readFileSync(`${import.meta.dirname}/tokens.css`, 'utf8')
const definition = /--([\w-]+): light-dark\(oklch\(([\d. ]+)\), oklch\(([\d. ]+)\)\)/g
const colours = new Map([...css.matchAll(definition)].map(([, name, light, dark]) => [name, { light, dark }]))

/** Relative luminance (WCAG 2) of an OKLCH colour, by Ottosson's published matrices. */
function luminance(oklch: string): number {
  const [lightness = 0, chroma = 0, hue = 0] = oklch.split(' ').map(Number)
  const a = chroma * Math.cos((hue * Math.PI) / 180)
  const b = chroma * Math.sin((hue * Math.PI) / 180)
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  const channels = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ]
  const [red = 0, green = 0, blue = 0] = channels.map((channel) => Math.min(1, Math.max(0, channel)))
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(front: string, back: string, scheme: 'light' | 'dark'): number {
  const [x, y] = [front, back].map((name) => luminance(colours.get(name)?.[scheme] ?? 'unknown'))
  const [low = 0, high = 0] = [x ?? 0, y ?? 0].sort((one, other) => one - other)
  return (high + 0.05) / (low + 0.05)
}

const papers = ['paper', 'paper-raised', 'paper-sunken']
const categories = ['theme', 'occasion', 'liturgical', 'mood']
const text: [string, string][] = [
  ...['ink', 'ink-quiet', 'accent'].flatMap((ink) => papers.map((paper): [string, string] => [ink, paper])),
  ['on-accent', 'accent-fill'],
  ['on-accent', 'accent-pressed'],
  ...categories.map((category): [string, string] => [`${category}-ink`, `${category}-paper`]),
]
const controls: [string, string][] = [
  ['control', 'paper'],
  ['control', 'paper-raised'],
  ['problem', 'paper-raised'],
]

for (const scheme of ['light', 'dark'] as const) {
  test.each(text)(`${scheme}: text in %s on %s has a contrast of 7 to 1`, (ink, paper) => {
    expect(contrast(ink, paper, scheme)).toBeGreaterThanOrEqual(7)
  })

  test.each(controls)(`${scheme}: controls in %s on %s have a contrast of 4.5 to 1`, (line, paper) => {
    expect(contrast(line, paper, scheme)).toBeGreaterThanOrEqual(4.5)
  })

  test.each(categories)(`${scheme}: the shape of %s is seen on its chip`, (category) => {
    expect(contrast(`${category}-mark`, `${category}-paper`, scheme)).toBeGreaterThanOrEqual(3)
  })
}
