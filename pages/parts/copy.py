"""A button that copies a text with one click.

Streamlit has none besides the one of ``st.code``, which would show the text a second time.
"""

import streamlit as st

HTML = """
<button type="button">
  <span class="icon" aria-hidden="true">content_copy</span>
  <span class="label" aria-live="polite">Copy</span>
</button>
"""
CSS = """
button {
  display: flex;
  align-items: center;
  gap: 0.5rem;
  height: 1.5rem;
  padding: 0;
  border: 0;
  background: none;
  color: var(--st-text-color);
  font-family: var(--st-font);
  font-size: 0.875rem;
  white-space: nowrap;
  cursor: pointer;
}
.icon {
  font-family: "Material Symbols Rounded";
  font-size: 1rem;
}
button:hover {
  color: var(--st-primary-color);
}
button:focus-visible {
  outline: 2px solid var(--st-primary-color);
  outline-offset: 2px;
}
"""
# The text is only ever handed to the clipboard; it is not made part of the page.
JS = """
export default function ({ data, parentElement }) {
  const button = parentElement.querySelector("button")
  const label = parentElement.querySelector(".label")
  const say = (words) => { label.textContent = words }
  let back
  button.onclick = async () => {
    clearTimeout(back)
    try {
      await navigator.clipboard.writeText(data.text)
      say("Copied")
    } catch {
      say("The browser did not allow it")
    }
    back = setTimeout(() => say("Copy"), 2000)
  }
  return () => clearTimeout(back)
}
"""

_button = st.components.v2.component("recollect_copy", html=HTML, css=CSS, js=JS)


def draw_copy(text: str, key: str) -> None:
    """``text``: as it goes to the clipboard, character by character."""
    _button(key=key, data={"text": text}, width="content", height="content")
