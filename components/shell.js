// Says on the document itself which language and which theme the page is in: screen readers, line breaking
// and what opens outside the app's own frame (dialogs, popovers) look there.
export default function ({ data }) {
  document.documentElement.lang = data.language
  const app = document.querySelector(".stApp")
  if (app) document.documentElement.style.colorScheme = getComputedStyle(app).colorScheme
}
