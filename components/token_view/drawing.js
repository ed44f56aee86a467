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

/**
 * Draw the lines in sight; answers what they show, and their elements. Whoever types changes few lines of a text: those
 * that look as they did are moved. The others are written into the elements of lines that went.
 */
function drawLines(view, from, to) {
  const before = new Map()
  for (const each of view.drawn) before.set(each.content, [...(before.get(each.content) ?? []), each.made])
  const drawn = []
  for (let line = from; line <= to; line++) {
    const begin = begins(view, line)
    const content = contentOf(view, line, begin)
    const same = before.get(content)?.shift()
    drawn.push({ line, begin, content, made: same && moveLine(same, view, line, begin) })
  }
  const shape = shapeOf(view)
  const left = []
  for (const made of [...before.values()].flat()) {
    if (made.shape === shape) left.push(made)
    else made.remove()
  }
  for (const each of drawn) each.made ??= writeLine(left.shift() ?? blankLine(view), view, each.line, each.begin)
  for (const made of left) made.remove()
  let next = view.canvas.firstChild
  for (const { made } of drawn) {
    if (made === next) next = next.nextSibling
    else view.canvas.insertBefore(made, next)
  }
  return drawn
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

/** What lines must have in common for one's elements to serve the other. */
const shapeOf = ({ plain, lists }) => [Boolean(plain), ...lists.map((list) => list.names.join(" "))].join("\n")

/** A line with its rows and nothing in them. */
function blankLine(view) {
  const titles = [...(view.plain ? [""] : []), ...view.lists.map((list) => list.names.join(" "))]
  const made = element("div", "line", ...titles.map((title) => blankRow(view, title)))
  if (view.lists.length) made.setAttribute("role", "presentation")
  made.shape = shapeOf(view)
  made.cells = [...made.children].map((row) => row.lastChild)
  return made
}

function blankRow({ lists }, title) {
  const cells = element("div", "cells")
  const tag = element("span", "tag", title)
  tag.setAttribute("aria-hidden", "true")
  const row = element("div", title ? "row" : "row letters", tag, cells)
  // The pieces say their text: where there are pieces, the plain row is for eyes only.
  if (lists.length && !title) row.setAttribute("aria-hidden", "true")
  if (title) for (const each of [row, cells]) each.setAttribute("role", "presentation")
  return row
}

/**
 * Write a line into the elements of another. Making elements, styling them and throwing them away is half of what a
 * frame costs while the view scrolls: whatever stays as it was is not touched.
 */
function writeLine(made, view, index, begin) {
  const { lines, text, boxed, room, lists } = view
  const [start, end] = [lines.starts[index], lines.starts[index + 1]]
  made.begin = begin
  made.style.top = `${index * view.height}px`
  // A label is a box among the letters: letters that join would be torn, so there the dashes alone count the tokens.
  made.classList.toggle("joined", RTL.test(text.slice(start, end)))
  const parts = boxed
    ? stretches(lines, index).map(([from, to]) => ({ from, to, width: Math.min(room, view.measure(from, to)) }))
    : [{ from: start, to: end }]
  const direction = lines.rightToLeft[index] ? "rtl" : "ltr"
  for (const cells of made.cells) if (cells.dir !== direction) cells.dir = direction
  if (view.plain) writeLetters(made.cells[0], text, parts)
  lists.forEach((list, which) => {
    const cells = made.cells[which + (view.plain ? 1 : 0)]
    const place = { cells, next: cells.firstChild }
    for (const part of parts) writePieces(place, view, which, begin[which], part)
    endOf(place)
  })
  return made
}

/** The next element of a row, made where the row ends. */
function take(place, blank) {
  const made = place.next ?? place.cells.appendChild(blank.cloneNode())
  place.next = made.nextSibling
  return made
}

/** What is left of the line that was here before goes. */
function endOf(place) {
  while (place.next) {
    const { nextSibling } = place.next
    place.next.remove()
    place.next = nextSibling
  }
}

const LETTERS = element("span")
const PIECE = element("span")
PIECE.setAttribute("role", "option")

function writeLetters(cells, text, parts) {
  const place = { cells, next: cells.firstChild }
  for (const { from, to, width } of parts) {
    const look = width === undefined ? "plain" : "plain box"
    dress(take(place, LETTERS), look, visible(text.slice(from, to)), widthOf(width))
  }
  endOf(place)
}

/** Write the pieces of a stretch; in boxes they share what room the widest row leaves. */
function writePieces(place, view, which, begin, { from: start, to: end, width }) {
  const list = view.lists[which]
  const first = pieceAt(list, start)
  let after = first
  while (after < list.count && list.from[after] < end) after++
  const wanted = (piece) => (list.from[piece] < start ? 0 : (list.sums[piece + 1] - list.sums[piece]) * view.sign)
  let whole = 0
  if (width !== undefined) for (let piece = first; piece < after; piece++) whole += wanted(piece)
  const spare = (width - whole) / (after - first)
  for (let piece = first; piece < after; piece++) {
    const [from, to] = [Math.max(start, list.from[piece]), Math.min(end, list.from[piece + 1])]
    const wide = width === undefined ? width : spare < 0 ? (wanted(piece) * width) / whole : wanted(piece) + spare
    writePiece(take(place, PIECE), view, which, begin, piece, from, to, wide)
  }
}

function writePiece(made, view, which, begin, piece, from, to, width) {
  const { text, boxed, head: { show, colour } } = view
  const list = view.lists[which]
  const continued = from > list.from[piece]
  const tokens = list.first[piece + 1] - list.first[piece]
  let look = `piece c${colourOf(list, piece, begin, colour)}`
  if (tokens > 1) look += " many"
  if (piece >= list.limit) look += " beyond"
  if (piece === list.limit && !continued) look += " limit"
  if (width !== undefined) look += " box"
  const label = () => (show === "ids" ? idsOf(list, piece) : bytesOf(text, list, piece))
  const shown = !boxed ? visible(text.slice(from, to)) : continued ? "" : label()
  dress(made, look, shown, (tokens > 1 ? `--n: ${tokens};` : "") + widthOf(width))
  const times = `×${tokens}`
  if (tokens > 1 && !boxed && view.width(text.slice(from, to)) > 6 * times.length) made.dataset.times = times
  else if (made.dataset.times) delete made.dataset.times
  made.list = which
  made.piece = piece
  for (const name of ["aria-label", "aria-selected", "id"]) if (made.hasAttribute(name)) made.removeAttribute(name)
}

const widthOf = (width) => (width === undefined ? "" : `width: ${width}px;`)

function dress(made, look, shown, style) {
  if (made.className !== look) made.className = look
  if (!made.firstChild) made.append(shown)
  else if (made.firstChild.data !== shown) made.firstChild.data = shown
  if ((made.styled ?? "") !== style) made.style.cssText = made.styled = style
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
