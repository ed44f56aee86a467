/* Reports what is being typed into Streamlit's own chat input, which tells Python nothing before it is sent. It reads the
   input and never writes into it. An Enter that ends the composition of an input method is kept from the input, which
   would send the text. */

const INPUT = '[data-testid="stChatInputTextArea"]'

/** Milliseconds between two reports, and between two looks for a text that came or went without a key press. */
const PAUSE = 120
const LOOK = 500

const reporters = new WeakMap()

class Reporter {
  constructor() {
    this.sent = ""
    this.lastSent = 0
    this.typed = (event) => { if (event.target?.matches?.(INPUT)) this.later() }
    this.composed = (event) => {
      if (event.key === "Enter" && (event.isComposing || event.keyCode === 229) && event.target?.matches?.(INPUT)) {
        event.stopImmediatePropagation()
      }
    }
    document.addEventListener("input", this.typed)
    addEventListener("keydown", this.composed, true)
    this.looking = setInterval(() => this.later(), LOOK)
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
    removeEventListener("keydown", this.composed, true)
  }
}

export default function ({ data, parentElement, setStateValue }) {
  if (!reporters.has(parentElement)) reporters.set(parentElement, new Reporter())
  const reporter = reporters.get(parentElement)
  reporter.send = setStateValue
  reporter.limit = data.limit
  return () => {
    reporter.end()
    reporters.delete(parentElement)
  }
}
