// A live region says what changes in it: its element stays, only its text is another one.

export default function ({ data, parentElement }) {
  const region = parentElement.querySelector("p")
  if (region.textContent !== data.sentence) region.textContent = data.sentence
}
