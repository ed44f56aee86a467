/* The strip at a fixed place that says what the chosen piece is made of. It doesn't know where pieces are drawn. */

const element = (name, className, ...children) => {
  const made = document.createElement(name)
  if (className) made.className = className
  made.append(...children)
  return made
}

/** Fill the gaps of a translated sentence: fill("{a} of {b}", {a: 1, b: 2}). */
const fill = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (gap, name) => values[name] ?? gap)
const number = (value) => value.toLocaleString("en-US")

/** A piece of a thousand tokens would fill the page. */
const short = (value) => (value.length > 400 ? `${value.slice(0, 390)} …` : value)

class Inspector {
  /** `ask` is called with a place when the reader wants more of it. */
  constructor(ask) {
    this.facts = element("div", "said")
    this.facts.setAttribute("role", "status")
    this.more = element("button", "more")
    this.more.type = "button"
    this.more.addEventListener("click", () => ask(this.place))
    this.root = element("div", "inspector", this.facts, this.more)
  }

  /** Only a piece that stays chosen while the pointer leaves it can be asked for more. */
  show(place, stays, { text, lists, labels, merges, hue }) {
    this.place = place
    this.root.classList.toggle("empty", !place)
    this.root.classList.remove("open")
    this.more.hidden = !(merges && place && stays)
    this.more.textContent = labels.merges
    if (place) this.facts.replaceChildren(...this.about(place, text, lists[place.list], labels, hue))
    else if (this.facts.textContent !== labels.hint) this.facts.replaceChildren(element("span", "hint", labels.hint))
  }

  about({ piece }, text, list, labels, hue) {
    const [from, to] = [list.from[piece], list.from[piece + 1]]
    const [first, after] = [list.first[piece], list.first[piece + 1]]
    const shown = text.slice(from, to)
    const character = countCharacters(text, from) + 1
    const length = [...shown].length
    const values = {
      from: number(character), to: number(character + length - 1), first: number(first + 1), last: number(after),
      tokens: number(list.ids.length),
    }
    const where = [
      fill(length === 1 ? labels.character : labels.characters, values),
      fill(after - first === 1 ? labels.token : labels.tokens, values),
    ].join("\n")
    const fact = (name, value, kind) =>
      element("div", `fact ${kind}`, element("dt", "", name), element("dd", "", value))
    return [
      element("bdi", `quoted c${hue}`, visible(shown)),
      element("dl", "facts",
        fact(labels.place, where, "where"),
        fact(labels.encoding, list.names.join(" "), "mono"),
        fact(labels.ids, short(idsOf(list, piece)), "mono"),
        fact(labels.bytes, short(bytesOf(text, list, piece)), "mono"),
        fact(labels.codes, short([...shown].map((sign) => `U+${hex(sign.codePointAt(0))}`).join(" ")), "mono")),
    ]
  }
}

/** Code points before a place: two halves of a pair are one. */
function countCharacters(text, end) {
  let count = end
  for (let at = 0; at + 1 < end; at++) {
    const unit = text.charCodeAt(at)
    if (unit >= 0xd800 && unit < 0xdc00) count--
  }
  return count
}
