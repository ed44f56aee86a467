/* A row for each encoding: its name, its count, a bar, a note. The numbers come from Python, and so do the words. */

const write = (place, text) => {
  if (place.textContent !== text) place.textContent = text
}

/** A bar that glides keeps the browser drawing for ten frames. At a key press nobody would see it: far steps glide. */
function stretch(fill, width) {
  if (fill.width === width) return
  fill.classList.toggle("glides", Math.abs(width - (fill.width ?? 0)) > 2)
  fill.width = width
  fill.style.width = `${width}%`
}

/** Draw the counts into a list; a row without a value keeps its secret. */
function drawCounts(counts, rows) {
  const most = Math.max(1, ...rows.map((row) => row.value ?? 0))
  while (counts.children.length > rows.length) counts.lastChild.remove()
  while (counts.children.length < rows.length) {
    const bar = element("span", "bar", element("span", "fill"))
    bar.setAttribute("aria-hidden", "true")
    const names = element("span", "names", element("span", "title"), element("span", "name"))
    counts.append(element("li", "count", names, element("span", "big"), bar, element("span", "note")))
  }
  rows.forEach((row, index) => {
    const line = counts.children[index]
    const secret = row.value === null
    line.classList.toggle("secret", secret)
    write(line.querySelector(".title"), row.title)
    write(line.querySelector(".name"), row.name === row.title ? "" : row.name)
    write(line.querySelector(".big"), secret ? "?" : number(row.value))
    write(line.querySelector(".note"), row.note)
    stretch(line.querySelector(".fill"), secret ? 0 : (100 * row.value) / most)
  })
}
