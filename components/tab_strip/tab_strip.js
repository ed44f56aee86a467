/* A row of tabs: a click or an arrow key opens one. What a tab shows is drawn elsewhere on the page, in its pane. */

const strips = new WeakMap()

class Strip {
  constructor(root) {
    this.root = root
    root.addEventListener("click", (event) => {
      const tab = event.target.closest(".tab")
      if (tab) this.ask(tab.dataset.name)
    })
    root.addEventListener("keydown", (event) => this.walk(event))
    root.addEventListener("scroll", () => this.fade(), { passive: true })
    this.observer = new ResizeObserver(() => this.fade())
    this.observer.observe(root)
  }

  receive({ tabs, open, label, pane }, send) {
    this.send = send
    this.root.setAttribute("aria-label", label)
    if (JSON.stringify(tabs) !== this.drawn) {
      this.drawn = JSON.stringify(tabs)
      this.root.replaceChildren(...tabs.map(([name, title]) => {
        const tab = document.createElement("button")
        Object.assign(tab, { type: "button", className: "tab", textContent: title })
        tab.setAttribute("role", "tab")
        tab.dataset.name = name
        return tab
      }))
    }
    // While a later click is under way, an answer to an earlier one would jump back.
    if (this.asked === open) this.asked = null
    this.select(this.asked ?? open)
    this.dress(pane)
  }

  select(name) {
    const before = this.open
    this.open = name
    for (const tab of this.root.children) {
      const selected = tab.dataset.name === name
      tab.setAttribute("aria-selected", String(selected))
      tab.tabIndex = selected ? 0 : -1
      if (selected && name !== before) {
        // Not scrollIntoView: that would scroll the page to the tabs, too.
        this.root.scrollLeft = tab.offsetLeft + (tab.offsetWidth - this.root.clientWidth) / 2
      }
    }
  }

  ask(name) {
    if (name === this.open) return
    this.asked = name
    this.select(name)
    this.send("open", name)
  }

  walk(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const tabs = [...this.root.children]
    const at = tabs.indexOf(event.target)
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1 + tabs.length, Home: 0, End: tabs.length - 1 }[event.key]
    if (at < 0 || to === undefined) return
    event.preventDefault()
    event.stopPropagation()
    const tab = tabs[to % tabs.length]
    this.ask(tab.dataset.name)
    tab.focus()
  }

  /** Where tabs are out of sight, the edge says so. */
  fade() {
    const { root } = this
    root.classList.toggle("before", root.scrollLeft > 1)
    root.classList.toggle("after", root.scrollLeft + root.clientWidth < root.scrollWidth - 1)
  }

  /** Make the pane the panel of the open tab, now or as soon as it is there. */
  dress(key) {
    this.waiting?.disconnect()
    const dressed = () => {
      const pane = document.querySelector(`.st-key-${key}`)
      if (!pane) return false
      pane.setAttribute("role", "tabpanel")
      for (const tab of this.root.children) {
        const selected = tab.dataset.name === this.open
        tab.ariaControlsElements = selected ? [pane] : null
        if (selected) pane.setAttribute("aria-label", tab.textContent)
      }
      return true
    }
    if (dressed()) return
    this.waiting = new MutationObserver(() => {
      if (dressed()) this.waiting.disconnect()
    })
    this.waiting.observe(document.body, { childList: true, subtree: true })
  }

  stop() {
    this.waiting?.disconnect()
    this.observer.disconnect()
  }
}

export default function ({ data, parentElement, setStateValue }) {
  if (!strips.has(parentElement)) strips.set(parentElement, new Strip(parentElement.querySelector(".strip")))
  const strip = strips.get(parentElement)
  strip.receive(data, setStateValue)
  return () => {
    strip.stop()
    strips.delete(parentElement)
  }
}
