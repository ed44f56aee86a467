// The stages of a run, as a list of buttons: a click opens a stage that was reached. The rows stay when the run goes on,
// so that the keyboard's place among them is kept.

function row(rail, index) {
  const made = rail.children[index] ?? rail.appendChild(document.createElement("button"))
  made.type = "button"
  return made
}

export default function ({ data, parentElement, setStateValue }) {
  const rail = parentElement.querySelector(".rail")
  rail.setAttribute("aria-label", data.label)
  data.rows.forEach(({ name, label }, index) => {
    const button = row(rail, index)
    const current = index === data.shown
    button.className = current ? "current" : index <= data.reached ? "done" : "later"
    button.dataset.stage = name
    button.textContent = label
    button.disabled = index > data.reached
    // Where one stands already there is nothing to open.
    button.tabIndex = current ? -1 : 0
    if (current) button.setAttribute("aria-current", "step")
    else button.removeAttribute("aria-current")
    button.onclick = () => current || setStateValue("open", { stage: index, at: Date.now() })
  })
  while (rail.children.length > data.rows.length) rail.lastChild.remove()
}
