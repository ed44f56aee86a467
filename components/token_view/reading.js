/* What the token view reads and how its lines are laid out: no element of the page is touched here. */

const CUT = 0x8000

/** A text in lists of pieces. `from[p]` is where piece p begins in the text, `first[p]` its first token. */
function unpack(bytes) {
  const headSize = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true)
  const take = (() => {
    let at = 4
    return (size) => bytes.slice(at, (at += size))
  })()
  const head = JSON.parse(new TextDecoder().decode(take(headSize)))
  // A byte order mark is a token like any other: without this option it would be dropped.
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(take(head.text_bytes))
  const lists = head.lists.map(({ names, tokens }) => {
    const ids = new Uint32Array(take(tokens * 4).buffer)
    const sizes = new Uint16Array(take(tokens * 2).buffer)
    return { names, ids, ...pieces(text, sizes) }
  })
  return { head, text, lists }
}

function pieces(text, sizes) {
  let count = 0
  for (const size of sizes) if (size & CUT) count++
  const from = new Uint32Array(count + 1)
  const first = new Uint32Array(count + 1)
  let at = 0 // in the text
  let byte = 0 // of the text, as UTF-8
  let end = 0 // of the tokens, in bytes
  let piece = 0
  for (let token = 0; token < sizes.length; token++) {
    end += sizes[token] & ~CUT
    if (!(sizes[token] & CUT)) continue
    while (byte < end) {
      const unit = text.charCodeAt(at)
      const pair = unit >= 0xd800 && unit < 0xdc00
      byte += unit < 0x80 ? 1 : unit < 0x800 ? 2 : pair ? 4 : 3
      at += pair ? 2 : 1
    }
    piece++
    from[piece] = at
    first[piece] = token + 1
  }
  return { sizes: sizes.map((size) => size & ~CUT), from, first, count }
}

/** The piece that holds a place in the text. */
function pieceAt(list, place) {
  let low = 0
  let high = list.count - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (list.from[middle] <= place) low = middle
    else high = middle - 1
  }
  return low
}

/* ---- what can't be seen is made visible ---- */

const NAMED = {
  0x00: "NUL", 0x07: "BEL", 0x08: "BS", 0x0b: "VT", 0x0c: "FF", 0x0d: "CR", 0x1b: "ESC", 0x7f: "DEL", 0x85: "NEL",
  0xa0: "NBSP", 0xad: "SHY", 0x61c: "ALM", 0x200b: "ZWSP", 0x200c: "ZWNJ", 0x200d: "ZWJ", 0x200e: "LRM", 0x200f: "RLM",
  0x2028: "LS", 0x2029: "PS", 0x202a: "LRE", 0x202b: "RLE", 0x202c: "PDF", 0x202d: "LRO", 0x202e: "RLO", 0x202f: "NNBSP",
  0x2060: "WJ", 0x2066: "LRI", 0x2067: "RLI", 0x2068: "FSI", 0x2069: "PDI", 0xfe0e: "VS15", 0xfe0f: "VS16", 0xfeff: "BOM",
}
const PICTURE = String.raw`\p{Extended_Pictographic}\ufe0f?[\u{1f3fb}-\u{1f3ff}]?[\u{e0020}-\u{e007f}]*`
// Emoji and joiners between letters of joining scripts stay whole; the code points are in the inspector.
const UNSEEN = new RegExp(
  String.raw`(${PICTURE}(?:\u200d${PICTURE})*|[0-9#*]\ufe0f?\u20e3)` +
  String.raw`|((?<=[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Tamil}` +
  String.raw`\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Gujarati}\p{Script=Gurmukhi}` +
  String.raw`\p{Script=Sinhala}\p{Script=Khmer}\p{Script=Mongolian}\p{M}])[\u200c\u200d])` +
  String.raw`|([\p{Cc}\p{Cf}\p{Cs}\p{Zs}\p{Zl}\p{Zp}\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f` +
  String.raw`\uffa0\u{e0100}-\u{e01ef}])`, "gu")

const hex = (code) => code.toString(16).toUpperCase().padStart(4, "0")

/** The text as it is drawn: space ·, tab →, newline ↵, and a name for everything else that has no ink. */
function visible(text) {
  return text.replace(UNSEEN, (whole, emoji, joiner, unseen) => {
    if (!unseen) return whole
    const code = unseen.codePointAt(0)
    if (unseen === " ") return "·"
    if (unseen === "\t") return "→\u00a0"
    if (unseen === "\n") return "↵"
    return `⟨${NAMED[code] ?? `U+${hex(code)}`}⟩`
  })
}

/* ---- lines ---- */

const RTL = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u
const STRONG = /\p{L}/u
const IDEOGRAPH = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u
const SPACE = /\s/

/** Places where every list cuts (1) and where a line must end (2): after a run of newlines. */
function cuts(text, lists) {
  const agree = new Uint8Array(text.length + 1)
  for (const { from, count } of lists) for (let piece = 1; piece <= count; piece++) agree[from[piece]]++
  const marks = agree.map((value) => (value === lists.length ? 1 : 0))
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
 * `measure` answers the width of a text as it is drawn; no line has more than `most` pieces, whatever the text.
 */
function layOut(text, lists, width, most, measure) {
  const marks = cuts(text, lists)
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
    const wide = measure(text.slice(from, to))
    let count = 0
    for (let at = from; at < to; at++) count += begun[at]
    if (from > starts.at(-1) && (used + wide > width || drawn + count > most)) {
      if (good.at > starts.at(-1)) end(good.at, good.used, good.drawn)
      if (from > starts.at(-1) && (used + wide > width || drawn + count > most)) end(from, used, drawn)
    }
    if (wide > width && to - from > 1) {
      // Wider than a line and cut nowhere by all: it is broken between characters.
      for (const { segment, index } of graphemes(text.slice(from, to))) {
        const one = measure(segment)
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
    else if (to < text.length && breakable(text, to)) good = { at: to, used, drawn }
  }
  if (starts.at(-1) < text.length || text.length === 0) starts.push(text.length)
  return { starts: Uint32Array.from(starts), rightToLeft: directions(text, starts) }
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
