/* Counts, an inspector, and the same text once for each vocabulary, line under line. Only the lines in sight are drawn. */

const LINE_GAP = 16
const ROW = 48
const NARROW = 600 // below this width: one vocabulary at a time
const PIECES_DRAWN = 1000 // at most, whatever the text and the window
const TALLEST = 520 // of the window, as in the style sheet
const BEYOND = 0.5 // lines drawn above and below what is in sight

const views = new WeakMap()

const element = (name, className, ...children) => {
  const made = document.createElement(name)
  if (className) made.className = className
  made.append(...children)
  return made
}

/** Fill the gaps of a translated sentence: fill("{a} of {b}", {a: 1, b: 2}). */
const fill = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (gap, name) => values[name] ?? gap)
const number = (value) => value.toLocaleString("en-US")

const write = (place, text) => {
  if (place.textContent !== text) place.textContent = text
}

class TokenView {
  constructor(root) {
    this.counts = element("ul", "counts")
    this.summary = element("p", "summary")
    this.switch = element("div", "switch")
    this.switch.setAttribute("role", "radiogroup")
    this.inspector = element("div", "inspector")
    this.inspector.setAttribute("role", "status")
    this.canvas = element("div", "canvas")
    this.canvas.setAttribute("role", "presentation")
    this.window = element("div", "window", this.canvas)
    this.window.setAttribute("role", "listbox")
    this.window.tabIndex = 0
    this.panel = element("div", "panel", this.switch, this.inspector, this.window)
    root.replaceChildren(this.counts, this.summary, this.panel)
    this.root = root
    this.widths = new Map()
    this.brush = document.createElement("canvas").getContext("2d")
    this.drawn = new Map() // line -> its element
    this.alone = null // name of the vocabulary shown when there is room for one

    this.window.addEventListener("scroll", () => this.draw(), { passive: true })
    this.window.addEventListener("keydown", (event) => this.walk(event))
    this.window.addEventListener("pointerover", (event) => this.point(event))
    this.window.addEventListener("pointerleave", () => this.show(this.pinned))
    this.window.addEventListener("click", (event) => {
      const piece = event.target.closest?.(".piece")
      this.pinned = piece ? { list: piece.list, piece: piece.piece } : null
      this.show(this.pinned)
      // Only a click opens the strip to its full height: while somebody points or walks, nothing may move.
      this.inspector.classList.toggle("open", Boolean(piece))
    })
    this.window.addEventListener("focus", () => {
      if (!this.pinned && this.window.matches(":focus-visible")) this.pin({ list: 0, piece: 0 })
    })
    this.observer = new ResizeObserver(() => {
      if (this.data && this.canvas.clientWidth !== this.measuredAt) this.arrange()
    })
    this.observer.observe(this.window)
  }

  receive(bytes) {
    const { head, text, lists } = unpack(bytes)
    this.text = text
    this.labels = head.labels
    this.data = lists
    this.pinned = this.shown = null
    this.window.setAttribute("aria-label", this.labels.pieces)
    this.switch.setAttribute("aria-label", this.labels.encodings)
    write(this.summary, head.summary)
    this.drawCounts(head.rows)
    this.arrange()
  }

  /* ---- counts ---- */

  drawCounts(rows) {
    const most = Math.max(1, ...rows.map((row) => row.value))
    while (this.counts.children.length > rows.length) this.counts.lastChild.remove()
    while (this.counts.children.length < rows.length) {
      const bar = element("span", "bar", element("span", "fill"))
      bar.setAttribute("aria-hidden", "true")
      const names = element("span", "names", element("span", "title"), element("span", "name"))
      this.counts.append(element("li", "count", names, element("span", "big"), bar, element("span", "note")))
    }
    rows.forEach((row, index) => {
      const line = this.counts.children[index]
      write(line.querySelector(".title"), row.title)
      write(line.querySelector(".name"), row.name)
      write(line.querySelector(".big"), number(row.value))
      write(line.querySelector(".note"), row.note)
      line.querySelector(".fill").style.width = `${(100 * row.value) / most}%`
    })
  }

  /* ---- lines ---- */

