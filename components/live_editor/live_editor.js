/* A text area that reports what is typed. It reports nothing while an input method composes, and at most one report is
   under way: the next one leaves when the last was answered. */

const editors = new WeakMap()

/** Milliseconds between two reports: a long text costs more to send and to count. */
const pause = (text) => Math.min(400, 40 + text.length / 500)

/** An answer that takes longer than this is taken for lost. */
const PATIENCE = 2000

const characters = (text) => {
  let count = 0
  for (const _ of text) count++
  return count
}

class Editor {
  constructor(root) {
    this.area = document.createElement("textarea")
    for (const [name, value] of Object.entries({
      dir: "auto", spellcheck: "false", autocapitalize: "off", autocomplete: "off", autocorrect: "off", "data-gramm": "false",
    })) this.area.setAttribute(name, value)
    this.said = document.createElement("p")
    this.said.className = "said"
    this.said.setAttribute("role", "status")
    root.replaceChildren(this.area, this.said)

    this.name = Math.random().toString(36).slice(2)
    this.count = 0
    this.revision = null
    this.underWay = null
    this.lastSent = 0

    const area = this.area
    area.addEventListener("beforeinput", (event) => this.keepOut(event))
    area.addEventListener("input", (event) => {
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
    // Streamlit takes a plain "r" or "c" for a command: inside a shadow root it doesn't see that somebody is typing.
    area.addEventListener("keydown", (event) => {
      if (!event.ctrlKey && !event.metaKey && !event.altKey) event.stopPropagation()
    })
  }

  /** Take what Python says: texts of a known revision are echoes, and what is in the area is newer. */
  receive(data, send) {
    this.send = send
    this.data = data
    this.area.setAttribute("aria-label", data.label)
    this.area.placeholder = data.placeholder
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
  }

  adopt(data) {
    this.held = null
    this.revision = data.revision
    this.underWay = null
    this.dirty = false
    clearTimeout(this.timer)
    this.timer = null
    this.said.textContent = ""
    if (this.area.value !== data.text) this.area.value = data.text
    // The area makes every line end "\n": only what a person changes is a change to report.
    this.sent = this.area.value
    this.grow()
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
    this.dirty = this.area.value !== this.sent
    if (!this.dirty) return
    const now = performance.now()
    if (this.underWay && now - this.lastSent < PATIENCE) {
      this.timer = setTimeout(() => this.report(), PATIENCE - (now - this.lastSent))
      return
    }
    this.dirty = false
    this.sent = this.area.value
    this.lastSent = now
    this.underWay = `${this.name}-${++this.count}`
    this.send("typed", { text: this.sent, revision: this.revision, id: this.underWay })
  }

  /** Refuse input that makes the text too long, before it is in: nothing is cut, nothing typed is lost. */
  keepOut(event) {
    const { data, area } = this
    this.said.textContent = ""
    if (event.isComposing || !event.cancelable || !event.inputType.startsWith("insert")) return
    const inserted = event.data ?? event.dataTransfer?.getData("text/plain") ?? "\n"
    const cut = area.value.slice(area.selectionStart, area.selectionEnd)
    if (area.value.length - cut.length + inserted.length <= data.limit) return
    const length = characters(area.value) - characters(cut) + characters(inserted)
    if (length <= data.limit) return
    event.preventDefault()
    const number = (value) => value.toLocaleString("en-US")
    this.said.textContent = data.too_long.replace("{length}", number(length)).replace("{limit}", number(data.limit))
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
    editors.delete(parentElement)
  }
}
