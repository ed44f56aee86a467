/* Counts, an inspector, and the same text once for each vocabulary, line under line. Only what is in sight is drawn. */

const LINE_GAP = 16
const ROW = 48
const PLAIN_ROW = 32 // the text itself, above ids or bytes or instead of the cuts
const NARROW = 600 // below this width: one vocabulary at a time
const PIECES_DRAWN = 1000 // at most, whatever the text and the window
const TALLEST = 520 // of the window, as in the style sheet
const BEYOND = 0.5 // lines drawn above and below what is in sight
const LABEL_ROOM = 12 // beside the ids in a piece, as in the style sheet

const views = new WeakMap()

class TokenView {
  constructor(root) {
    this.counts = element("ul", "counts")
    this.summary = element("p", "summary")
    this.switch = element("div", "switch")
    this.switch.setAttribute("role", "radiogroup")
    this.inspector = new Inspector((place) => this.ask(place))
    this.canvas = element("div", "canvas")
    this.window = element("div", "window", this.canvas)
    this.window.tabIndex = 0
    const panel = element("div", "panel", this.switch, this.inspector.root, this.window)
    root.replaceChildren(this.counts, this.summary, panel)
    this.root = root
    this.widths = new Map()
    this.brush = document.createElement("canvas").getContext("2d")
    this.drawn = [] // the lines in sight: what they show, and their elements
    this.alone = null // name of the vocabulary shown when there is room for one

    this.window.addEventListener("scroll", () => this.draw(true), { passive: true })
    this.window.addEventListener("keydown", (event) => this.walk(event))
    this.window.addEventListener("pointerover", (event) => this.point(event))
    this.window.addEventListener("pointerleave", () => this.show(this.pinned))
    this.window.addEventListener("click", (event) => {
      const piece = event.target.closest?.(".piece")
      this.pinned = piece ? { list: piece.list, piece: piece.piece } : null
      this.show(this.pinned)
      // Only a click opens the strip to its full height: while somebody points or walks, nothing may move.
      this.inspector.root.classList.toggle("open", Boolean(piece))
    })
    this.window.addEventListener("focus", () => {
      if (this.lists.length && !this.pinned && this.window.matches(":focus-visible")) this.pin({ list: 0, piece: 0 })
    })
    this.observer = new ResizeObserver(() => {
      if (this.data && this.canvas.clientWidth !== this.measuredAt) this.arrange()
    })
    this.observer.observe(this.window)
  }

  receive(bytes, tell) {
    const { head, text, lists } = unpack(bytes)
    const asked = this.head?.budget !== head.budget && head.budget !== null
    this.tell = tell
    this.text = text
    this.head = head
    this.labels = head.labels
    this.data = lists
    this.boxed = head.show !== "text" && lists.length > 0
    for (const list of lists) {
      list.limit = limitOf(list, head.budget)
      list.sums = null
    }
    this.pinned = this.shown = null
    const bare = lists.length === 0
    for (const each of [this.window, this.canvas]) each.removeAttribute("role")
    this.window.setAttribute("role", bare ? "region" : "listbox")
    if (!bare) this.canvas.setAttribute("role", "presentation")
    this.window.setAttribute("aria-label", bare ? this.labels.text : this.labels.pieces)
    this.switch.setAttribute("aria-label", this.labels.encodings)
    this.inspector.root.hidden = bare
    // The counts come last: a width that is read after something was written makes the browser lay everything out.
    this.arrange()
    write(this.summary, head.summary)
    drawCounts(this.counts, head.rows)
    if (asked) this.showLimit()
  }

  /* ---- lines ---- */

