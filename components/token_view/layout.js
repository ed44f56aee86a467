/* How the text is laid out in lines that end at the same places in every row. No element is touched here. */

const RTL = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u
const STRONG = /\p{L}/u
const IDEOGRAPH = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u
const SPACE = /\s/
const SCRIPTS = ["Arabic", "Syriac", "Mongolian", "Devanagari", "Bengali", "Tamil", "Telugu", "Kannada", "Malayalam",
  "Gujarati", "Gurmukhi", "Sinhala", "Khmer"]
const JOINING = new RegExp(`[\\p{M}\\u200c\\u200d${SCRIPTS.map((script) => `\\p{Script=${script}}`).join("")}]`, "u")

/**
 * Places where every list cuts (1) and where a line must end (2): after a run of newlines.
 * With `whole`, letters that join are not parted: a stretch between two cuts can then be a box.
 */
function cuts(text, lists, whole) {
  const agree = new Uint8Array(text.length + 1)
  for (const { from, count } of lists) for (let piece = 1; piece <= count; piece++) agree[from[piece]]++
  const marks = agree.map((value) => (value === lists.length && lists.length > 0 ? 1 : 0))
  if (lists.length === 0) for (const { index } of graphemes(text)) marks[index] = 1
  if (whole && JOINING.test(text)) {
    for (let at = 1; at < text.length; at++) if (JOINING.test(text[at - 1]) && JOINING.test(text[at])) marks[at] = 0
  }
  for (const { index, 0: run } of text.matchAll(/[\r\n]+/g)) marks[index + run.length] = 2
  return marks
}

/** Whether a reader expects a line to end before this place. */
function breakable(text, at) {
  const before = text[at - 1]
  const after = text[at]
  return SPACE.test(before) || SPACE.test(after) || before === "-" || IDEOGRAPH.test(before) || IDEOGRAPH.test(after)
}

/**
 * Lay the text out in lines that end at the same places for every list: `starts[i]` to `starts[i + 1]`.
 * `measure` answers the width of a stretch of the text as it is drawn; no line has more than `most` pieces.
 * A line ends where a reader expects it, with `anywhere` at any mark.
 */
function layOut(text, lists, marks, width, most, measure, anywhere) {
  const begun = new Uint8Array(text.length + 1)
  for (const { from, count } of lists) for (let piece = 0; piece < count; piece++) begun[from[piece]]++
  const starts = [0]
  let used = 0 // width of the line so far
  let drawn = 0 // pieces of the line so far
  let good = { at: 0, used: 0, drawn: 0 } // the last place where a reader expects a line to end
  const end = (at, usedThere, drawnThere) => {
    if (at > starts.at(-1)) starts.push(at)
    used -= usedThere
    drawn -= drawnThere
    good = { at, used: 0, drawn: 0 }
  }
  const add = (from, to) => {
    const wide = measure(from, to)
    let count = 0
    for (let at = from; at < to; at++) count += begun[at]
    if (from > starts.at(-1) && (used + wide > width || drawn + count > most)) {
      if (good.at > starts.at(-1)) end(good.at, good.used, good.drawn)
      if (from > starts.at(-1) && (used + wide > width || drawn + count > most)) end(from, used, drawn)
    }
    if (wide > width && to - from > 1) {
      // Wider than a line and cut nowhere by all: it is broken between characters.
      for (const { segment, index } of graphemes(text.slice(from, to))) {
        const one = measure(from + index, from + index + segment.length)
        if (used + one > width && from + index > starts.at(-1)) end(from + index, used, drawn)
        used += one
        for (let at = index; at < index + segment.length; at++) drawn += begun[from + at]
      }
      return
    }
    used += wide
    drawn += count
  }
  let from = 0
  for (let to = 1; to <= text.length; to++) {
    if (!marks[to] && to < text.length) continue
    add(from, to)
    from = to
    if (marks[to] === 2) end(to, used, drawn)
    else if (to < text.length && (anywhere || breakable(text, to))) good = { at: to, used, drawn }
  }
  if (starts.at(-1) < text.length || text.length === 0) starts.push(text.length)
  return { starts: Uint32Array.from(starts), marks, rightToLeft: directions(text, starts) }
}

const segmenter = typeof Intl.Segmenter === "function" ? new Intl.Segmenter() : null

function* graphemes(text) {
  if (segmenter) return yield* segmenter.segment(text)
  let index = 0
  for (const segment of text) {
    yield { segment, index }
    index += segment.length
  }
}

/** For each line, whether its paragraph reads from right to left: its first letter decides. */
function directions(text, starts) {
  const found = new Uint8Array(starts.length)
  if (!RTL.test(text)) return found
  for (let line = 0; line + 1 < starts.length; line++) {
    const begins = line === 0 || /[\r\n]/.test(text[starts[line] - 1])
    const letter = begins ? STRONG.exec(text.slice(starts[line], starts[line + 1])) : null
    found[line] = letter ? Number(RTL.test(letter[0])) : begins ? 0 : found[line - 1]
  }
  return found
}

/** The stretches of a line that stand below each other in every row. */
function stretches({ starts, marks }, line) {
  const ends = []
  for (let at = starts[line] + 1; at < starts[line + 1]; at++) if (marks[at]) ends.push(at)
  return [...ends, starts[line + 1]].map((to, index) => [index ? ends[index - 1] : starts[line], to])
}

/** The line that holds a place in the text. */
function lineOf({ starts }, place) {
  let low = 0
  let high = starts.length - 2
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (starts[middle] <= place) low = middle
    else high = middle - 1
  }
  return low
}
