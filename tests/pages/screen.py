"""The app as somebody without a browser sees it: what stands on a page, what can be pressed."""

import html
from pathlib import Path

from streamlit.testing.v1 import AppTest

from memory import Memory
from pages.parts.shared import WORD_JOINER
from pages.parts.whose import ME

APP = Path(__file__).parents[2] / "app.py"
TIMEOUT_SECONDS = 30
"""The first run imports pandas and the like; waiting ends with the run."""
SHOWN = (
    *("title", "header", "markdown", "text", "caption", "code"),
    *("error", "warning", "success", "toast"),
)


def agreed(memory: Memory, purpose: str) -> bool:
    """Whether one agrees to it now."""
    return any(
        consent.purpose == purpose and consent.revoked_at is None for consent in memory.consents(ME)
    )


class Screen:
    """Fails when a page raises. Widgets go by their keys; texts are compared as they are read."""

    def __init__(self) -> None:
        self.test = AppTest.from_file(str(APP), default_timeout=TIMEOUT_SECONDS)

    def run(self) -> "Screen":
        self.test.run()
        assert not self.test.exception, self.test.exception[0].stack_trace
        return self

    def open(self, page: str) -> "Screen":
        self.test.switch_page(f"pages/{page}.py")
        return self.run()

    # -- doing ------------------------------------------------------------------------------

    def click(self, key: str) -> "Screen":
        self.test.button(key=key).click()
        return self.run()

    def say(self, text: str) -> "Screen":
        self.test.chat_input(key="chat_input").set_value(text)
        return self.run()

    def write(self, key: str, text: str) -> "Screen":
        """Into a field of one line."""
        self.test.text_input(key=key).set_value(text)
        return self.run()

    def write_long(self, key: str, text: str) -> "Screen":
        """Into a field of several lines."""
        self.test.text_area(key=key).set_value(text)
        return self.run()

    def menu(self, key: str, option: str) -> "Screen":
        self.test.menu_button(key=key).click(option)
        return self.run()

    def pick(self, key: str, option: str) -> "Screen":
        """Among the options of a dialog, which the next run closes: press its button then."""
        self.test.radio(key=key).set_value(option)
        return self

    def fill(self, key: str, text: str) -> "Screen":
        """Into a field of a dialog, which the next run closes: press its button then."""
        self.test.text_input(key=key).set_value(text)
        return self

    def choose(self, option: str, key: str) -> "Screen":
        """One segment of a control."""
        self.test.segmented_control(key=key).set_value(option)
        return self.run()

    def upload(
        self, label: str, name: str, content: bytes, kind: str = "application/zip"
    ) -> "Screen":
        """Into the field of that label."""
        [field] = [each for each in self.test.file_uploader if each.label == label]
        field.upload(name, content, kind)
        return self.run()

    def tick(self, *rows: int) -> "Screen":
        """Rows of the page's first table, by their boxes."""
        return self._select(rows=list(rows))

    def open_row(self, row: int) -> "Screen":
        """Of the page's first table, by a click on its first cell."""
        return self._select(cells=[[row, "Memory"]])

    def _select(self, **selection: object) -> "Screen":
        empty = {"rows": [], "columns": [], "cells": []}
        # the id of a widget with a key is its parts, joined by hyphens: kind, digest, key
        key = self.test.dataframe[0].proto.id.split("-", 2)[2]
        self.test.session_state[key] = {"selection": empty | selection}
        return self.run()

    # -- seeing -----------------------------------------------------------------------------

    @property
    def words(self) -> str:
        """All texts of the page and its sidebar, in no order."""
        found = [element.value for kind in SHOWN for element in getattr(self.test, kind)]
        text = "\n".join([*found, *(box.label for box in self.test.expander)])
        return html.unescape(text).replace(WORD_JOINER, "")  # which is not seen

    @property
    def messages(self) -> list[str]:
        """The chat's, each as its author and text."""
        return [
            f"{message.name}: {html.unescape([*message.text, *message.markdown][0].value)}"
            for message in self.test.chat_message
        ]

    @property
    def kept(self) -> str:
        """All that the session keeps between two runs."""
        found = dict(self.test.session_state._state.filtered_state)
        assert found, "the session's state could not be read"
        return repr(found)

    @property
    def keys(self) -> set[str]:
        """What can be pressed."""
        return {button.key for button in self.test.button}

    def key_of_view(self) -> str:
        """Of the only control of segments that the page has."""
        (control,) = self.test.segmented_control
        return control.key

    def key(self, start: str, end: str = "") -> str:
        """The one button whose key starts and ends so."""
        (found,) = (key for key in self.keys if key.startswith(start) and key.endswith(end))
        return found
