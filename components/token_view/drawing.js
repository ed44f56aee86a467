/* The elements of one line: a row for each vocabulary. `view` is the TokenView; nothing here outlives a call. */

/** The pieces that stand first in a line, one of each list. */
const begins = ({ lists, lines }, index) => lists.map((list) => pieceAt(list, lines.starts[index]))

/**
 * Everything that decides how a line looks, as one string. Places count from the line's own beginning: what is typed
 * above a line moves it, and changes nothing in it.
 */
function contentOf({ lists, lines, text, height, room, head }, index, begin) {
  const { starts, rightToLeft } = lines
  const [start, end] = [starts[index], starts[index + 1]]
  const rows = lists.map((list, which) => {
    const { names, from, first, ids, limit } = list
    const at = begin[which]
    const after = pieceAt(list, end - 1) + 1
    const places = Array.from(from.subarray(at, after + 1), (place) => place - start)
    const tokens = Array.from(first.subarray(at, after + 1), (token) => token - first[at])
    return [names, Math.min(limit, after) - at, places, tokens, ids.subarray(first[at], first[after])].join()
  })
  const look = [rightToLeft[index], height, room, head.colour, head.show]
  return [...look, ...rows, text.slice(start, end)].join("\n")
}

/** A line that was drawn before, at its new place: its pieces may have other numbers by now. */
function moveLine(made, view, index, begin) {
  const top = `${index * view.height}px`
  if (made.style.top !== top) made.style.top = top
  const by = begin.map((piece, which) => piece - made.begin[which])
  if (by.some(Boolean)) for (const piece of made.querySelectorAll(".piece")) piece.piece += by[piece.list]
  made.begin = begin
  return made
}

function drawLine(view, index, begin) {
  const { lines, text, boxed, room, lists } = view
  const made = element("div", "line")
  made.begin = begin
  const [start, end] = [lines.starts[index], lines.starts[index + 1]]
  made.style.top = `${index * view.height}px`
  if (lists.length) made.setAttribute("role", "presentation")
  // A label is a box among the letters: letters that join would be torn, so there the dashes alone count the tokens.
  if (RTL.test(text.slice(start, end))) made.classList.add("joined")
  const parts = boxed
    ? stretches(lines, index).map(([from, to]) => ({ from, to, width: Math.min(room, view.measure(from, to)) }))
    : [{ from: start, to: end }]
  if (view.plain) {
    const letters = ({ from, to, width }) => box(element("span", "plain", visible(text.slice(from, to))), width)
    made.append(drawRow(view, "", index, parts.map(letters)))
  }
  lists.forEach((list, which) => {
    const pieces = parts.flatMap((part) => drawPieces(view, which, begin[which], part))
    made.append(drawRow(view, list.names.join(" "), index, pieces))
  })
  return made
}

function drawRow({ lines, lists }, title, index, content) {
  const cells = element("div", "cells", ...content)
  cells.dir = lines.rightToLeft[index] ? "rtl" : "ltr"
  const tag = element("span", "tag", title)
  tag.setAttribute("aria-hidden", "true")
  const row = element("div", title ? "row" : "row letters", tag, cells)
  // The pieces say their text: where there are pieces, the plain row is for eyes only.
  if (lists.length && !title) row.setAttribute("aria-hidden", "true")
  if (title) for (const each of [row, cells]) each.setAttribute("role", "presentation")
  return row
}

/** The pieces of a stretch; in boxes they share what room the widest row leaves. */
function drawPieces(view, which, begin, { from: start, to: end, width }) {
  const list = view.lists[which]
  const made = []
  for (let piece = pieceAt(list, start); piece < list.count && list.from[piece] < end; piece++) {
    const [from, to] = [Math.max(start, list.from[piece]), Math.min(end, list.from[piece + 1])]
    made.push(drawPiece(view, which, begin, piece, from, to))
  }
  if (width === undefined) return made
  const wanted = made.map(({ piece }) =>
    list.from[piece] < start ? 0 : (list.sums[piece + 1] - list.sums[piece]) * view.sign)
  const whole = wanted.reduce((sum, each) => sum + each, 0)
  const spare = (width - whole) / made.length
  return made.map((each, index) => box(each, spare < 0 ? (wanted[index] * width) / whole : wanted[index] + spare))
}

const BLANK = element("span")
BLANK.setAttribute("role", "option")

function drawPiece(view, which, begin, piece, from, to) {
  const { text, boxed, head: { show, colour } } = view
  const list = view.lists[which]
  const made = BLANK.cloneNode()
  made.className = `piece c${colourOf(list, piece, begin, colour)}`
  const continued = from > list.from[piece]
  if (!boxed) made.textContent = visible(text.slice(from, to))
  else if (!continued) made.textContent = show === "ids" ? idsOf(list, piece) : bytesOf(text, list, piece)
  made.list = which
  made.piece = piece
  const tokens = list.first[piece + 1] - list.first[piece]
  if (tokens > 1) {
    made.classList.add("many")
    made.style.setProperty("--n", tokens)
    const times = `×${tokens}`
    if (!boxed && view.width(text.slice(from, to)) > 6 * times.length) made.dataset.times = times
  }
  if (piece >= list.limit) made.classList.add("beyond")
  if (piece === list.limit && !continued) made.classList.add("limit")
  return made
}

/** Give every piece its words for ears. They cost a third of the drawing, so they come when the drawing is done. */
function label(view) {
  for (const made of view.canvas.querySelectorAll(".piece:not([aria-label])")) {
    made.setAttribute("aria-label", spoken(view, view.lists[made.list], made.piece))
  }
}

/** A piece for ears: its text, what has no sound by name, then its ids. */
function spoken({ text, labels }, list, piece) {
  const names = { " ": labels.space, "\t": labels.tab, "\n": labels.newline }
  const said = short(text.slice(list.from[piece], list.from[piece + 1])).replace(/[ \t\n]|[^ \t\n]+/g,
    (part) => (names[part] ? `${names[part]} ` : visible(part)))
  const ids = short([...list.ids.subarray(list.first[piece], list.first[piece + 1])].join(" "))
  return [said.trim(), ids, ...(piece >= list.limit ? [labels.beyond] : [])].join(", ")
}

function box(made, width) {
  if (width !== undefined) {
    made.classList.add("box")
    made.style.width = `${width}px`
  }
  return made
}
