/** The figures of the typing benchmark: the tag field of the built app in Chromium, with 10,000 tags. */
export const FIGURES = {
  'typing.painted.p95':
    'From a key press to the frame that shows its suggestions, one in twenty is slower. Frames are drawn as soon as they are due, not at a screen’s next beat: what is measured is the work. The peer is a bare `<input>` on the same page.',
  'typing.painted.p50': 'The same, half are faster.',
  'typing.painted.slowed.p95': 'The same as the p95, with the processor slowed four times.',
  'typing.screen.p95':
    'As the p95, on a screen of 60 Hz: a key press waits for the next beat, half of 16.7 ms on average, as in a bare `<input>`, the peer.',
  'typing.requests': 'Requests of any kind while typing, after the catalogue has come.',
} as const satisfies Record<string, string>

export type FigureName = keyof typeof FIGURES
