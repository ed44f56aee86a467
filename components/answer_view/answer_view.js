// Draws columns of answer cards. Every text is put in as text, never as HTML.

function element(tag, className, text = "") {
  const made = document.createElement(tag)
  made.className = className
  made.textContent = text
  return made
}

function part([text, kind], kinds) {
  if (!kind) return document.createTextNode(text)
  const made = element("span", kind)
  // What the mark says to the eye, a hidden word says to a screen reader.
  made.append(element("span", "unseen", ` [${kinds[kind]}: `), text, element("span", "unseen", "] "))
  return made
}

function drawCard(card, kinds) {
  const made = element("section", card.failed ? "card failed" : "card")
  if (card.title) made.append(element("p", "title", card.title))
  const words = element("p", "words")
  words.append(...card.parts.map(each => part(each, kinds)))
  made.append(words)
  if (card.facts) made.append(element("p", "facts", card.facts))
  return made
}

export default function ({ data, parentElement }) {
  const columns = data.columns.map(column => {
    const made = element("div", "column")
    const heading = element("p", "heading", column.heading)
    heading.setAttribute("role", "heading")
    heading.setAttribute("aria-level", "2")
    made.append(heading)
    if (column.facts) made.append(element("p", "facts", column.facts))
    made.append(...column.cards.map(card => drawCard(card, data.kinds)))
    return made
  })
  parentElement.querySelector(".answers").replaceChildren(...columns)
}