  arrange() {
    const narrow = this.root.clientWidth < NARROW
    this.root.classList.toggle("narrow", narrow)
    this.drawSwitch(narrow)
    this.lists = narrow && this.data.length > 1 ? this.data.filter((list) => list.names[0] === this.alone) : this.data
    this.root.classList.toggle("single", this.lists.length < 2)
    this.root.classList.toggle("boxed", this.boxed)
    this.root.classList.toggle("bare", !this.lists.length)
    this.plain = this.boxed || !this.lists.length ? PLAIN_ROW : 0
    this.height = this.plain + this.lists.length * ROW + LINE_GAP
    this.measuredAt = this.canvas.clientWidth
    if (!this.measuredAt) return // out of sight; the observer comes back with a width
    const style = getComputedStyle(this.canvas)
    this.takeFont(`${style.fontWeight} ${style.fontSize} ${style.fontFamily}`, style)
    const gutter = this.lists.length > 1 ? parseFloat(style.getPropertyValue("--gutter")) : 0
    this.room = this.measuredAt - gutter - 8
    if (this.boxed) for (const list of this.lists) list.sums ??= labelSums(list, this.head.show, LABEL_ROOM / this.sign)
    const drawnLines = Math.ceil(TALLEST / this.height + 2 * BEYOND) + 1
    const most = Math.floor((PIECES_DRAWN - drawnLines * 8) / drawnLines) - (this.boxed ? 40 : 0)
    const { text, lists, room, boxed } = this
    const marks = cuts(text, lists, boxed)
    this.lines = layOut(text, lists, marks, room, most, (from, to) => this.measure(from, to), boxed)
    const size = `height: ${(this.lines.starts.length - 1) * this.height - LINE_GAP + 4}px; --line: ${this.height}px`
    if (size !== this.size) this.canvas.style.cssText = this.size = size
    this.show(this.pinned, true)
  }

  takeFont(font, style) {
    if (font === this.font) return
    this.font = font
    this.widths.clear()
    this.brush.font = `${style.fontWeight} ${style.getPropertyValue("--label-size")} ${style.fontFamily}`
    this.sign = Math.max(...["0", "e", "·"].map((sign) => this.brush.measureText(sign).width))
    this.brush.font = font
    const [narrowest, widest] = ["i", "M"].map((letter) => this.brush.measureText(letter).width)
    this.advance = narrowest === widest ? widest : 0
  }

  /** The width of a stretch as it is drawn: of its text, and of the widest row of ids or bytes over it. */
  measure(from, to) {
    const width = this.width(this.text.slice(from, to))
    if (!this.boxed) return width
    const before = (list, place) => {
      const piece = pieceAt(list, place)
      return list.sums[list.from[piece] < place ? piece + 1 : piece]
    }
    const labels = this.lists.map((list) => before(list, to) - before(list, from))
    return Math.ceil(Math.max(width + 8, ...labels.map((signs) => signs * this.sign)))
  }

  width(text) {
    if (this.advance && /^[ -~\n]*$/.test(text)) return text.length * this.advance
    let width = this.widths.get(text)
    if (width === undefined) {
      if (this.widths.size > 50_000) this.widths.clear()
      this.widths.set(text, (width = this.brush.measureText(visible(text)).width))
    }
    return width
  }

  drawSwitch(narrow) {
    this.switch.hidden = !narrow || this.data.length < 2
    if (this.switch.hidden) return
    const names = this.data.map((list) => list.names[0])
    if (!names.includes(this.alone)) this.alone = names.at(-1)
    const drawn = [...this.switch.querySelectorAll("input")].map((input) => input.value)
    if (drawn.join() === names.join()) return
    this.switch.replaceChildren(...names.map((name) => {
      const input = element("input")
      Object.assign(input, { type: "radio", name: "alone", value: name, checked: name === this.alone })
      input.addEventListener("change", () => {
        this.alone = name
        this.pinned = null
        this.arrange()
      })
      return element("label", "", input, element("span", "", name))
    }))
  }

  /** Draw the lines in sight; while they stay the same, `scrolled` costs nothing. */
  draw(scrolled = false) {
    const last = this.lines.starts.length - 2
    const top = this.window.scrollTop
    const from = Math.max(0, Math.floor(top / this.height - BEYOND))
    const to = Math.min(last, Math.floor((top + TALLEST) / this.height + BEYOND))
    if (scrolled && from === this.from && to === this.to) return
    Object.assign(this, { from, to })
    this.drawn = drawLines(this, from, to)
    this.light()
    clearTimeout(this.labelling)
    // Not before a pause: between two keys it would keep the second one waiting.
    this.labelling = setTimeout(() => label(this), 250)
  }

  /* ---- the chosen piece ---- */

