// Draws three lanes and one arrow under them, from the middle of the speaker's lane to the middle of the listener's.

function element(className, text = "") {
  const made = document.createElement("div")
  made.className = className
  made.textContent = text
  return made
}

export default function ({ data, parentElement }) {
  const strip = parentElement.querySelector(".lanes")
  strip.setAttribute("aria-label", data.label)
  const lanes = data.names.map((name, place) => element(place === data.speaker ? "lane speaks" : "lane", name))

  const from = Math.min(data.speaker, data.listener)
  const to = Math.max(data.speaker, data.listener)
  const arrow = element("arrow")
  arrow.style.gridColumn = `${from + 1} / ${to + 2}`
  if (from !== to) {
    const line = element(data.listener > data.speaker ? "line right" : "line left")
    // From the middle of one lane to the middle of the other.
    line.style.marginInline = `${50 / (to - from + 1)}%`
    arrow.append(line)
  }
  arrow.append(element("words", data.passes))
  strip.replaceChildren(...lanes, arrow)
}
