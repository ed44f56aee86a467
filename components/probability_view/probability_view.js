// Draws tokens with their probabilities. Arrow keys walk, hover and focus show alternatives, Enter or a click chooses.

function element(tag, className, text = "") {
  const made = document.createElement(tag)
  made.className = className
  made.textContent = text
  return made
}

function inspect(place, token, data) {
  const rows = token.others.map(([text, percent, share]) => {
    const row = element("div", text === token.text ? "row drawn" : "row")
    const bar = element("span", "bar")
    bar.style.width = `${Math.max(0.4, share * 100)}%`
    row.append(element("span", "name", text), element("span", "share", percent), bar)
    return row
  })
  place.replaceChildren(
    element("div", "which", `${data.place.replace("%n", token.number)}: ${token.text} · ${token.percent}`),
    ...(rows.length ? rows : [element("div", "", data.none)]),
  )
}

export default function ({ data, parentElement, setStateValue }) {
  const answer = parentElement.querySelector(".answer")
  const inspector = parentElement.querySelector(".inspector")
  const legend = parentElement.querySelector(".legend")
  legend.replaceChildren(...data.legend.map((text, step) => element("span", `step${step}`, text)))
  answer.setAttribute("aria-label", data.label)

  const had = answer.contains(parentElement.activeElement ?? null)
  const tokens = data.tokens.map((token, number) => ({ ...token, number: number + 1 }))
  const chosen = Math.min(data.chosen, tokens.length - 1)
  const pieces = tokens.map((token, number) => {
    const piece = element("span", `token step${token.step}`)
    piece.setAttribute("role", "option")
    piece.setAttribute("aria-selected", number === chosen ? "true" : "false")
    piece.setAttribute("aria-label", `${token.text} ${token.percent}`)
    piece.tabIndex = number === chosen ? 0 : -1
    piece.append(element("span", "text", token.text), element("span", "number", token.percent))
    piece.onmouseenter = () => inspect(inspector, token, data)
    piece.onfocus = () => inspect(inspector, token, data)
    piece.onclick = () => choose(number)
    return piece
  })
  answer.replaceChildren(...pieces)
  answer.onmouseleave = () => tokens[chosen] && inspect(inspector, tokens[chosen], data)

  function choose(number) {
    pieces.forEach((each, at) => {
      each.setAttribute("aria-selected", at === number ? "true" : "false")
      each.tabIndex = at === number ? 0 : -1
    })
    pieces[number].focus()
    setStateValue("chosen", number)
  }

  answer.onkeydown = event => {
    const at = pieces.indexOf(event.target)
    if (at < 0) return
    const to = {
      ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: pieces.length - 1,
    }[event.key]
    if (to !== undefined && pieces[to]) {
      pieces[at].tabIndex = -1
      pieces[to].tabIndex = 0
      pieces[to].focus()
    } else if (event.key === "Enter" || event.key === " ") choose(at)
    if (to !== undefined || event.key === "Enter" || event.key === " ") event.preventDefault()
  }

  if (tokens[chosen]) inspect(inspector, tokens[chosen], data)
  if (had && pieces[chosen]) pieces[chosen].focus()
}
