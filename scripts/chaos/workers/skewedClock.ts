/** Loaded before a command: its clock is eleven days fast, and goes back by an hour at every hundredth look. */
const AHEAD_MS = 11 * 86_400_000
const BACK_MS = 3_600_000

const RightDate = Date
let looks = 0

function skewedNow(): number {
  looks += 1
  return RightDate.now() + AHEAD_MS - Math.floor(looks / 100) * BACK_MS
}

globalThis.Date = new Proxy(RightDate, {
  construct: (target, args, self) =>
    Reflect.construct(target, args.length === 0 ? [skewedNow()] : args, self),
  get: (target, key, self) => (key === 'now' ? skewedNow : Reflect.get(target, key, self)),
})
