/* Reports what is being typed into Streamlit's own chat input, which tells Python nothing before it is sent. It reads the
   input and never writes into it. An Enter that ends the composition of an input method is kept from the input, which
   would send the text.

   Streamlit's input stays disabled when the run of a fragment ends right behind the run that it waits for: that is
   reported too, for another whole run sets it free. */

const INPUT = '[data-testid="stChatInputTextArea"]'

/** Milliseconds between two reports, and between two looks for a text that came or went without a key press. */
const PAUSE = 120
const LOOK = 500
const HUSH = 1000

const reporters = new WeakMap()

class Reporter {
  constructor() {
    this.sent = ""
    this.lastSent = 0
    this.typed = (event) => { if (event.target?.matches?.(INPUT)) this.later() }
    this.pressed = (event) => {
      if (event.key !== "Enter" || !event.target?.matches?.(INPUT)) return
      if (event.isComposing || event.keyCode === 229) event.stopImmediatePropagation()
      else if (!event.shiftKey) this.hush()
    }
    document.addEventListener("input", this.typed)
    addEventListener("keydown", this.pressed, true)
    this.looking = setInterval(() => {
      this.free()
      this.later()
    }, LOOK)
  }

  /** Report an input that is disabled although nothing runs, twice in a row. */
  free() {
    const app = document.querySelector('[data-testid="stApp"]')
    const stuck = document.querySelector(INPUT)?.disabled && app?.dataset.testScriptState === "notRunning"
    this.stuck = stuck ? (this.stuck ?? 0) + 1 : 0
    if (this.stuck === 2) this.send("typed", { text: "", stuck: Math.random() })
  }

  /** While a text is being sent nothing is reported: a report on its heels could take its place. */
  hush() {
    clearTimeout(this.timer)
    this.timer = null
    this.lastSent = performance.now() + HUSH
  }

  /** Ask for the count of a long request, once it is drawn. */
  ask() {
    if (this.waiting) return
    this.waiting = true
    setTimeout(() => this.send("typed", { text: this.sent.slice(0, this.limit), count: Math.random() }), PAUSE)
  }

  later() {
    if (this.timer) return
    const wait = Math.max(0, this.lastSent + PAUSE - performance.now())
    this.timer = setTimeout(() => this.report(), wait)
  }

  report() {
    this.timer = null
    const input = document.querySelector(INPUT)
    // While an answer streams the input is disabled, and nobody would answer a report.
    if (!input || input.disabled || input.value === this.sent) return
    this.sent = input.value
    this.lastSent = performance.now()
    const length = this.sent.length
    this.send("typed", length <= this.limit ? { text: this.sent } : { length })
  }

  end() {
    clearTimeout(this.timer)
    clearInterval(this.looking)
    document.removeEventListener("input", this.typed)
    removeEventListener("keydown", this.pressed, true)
  }
}

export default function ({ data, parentElement, setStateValue }) {
  if (!reporters.has(parentElement)) reporters.set(parentElement, new Reporter())
  const reporter = reporters.get(parentElement)
  reporter.send = setStateValue
  reporter.limit = data.limit
  if (data.waits) reporter.ask()
  else reporter.waiting = false
  return () => {
    reporter.end()
    reporters.delete(parentElement)
  }
}
