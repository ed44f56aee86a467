/* What the token view reads, and how it writes a piece. No element of the page is touched here; lines: layout.js. */

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

/* ---- what stands in a piece ---- */

const BETWEEN = " · " // the tokens of one piece

const idsOf = (list, piece) => [...list.ids.subarray(list.first[piece], list.first[piece + 1])].join(BETWEEN)

function bytesOf(text, list, piece) {
  const all = [...new TextEncoder().encode(text.slice(list.from[piece], list.from[piece + 1]))]
  let at = 0
  return [...list.sizes.subarray(list.first[piece], list.first[piece + 1])]
    .map((size) => all.slice(at, (at += size)).map((byte) => byte.toString(16).padStart(2, "0")).join(" "))
    .join(BETWEEN)
}

/** How many signs the ids or bytes of the pieces take, `more` for each: sums[b] - sums[a] for those from a to b. */
function labelSums({ ids, sizes, first, count }, show, more) {
  const sums = new Float64Array(count + 1)
  for (let piece = 0, sum = 0; piece < count; piece++) {
    sum += more + BETWEEN.length * (first[piece + 1] - first[piece] - 1)
    for (let token = first[piece]; token < first[piece + 1]; token++) {
      sum += show === "ids" ? String(ids[token]).length : 3 * sizes[token] - 1
    }
    sums[piece + 1] = sum
  }
  return sums
}

/** The colour of a piece: by its place in a line that begins with piece `begin`, or the same for the same tokens. */
function colourOf(list, piece, begin, colour) {
  if (colour !== "id") return (piece - begin) % 6
  let mixed = 0
  for (let token = list.first[piece]; token < list.first[piece + 1]; token++) {
    mixed = Math.imul(mixed ^ (list.ids[token] + 1), 0x9e3779b1)
    mixed ^= mixed >>> 15
  }
  return (mixed >>> 0) % 12
}

/** The first piece that `budget` tokens don't hold whole: a cut before it breaks no character. */
function limitOf({ first, count }, budget) {
  if (budget === null || budget === undefined) return count
  let low = 0
  let high = count
  while (low < high) {
    const middle = (low + high) >> 1
    if (first[middle + 1] > budget) high = middle
    else low = middle + 1
  }
  return low
}
