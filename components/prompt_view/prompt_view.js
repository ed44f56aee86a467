// Draws the prompt as coloured pieces, cut into tokens. Whatever came from a person goes in as textContent.

function element(tag, kind, text) {
  const made = document.createElement(tag)
  if (kind) made.className = kind
  if (text !== undefined) made.textContent = text
  return made
}

function legend(kinds) {
  const list = element("ul", "legend")
  kinds.forEach(kind => {
    const row = element("li", kind.name)
    row.style.background = "none"
    row.style.textDecoration = "none"
    row.append(element("span", "sign", kind.sign), element("span", `swatch ${kind.name}`, kind.title), ` ${kind.tokens}`)
    list.append(row)
  })
  return list
}

// Places count characters, of which JavaScript makes two when they are beyond U+FFFF.
function tokens(text, places) {
  const characters = Array.from(text)
  const cuts = [...new Set([0, ...places])]
  return cuts.map((start, at) =>
    element("span", start || places[0] === 0 ? "token" : "", characters.slice(start, cuts[at + 1]).join("")))
}

function drawn([at, text, places, said, instead], kinds) {
  const piece = element("span", `piece ${instead ? "lump " : ""}${kinds[at].name}`, places.length ? undefined : instead || text)
  if (places.length) piece.append(...tokens(text, places))
  piece.said = said
  return piece
}

export default function ({ data, parentElement }) {
  const view = parentElement.querySelector(".view")
  const scrolled = view.querySelector("pre")?.scrollTop ?? 0
  const pre = element("pre")
  pre.tabIndex = 0
  pre.setAttribute("role", "region")
  pre.setAttribute("aria-label", data.label)
  const inspector = element("p", "inspector", data.hint)
  inspector.setAttribute("role", "status")
  const pieces = data.pieces.map(piece => drawn(piece, data.kinds))
  let before = -1
  pieces.forEach((piece, place) => {
    const at = data.pieces[place][0]
    if (at !== before) pre.append(element("span", `sign ${data.kinds[at].name}`, data.kinds[at].sign))
    before = at
    pre.append(piece)
  })

  let chosen = -1
  const choose = place => {
    pieces[chosen]?.classList.remove("chosen")
    chosen = Math.max(0, Math.min(pieces.length - 1, place))
    pieces[chosen].classList.add("chosen")
    inspector.textContent = pieces[chosen].said
  }
  const pointed = event => {
    const piece = event.target.closest(".piece")
    if (piece) choose(pieces.indexOf(piece))
  }
  pre.onpointerover = pointed
  pre.onclick = pointed
  pre.onkeydown = event => {
    const to = { ArrowRight: chosen + 1, ArrowLeft: chosen - 1, Home: 0, End: pieces.length - 1 }[event.key]
    if (to === undefined || !pieces.length) return
    event.preventDefault()
    choose(to)
    pieces[chosen].scrollIntoView({ block: "nearest" })
  }
  view.replaceChildren(legend(data.kinds), pre, inspector)
  if (data.more) view.append(element("p", "inspector", data.more))
  pre.scrollTop = scrolled
}
