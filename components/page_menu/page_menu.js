/* The menu of pages: links like any others, but a plain click changes the page without loading everything anew. */

const make = (name, className, ...children) => {
  const made = document.createElement(name)
  made.className = className
  made.append(...children)
  return made
}

/** What stands before a page's path in the address, however the app is mounted. */
function root(paths) {
  const here = location.pathname.replace(/\/$/, "")
  const last = here.split("/").at(-1)
  return last && paths.includes(last) ? here.slice(0, -last.length) : `${here}/`
}

function build(menu, sections) {
  menu.replaceChildren(...sections.map(([title, pages], number) => {
    const heading = make("p", "page-menu-section", title)
    heading.id = `page-menu-${number}`
    const list = make("ul", "", ...pages.map(([path, name, icon]) => {
      const sign = make("span", "page-menu-icon", icon)
      sign.setAttribute("aria-hidden", "true")
      sign.setAttribute("translate", "no")
      const link = make("a", "page-menu-link", sign, make("span", "", name))
      link.dataset.path = path
      return make("li", "", link)
    }))
    list.setAttribute("aria-labelledby", heading.id)
    return make("div", "", heading, list)
  }))
}

/** Milliseconds after which a page that was asked for and is not there is asked for again, and how often. */
const PATIENCE = 2500
const TIMES = 2
let [waiting, wanted] = [0, null]

/**
 * Streamlit listens to the back button: it draws the page whose address stands in the bar. Whatever an element of the
 * old page tells the server in the same moment names the old page still and takes the new one's place: then once more.
 */
function ask(link, times) {
  clearTimeout(waiting)
  wanted = link.dataset.path
  if (link.href !== location.href) history[times === TIMES ? "pushState" : "replaceState"]({}, "", link.href)
  dispatchEvent(new PopStateEvent("popstate"))
  if (!times || link.hasAttribute("aria-current")) return
  waiting = setTimeout(() => link.isConnected && ask(link, times - 1), PATIENCE)
}

// Whoever goes back meanwhile wants another page.
addEventListener("popstate", (event) => event.isTrusted && clearTimeout(waiting))

function follow(event) {
  const link = event.target.closest("a")
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
  event.preventDefault()
  ask(link, TIMES)
  // On a phone the menu lies over the page.
  if (innerWidth <= 768) document.querySelector("[data-testid=stSidebarCollapseButton] button")?.click()
}

export default function ({ data: { label, sections, current, hidden }, parentElement }) {
  const menu = parentElement.querySelector(".page-menu")
  menu.setAttribute("aria-label", label)
  menu.onclick = follow
  if (current === wanted) clearTimeout(waiting)
  const drawn = JSON.stringify(sections)
  // Whoever walks through the menu with the keys keeps the place when the page changes.
  if (menu.dataset.drawn !== drawn) build(menu, sections)
  menu.dataset.drawn = drawn
  const links = [...menu.querySelectorAll("a")]
  const base = root([...links.map((link) => link.dataset.path), ...hidden])
  for (const link of links) {
    link.href = base + link.dataset.path
    if (link.dataset.path === current) link.setAttribute("aria-current", "page")
    else link.removeAttribute("aria-current")
  }
}