  arrange() {
    const narrow = this.root.clientWidth < NARROW
    this.root.classList.toggle("narrow", narrow)
    this.drawSwitch(narrow)
    this.lists = narrow && this.data.length > 1 ? this.data.filter((list) => list.names[0] === this.alone) : this.data
    this.root.classList.toggle("single", this.lists.length === 1)
    this.height = this.lists.length * ROW + LINE_GAP
    this.measuredAt = this.canvas.clientWidth
    if (!this.measuredAt) return // out of sight; the observer comes back with a width
    const style = getComputedStyle(this.canvas)
    const font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`
    if (font !== this.font) {
      this.font = font
      this.brush.font = font
      this.widths.clear()
      const [narrowest, widest] = ["i", "M"].map((letter) => this.brush.measureText(letter).width)
      this.advance = narrowest === widest ? widest : 0
    }
    const gutter = this.lists.length > 1 ? parseFloat(style.getPropertyValue("--gutter")) : 0
    const room = this.measuredAt - gutter - 8
    const drawnLines = Math.ceil(TALLEST / this.height + 2 * BEYOND) + 1
    this.lines = layOut(this.text, this.lists, room, Math.floor(PIECES_DRAWN / drawnLines), (text) => this.width(text))
    this.canvas.style.height = `${(this.lines.starts.length - 1) * this.height - LINE_GAP + 4}px`
    this.show(this.pinned, true)
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

  draw() {
    const last = this.lines.starts.length - 2
    const top = this.window.scrollTop
    const from = Math.max(0, Math.floor(top / this.height - BEYOND))
    const to = Math.min(last, Math.floor((top + TALLEST) / this.height + BEYOND))
    // Whoever types at the end of a text changes few of its lines: those that stay as they are stay where they are.
    const drawn = new Map()
    for (let line = from; line <= to; line++) {
      const before = this.drawn.get(line)
      const content = this.content(line)
      drawn.set(line, before?.content === content ? before : { content, made: this.line(line) })
    }
    for (const [line, { made }] of this.drawn) if (drawn.get(line)?.made !== made) made.remove()
    this.drawn = drawn
    let next = this.canvas.firstChild
    for (const { made } of drawn.values()) {
      if (made === next) next = next.nextSibling
      else this.canvas.insertBefore(made, next)
    }
    this.light()
  }

  /** Everything that decides how a line looks, as one string. */
  content(index) {
    const { starts, rightToLeft } = this.lines
    const [start, end] = [starts[index], starts[index + 1]]
    const rows = this.lists.map((list) => {
      const first = pieceAt(list, start)
      const last = pieceAt(list, end - 1)
      return [list.names, first, list.from.subarray(first, last + 2).join(), list.first.subarray(first, last + 2).join()].join()
    })
    return [start, end, rightToLeft[index], this.height, ...rows, this.text.slice(start, end)].join("\n")
  }

  line(index) {
    const { starts, rightToLeft } = this.lines
    const start = starts[index]
    const end = starts[index + 1]
    const made = element("div", "line")
    made.setAttribute("role", "presentation")
    made.style.top = `${index * this.height}px`
    // A label is a box among the letters: letters that join would be torn, so there the dashes alone count the tokens.
    if (RTL.test(this.text.slice(start, end))) made.classList.add("joined")
    this.lists.forEach((list, which) => {
      const cells = element("div", "cells")
      cells.dir = rightToLeft[index] ? "rtl" : "ltr"
      for (let piece = pieceAt(list, start); piece < list.count && list.from[piece] < end; piece++) {
        const from = Math.max(start, list.from[piece])
        const to = Math.min(end, list.from[piece + 1])
        cells.append(this.piece(list, which, piece, from, to))
      }
      const row = element("div", "row", element("span", "tag", list.names.join(" ")), cells)
      row.setAttribute("role", "presentation")
      cells.setAttribute("role", "presentation")
      row.firstChild.setAttribute("aria-hidden", "true")
      made.append(row)
    })
    return made
  }

  piece(list, which, piece, from, to) {
    const made = element("span", `piece c${piece % 6}`)
    made.textContent = visible(this.text.slice(from, to))
    made.setAttribute("role", "option")
    made.list = which
    made.piece = piece
    const tokens = list.first[piece + 1] - list.first[piece]
    if (tokens > 1) {
      made.classList.add("many")
      made.style.setProperty("--n", tokens)
      const times = `×${tokens}`
      if (this.width(this.text.slice(from, to)) > 6 * times.length) made.dataset.times = times
    }
    if (from > list.from[piece]) made.classList.add("continued")
    if (to < list.from[piece + 1]) made.classList.add("continues")
    return made
  }

  /* ---- the chosen piece ---- */

  point(event) {
    const piece = event.target.closest?.(".piece")
    if (piece && event.pointerType !== "touch") this.show({ list: piece.list, piece: piece.piece })
  }

  pin(place) {
    this.pinned = place
    this.show(place)
    this.reveal()
  }

  show(place, redraw = false) {
    this.shown = place
    this.inspect()
    if (redraw) this.draw()
    else this.light()
  }

  /** Light the chosen piece, and the pieces of the other rows over the same characters. */
  light() {
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
        piece.setAttribute("aria-selected", "true")
        this.window.setAttribute("aria-activedescendant", "chosen")
      } else if (piece.id) {
        piece.removeAttribute("id")
        piece.removeAttribute("aria-selected")
      }
    }
  }

  inspect() {
    const place = this.shown
    this.inspector.classList.toggle("empty", !place)
    this.inspector.classList.remove("open")
    if (!place) {
      if (this.inspector.textContent !== this.labels.hint) {
        this.inspector.replaceChildren(element("span", "hint", this.labels.hint))
      }
      return
    }
    const { labels, text } = this
    const list = this.lists[place.list]
    const [from, to] = [list.from[place.piece], list.from[place.piece + 1]]
    const [first, after] = [list.first[place.piece], list.first[place.piece + 1]]
    const piece = text.slice(from, to)
    const bytes = [...new TextEncoder().encode(piece)].map((byte) => byte.toString(16).padStart(2, "0"))
    let at = 0
    const ofTokens = [...list.sizes.subarray(first, after)].map((size) => bytes.slice(at, (at += size)).join(" "))
    const character = [...text.slice(0, from)].length + 1
    const length = [...piece].length
    const values = {
      from: number(character), to: number(character + length - 1), first: number(first + 1), last: number(after),
      tokens: number(list.ids.length),
    }
    const where = [
      fill(length === 1 ? labels.character : labels.characters, values),
      fill(after - first === 1 ? labels.token : labels.tokens, values),
    ].join("\n")
    const quoted = element("bdi", "quoted", visible(piece))
    quoted.className = `quoted c${place.piece % 6}`
    const fact = (name, value, kind) => element("div", `fact ${kind}`, element("dt", "", name), element("dd", "", value))
    this.inspector.replaceChildren(
      quoted,
      element("dl", "facts",
        fact(labels.place, where, "where"),
        fact(labels.encoding, list.names.join(" "), "mono"),
        fact(labels.ids, short([...list.ids.subarray(first, after)].join(" · ")), "mono"),
        fact(labels.bytes, short(ofTokens.join(" · ")), "mono"),
        fact(labels.codes, short([...piece].map((sign) => `U+${hex(sign.codePointAt(0))}`).join(" ")), "mono")),
    )
  }

  /* ---- the keyboard ---- */

  walk(event) {
    if (event.ctrlKey && !["Home", "End"].includes(event.key)) return
    if (event.metaKey || event.altKey) return
    const { list, piece } = this.pinned ?? { list: 0, piece: 0 }
    const current = this.lists[list]
    const line = this.lineOf(current.from[piece])
    const forward = this.lines.rightToLeft[line] ? "ArrowLeft" : "ArrowRight"
    const backward = forward === "ArrowLeft" ? "ArrowRight" : "ArrowLeft"
    const to = (which, number) => this.pin({ list: which, piece: Math.max(0, Math.min(this.lists[which].count - 1, number)) })
    const across = (which, place) => to(which, pieceAt(this.lists[which], place))
    const { starts } = this.lines
    const moves = {
      [forward]: () => to(list, piece + 1),
      [backward]: () => to(list, piece - 1),
      ArrowDown: () => this.step(1, list, piece),
      ArrowUp: () => this.step(-1, list, piece),
      Home: () => (event.ctrlKey ? to(list, 0) : across(list, starts[line])),
      End: () => (event.ctrlKey ? to(list, current.count) : across(list, starts[line + 1] - 1)),
      PageDown: () => across(list, starts[Math.min(starts.length - 2, line + this.page())]),
      PageUp: () => across(list, starts[Math.max(0, line - this.page())]),
      Escape: () => {
        this.pinned = null
        this.show(null)
      },
    }
    if (!moves[event.key]) return
    event.preventDefault()
    event.stopPropagation()
    moves[event.key]()
  }

  /** To the row above or below: of the same line, else of the next line at the same distance from its start. */
  step(by, list, piece) {
    const { starts } = this.lines
    const place = this.lists[list].from[piece]
    const line = this.lineOf(place)
    const which = list + by
    if (which >= 0 && which < this.lists.length) {
      this.pin({ list: which, piece: pieceAt(this.lists[which], Math.max(place, starts[line])) })
      return
    }
    const next = line + by
    if (next < 0 || next > starts.length - 2) return
    const other = by > 0 ? 0 : this.lists.length - 1
    const wanted = Math.min(starts[next] + Math.max(0, place - starts[line]), starts[next + 1] - 1)
    this.pin({ list: other, piece: pieceAt(this.lists[other], wanted) })
  }

  page() {
    return Math.max(1, Math.floor(this.window.clientHeight / this.height))
  }

  lineOf(place) {
    const { starts } = this.lines
    let low = 0
    let high = starts.length - 2
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (starts[middle] <= place) low = middle
      else high = middle - 1
    }
    return low
  }

  /** Scroll the least that brings the pinned piece into the window. */
  reveal() {
    const { list, piece } = this.pinned
    const top = this.lineOf(this.lists[list].from[piece]) * this.height + list * ROW
    const { scrollTop, clientHeight } = this.window
    if (top < scrollTop) this.window.scrollTop = top
    else if (top + ROW > scrollTop + clientHeight) this.window.scrollTop = top + ROW - clientHeight + LINE_GAP
    this.draw()
  }

  stop() {
    this.observer.disconnect()
  }
}

/** A piece of a thousand tokens would fill the page. */
const short = (value) => (value.length > 400 ? `${value.slice(0, 390)} …` : value)

export default function ({ data, parentElement }) {
  if (!views.has(parentElement)) views.set(parentElement, new TokenView(parentElement.querySelector(".token-view")))
  const view = views.get(parentElement)
  view.receive(data)
  return () => {
    view.stop()
    views.delete(parentElement)
  }
}
