// Draws lines of JSON or text. Everything that came from a person or a model goes in as textContent.

const PARTS = /("(?:[^"\\]|\\.)*")(\s*:)?|(-?\d[\d.eE+-]*)|\b(true|false|null)\b/g

function span(kind, text) {
  const element = document.createElement("span")
  element.className = kind
  element.textContent = text
  return element
}

function colour(line, text) {
  let at = 0
  for (const found of text.matchAll(PARTS)) {
    line.append(text.slice(at, found.index))
    if (found[1] !== undefined) {
      line.append(span(found[2] ? "key" : "string", found[1]), found[2] ?? "")
    } else {
      line.append(span(found[3] !== undefined ? "number" : "word", found[0]))
    }
    at = found.index + found[0].length
  }
  line.append(text.slice(at))
}

// Works on plain http too, where the browser offers no clipboard object.
function copy(text) {
  const area = document.createElement("textarea")
  area.value = text
  area.style.position = "fixed"
  area.style.opacity = "0"
  document.body.append(area)
  area.select()
  const done = document.execCommand("copy")
  area.remove()
  return done
}

export default function ({ data, parentElement }) {
  const view = parentElement.querySelector(".view")
  const pre = document.createElement("pre")
  pre.tabIndex = 0
  pre.setAttribute("role", "region")
  pre.setAttribute("aria-label", data.label)
  pre.style.maxHeight = `${data.max_height}px`
  data.lines.forEach((text, index) => {
    const line = document.createElement("span")
    line.className = "line"
    if (data.signs[index]) {
      line.classList.add("lit")
      line.dataset.sign = data.signs[index]
    }
    // A long line wraps under its own beginning, not under the margin.
    const indent = Math.min(text.search(/\S|$/), 24) + 2
    line.style.paddingLeft = `calc(24px + ${indent}ch)`
    line.style.textIndent = `-${indent}ch`
    // Very long lines stay plain: colouring them would hold up the page.
    if (data.kind === "json" && text.length < 20000) colour(line, text)
    else line.textContent = text
    pre.append(line)
  })

  const button = document.createElement("button")
  button.type = "button"
  button.className = "copy"
  button.textContent = data.copy
  button.onclick = () => {
    if (!copy(data.lines.join("\n"))) return
    button.textContent = data.copied
    setTimeout(() => (button.textContent = data.copy), 1500)
    button.focus()
  }

  const scrolled = view.querySelector("pre")?.scrollTop ?? 0
  view.replaceChildren(pre, button)
  view.classList.toggle("titled", Boolean(data.title))
  if (data.title) {
    const title = document.createElement("p")
    title.className = "title"
    title.textContent = data.title
    view.prepend(title)
  }
  pre.scrollTop = scrolled
  const firstLit = pre.querySelector(".lit")
  if (firstLit && firstLit.offsetTop > pre.clientHeight) pre.scrollTop = firstLit.offsetTop - 40
  if (data.more) {
    const more = document.createElement("p")
    more.className = "more"
    more.textContent = data.more
    view.append(more)
  }
}