  point(event) {
    const piece = event.target.closest?.(".piece")
    if (piece && event.pointerType !== "touch") this.show({ list: piece.list, piece: piece.piece })
  }

  pin(place) {
    this.pinned = place
    this.show(place)
    this.reveal(place)
  }

  show(place, redraw = false) {
    this.shown = place
    const { text, lists, labels, head: { merges } } = this
    this.inspector.show(place, place === this.pinned, { text, lists, labels, merges, hue: place && this.hue(place) })
    if (redraw) this.draw()
    else this.light()
  }

  hue({ list: which, piece }) {
    const list = this.lists[which]
    const begin = pieceAt(list, this.lines.starts[lineOf(this.lines, list.from[piece])])
    return colourOf(list, piece, begin, this.head.colour)
  }

  /** Light the chosen piece, and the pieces of the other rows over the same characters. */
  light() {
    if (!this.shown && !this.lit) return
    this.lit = Boolean(this.shown)
    const chosen = this.shown && this.lists[this.shown.list]
    const from = chosen ? chosen.from[this.shown.piece] : 0
    const to = chosen ? chosen.from[this.shown.piece + 1] : 0
    this.window.removeAttribute("aria-activedescendant")
    for (const piece of this.canvas.querySelectorAll(".piece")) {
      const list = this.lists[piece.list]
      const same = chosen && list.from[piece.piece] < to && list.from[piece.piece + 1] > from
      const exactly = same && piece.list === this.shown.list
      piece.classList.toggle("lit", Boolean(same))
      piece.classList.toggle("chosen", Boolean(exactly))
      if (exactly) {
        piece.id = "chosen"
        if (!piece.hasAttribute("aria-label")) label(this)
        piece.setAttribute("aria-selected", "true")
        this.window.setAttribute("aria-activedescendant", "chosen")
      } else if (piece.id) {
        piece.removeAttribute("id")
        piece.removeAttribute("aria-selected")
      }
    }
  }

  ask({ list: which, piece }) {
    const list = this.lists[which]
    const [from, to] = [list.from[piece], list.from[piece + 1]]
    const start = countCharacters(this.text, from)
    this.tell("chosen", { name: list.names[0], text: this.text.slice(from, to), start })
  }

  walk(event) {
    if (event.metaKey || event.altKey || (event.ctrlKey && !["Home", "End"].includes(event.key))) return
    if (!this.lists.length) return
    const page = Math.max(1, Math.floor(this.window.clientHeight / this.height))
    const place = destination(event, this.pinned ?? { list: 0, piece: 0 }, this.lists, this.lines, page)
    if (!place && event.key !== "Escape") return
    event.preventDefault()
    event.stopPropagation()
    if (place) this.pin(place)
    else this.show((this.pinned = null))
  }

  /* ---- scrolling ---- */

  /** Scroll the least that brings a piece into the window. */
  reveal({ list, piece }) {
    const top = lineOf(this.lines, this.lists[list].from[piece]) * this.height + (list ? this.plain + list * ROW : 0)
    const { scrollTop, clientHeight } = this.window
    const end = top + ROW + (list ? 0 : this.plain)
    if (top < scrollTop) this.window.scrollTop = top
    else if (end > scrollTop + clientHeight) this.window.scrollTop = end - clientHeight + LINE_GAP
    this.draw()
  }

  /** Whoever sets a budget looks for its end: the first one in the text, in the middle of the window. */
  showLimit() {
    const ends = this.lists.filter(({ limit, count }) => limit < count).map(({ from, limit }) => from[limit])
    if (!this.measuredAt || !ends.length) return
    const top = lineOf(this.lines, Math.min(...ends)) * this.height
    this.window.scrollTop = top - (this.window.clientHeight - this.height) / 2
    this.draw()
  }

  stop() {
    clearTimeout(this.labelling)
    this.observer.disconnect()
  }
}

export default function ({ data, parentElement, setTriggerValue }) {
  if (!views.has(parentElement)) views.set(parentElement, new TokenView(parentElement.querySelector(".token-view")))
  const view = views.get(parentElement)
  view.receive(data, setTriggerValue)
  return () => {
    view.stop()
    views.delete(parentElement)
  }
}
