// Draws the prompt as coloured pieces. Whatever came from a person goes in as textContent.

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

export default function ({ data, parentElement }) {
  const view = parentElement.querySelector(".view")
  const scrolled = view.querySelector("pre")?.scrollTop ?? 0
  const pre = element("pre")
  pre.tabIndex = 0
  pre.setAttribute("role", "region")
  pre.setAttribute("aria-label", data.label)
  const inspector = element("p", "inspector", data.hint)
  let before = -1
  data.pieces.forEach(([at, text, said, instead]) => {
    const kind = data.kinds[at]
    if (at !== before) pre.append(element("span", `sign ${kind.name}`, kind.sign))
    before = at
    const piece = instead ? element("span", `piece lump ${kind.name}`, instead) : element("span", `piece ${kind.name}`, text)
    piece.onpointerenter = () => { inspector.textContent = said }
    piece.onclick = piece.onpointerenter
    pre.append(piece)
  })
  view.replaceChildren(legend(data.kinds), pre, inspector)
  if (data.more) view.append(element("p", "inspector", data.more))
  pre.scrollTop = scrolled
}
