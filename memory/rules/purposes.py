"""What a person can agree to, in the words they agree to (GDPR Art. 7 and 9).

The words and their version belong together: who changes the words gives them a new version, and a
consent to the old one is shown as that, and asked for anew.
"""

from collections.abc import Mapping

from memory.records import PERSONALIZATION, REMOTE_MODEL, SENSITIVE, Purpose

OWN_TEXT_VERSION = "own"
"""Of a purpose that the person made and named: its words are its name."""

BUILT_IN: Mapping[str, Purpose] = {
    purpose.name: purpose
    for purpose in (
        Purpose(
            PERSONALIZATION,
            "Remember what I say",
            "Allows Recollect to keep conversations, learn memories from them and use them in "
            "answers, on this computer only.",
            "2026-11",
        ),
        Purpose(
            SENSITIVE,
            "Also what is sensitive",
            "Allows Recollect to keep what is said of health, religion or belief, politics, sex "
            "life or orientation, trade unions, ethnic origin, and genetic or biometric data (GDPR "
            "Art. 9), on this computer only. Without it such messages are answered and not kept.",
            "2026-11",
        ),
        Purpose(
            REMOTE_MODEL,
            "Send to a model elsewhere",
            "Allows Recollect to send a question, and memories that help to answer it, to a "
            "language model that is not on this computer, with names and identifiers masked and "
            "only of the classes that may be sent.",
            "2026-11",
        ),
    )
}


def text_version(purpose: str) -> str:
    """Of the words that are agreed to today."""
    known = BUILT_IN.get(purpose)
    return known.text_version if known else OWN_TEXT_VERSION
