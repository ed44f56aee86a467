/* A text area that reports what is typed. It reports nothing while an input method composes, and at most one report is
   under way: the next one leaves when the last was answered. A long text is reported when the reader asks for it. */

const editors = new WeakMap()

/** Milliseconds between two reports: a long text costs more to send and to count. */
const pause = (text) => Math.min(400, 40 + text.length / 500)

/** Milliseconds after which an answer is taken for lost, as when the connection broke. */
const PATIENCE = 10_000

/** Streamlit closes the connection when a message has more than 25 MB. */
const MESSAGE = 24_000_000

const characters = (text) => {
  let count = 0
  for (const _ of text) count++
  return count
}
const bytes = (text) => new TextEncoder().encode(text).length
const fill = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (gap, name) => values[name].toLocaleString("en-US"))

class Editor {
  constructor(root) {
    this.area = document.createElement("textarea")
    for (const [name, value] of Object.entries({
      dir: "auto", spellcheck: "false", autocapitalize: "off", autocomplete: "off", autocorrect: "off", "data-gramm": "false",
    })) this.area.setAttribute(name, value)
    this.said = document.createElement("p")
    this.said.setAttribute("role", "status")
    this.count = document.createElement("button")
    this.count.type = "button"
    this.count.hidden = true
    const below = document.createElement("div")
    below.className = "said"
    below.append(this.said, this.count)
    root.replaceChildren(this.area, below)

    this.name = Math.random().toString(36).slice(2)
    this.reports = 0
    this.revision = null
    this.underWay = null
    this.lastSent = 0

    const area = this.area
    area.addEventListener("beforeinput", (event) => this.keepOut(event))
    area.addEventListener("input", (event) => {
      this.asked = false
      this.grow()
      // A paste is one act: whoever pastes looks for the answer at once.
      if (event.inputType === "insertFromPaste") this.report()
      else this.later()
    })
    area.addEventListener("compositionstart", () => { this.composing = true })
    area.addEventListener("compositionend", () => {
      this.composing = false
      if (this.held) this.adopt(this.held)
      else this.report()
    })
    area.addEventListener("blur", () => this.report())
    this.count.addEventListener("click", () => {
      this.asked = true
      this.report()
    })
    this.leave = () => this.putAside()
    addEventListener("pagehide", this.leave)
    // Streamlit takes a plain "r" or "c" for a command: inside a shadow root it doesn't see that somebody is typing.
    area.addEventListener("keydown", (event) => {
      if (!event.ctrlKey && !event.metaKey && !event.altKey) event.stopPropagation()
    })
  }

  /** Take what Python says: texts of a known revision are echoes, and what is in the area is newer. */
  receive(data, send) {
    this.send = send
    this.shelf = `live_editor ${data.name}`
    this.data = data
    this.area.setAttribute("aria-label", data.label)
    this.area.placeholder = data.placeholder
    this.count.textContent = data.count
    this.area.style.minHeight = `${data.height}px`
    if (data.revision !== this.revision) {
      if (this.composing) this.held = data
      else this.adopt(data)
    }
    if (data.answered === this.underWay) {
      this.underWay = null
      clearTimeout(this.timer)
      this.timer = null
      if (this.dirty) this.later()
    }
    this.count.disabled = Boolean(this.underWay)
  }

  adopt(data) {
    this.held = null
    this.revision = data.revision
    this.underWay = null
    this.dirty = false
    clearTimeout(this.timer)
    this.timer = null
    this.asked = this.waits = false
    this.say("")
    if (this.area.value !== data.text) this.area.value = data.text
    // The area makes every line end "\n": only what a person changes is a change to report.
    this.sent = this.area.value
    this.grow()
    this.takeBack()
  }

  /** Report soon: at once after a pause, else as soon as the pause is over. */
  later() {
    this.dirty = true
    if (this.composing || this.timer) return
    const wait = this.lastSent + pause(this.area.value) - performance.now()
    if (wait <= 0) this.report()
    else this.timer = setTimeout(() => this.report(), wait)
  }

  report() {
    clearTimeout(this.timer)
    this.timer = null
    if (this.composing || this.held) return
    const message = this.news()
    this.dirty = message !== null
    if (!message) return
    const now = performance.now()
    if (this.underWay && now - this.lastSent < PATIENCE) {
      this.timer = setTimeout(() => this.report(), PATIENCE - (now - this.lastSent))
      return
    }
    this.dirty = false
    this.waits = message.waits
    this.sent = message.text ?? this.sent
    this.lastSent = now
    this.underWay = `${this.name}-${++this.reports}`
    this.count.disabled = true
    this.send("typed", { ...message, revision: this.revision, id: this.underWay })
  }

  /** What Python doesn't know yet: another text, or that one waits here for the reader to ask. */
  news() {
    const { data, area: { value } } = this
    if (value === this.sent) {
      this.say("")
      return this.waits ? { waits: false } : null
    }
    const length = value.length > data.limit ? characters(value) : 0
    if (length <= data.limit) {
      this.say("")
      return { waits: false, text: value }
    }
    if (!this.asked) {
      this.say(fill(data.long, { length, limit: data.limit }), true)
      return this.waits ? null : { waits: true }
    }
    if (bytes(JSON.stringify(value)) > MESSAGE) {
      this.say(fill(data.too_long, { size: bytes(value), limit: data.most }))
      return null
    }
    this.say("")
    return { waits: false, text: value }
  }

  say(sentence, offer = false) {
    if (this.said.textContent !== sentence) this.said.textContent = sentence
    this.count.hidden = !offer
  }

  /** Refuse input that makes the text too large, before it is in: nothing is cut, nothing typed is lost. */
  keepOut(event) {
    const { data, area } = this
    if (event.isComposing || !event.cancelable || !event.inputType.startsWith("insert")) return
    const inserted = event.data ?? event.dataTransfer?.getData("text/plain") ?? "\n"
    if (3 * (area.value.length + inserted.length) <= data.most) return
    const cut = area.value.slice(area.selectionStart, area.selectionEnd)
    const size = bytes(area.value) - bytes(cut) + bytes(inserted)
    if (size <= data.most) return
    event.preventDefault()
    this.say(fill(data.too_long, { size, limit: data.most }), !this.count.hidden)
  }

  /* A text that waits is known to nobody but this tab: it is put aside when the editor goes, and taken back. */

  putAside() {
    try {
      if (!this.waits) sessionStorage.removeItem(this.shelf)
      else sessionStorage.setItem(this.shelf, JSON.stringify({ after: this.sent, text: this.area.value }))
    } catch {
      // The shelf is full or closed: the text stays as long as the editor does.
    }
  }

  takeBack() {
    try {
      const aside = JSON.parse(sessionStorage.getItem(this.shelf))
      if (aside?.after !== this.sent) return
      this.area.value = aside.text
      this.later()
    } catch {
      // A closed shelf holds nothing.
    }
  }

  /** Browsers without `field-sizing` grow by hand. */
  grow() {
    if (CSS.supports("field-sizing", "content")) return
    this.area.style.height = "auto"
    this.area.style.height = `${this.area.scrollHeight + 2}px`
  }
}

export default function ({ data, parentElement, setStateValue }) {
  if (!editors.has(parentElement)) {
    editors.set(parentElement, new Editor(parentElement.querySelector(".live-editor")))
  }
  const editor = editors.get(parentElement)
  editor.receive(data, setStateValue)
  return () => {
    clearTimeout(editor.timer)
    removeEventListener("pagehide", editor.leave)
    editor.putAside()
    editors.delete(parentElement)
  }
}
