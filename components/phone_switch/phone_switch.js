// Two buttons that say on the document what a phone shows of the chat: "chat" or "json". Python never hears of it.

const VIEWS = ["chat", "json"]

export default function ({ data, parentElement }) {
  const group = parentElement.querySelector(".switch")
  const root = document.documentElement
  const show = (view) => {
    root.dataset.chatView = view
    for (const button of group.children) button.setAttribute("aria-pressed", String(button.dataset.view === view))
  }
  group.setAttribute("aria-label", data.label)
  group.replaceChildren(...VIEWS.map((view) => {
    const button = document.createElement("button")
    button.type = "button"
    button.dataset.view = view
    button.textContent = data[view]
    button.onclick = () => show(view)
    return button
  }))
  show(root.dataset.chatView ?? "chat")
  // Streamlit may take an old switch away after it drew the new one: only the last one's end forgets the choice.
  return () => requestAnimationFrame(() => {
    if (!document.querySelector(".st-key-chat_switch")) delete root.dataset.chatView
  })
}
