"""The block in which memories stand in a prompt, and how nothing in them can leave it.

What a person, a pasted page or another speaker said is data. A line of it must neither end the
block nor pass for a turn of the conversation: whatever is shaped like a tag, a control mark of a
chat format or the name of a role before a colon is written so that it is none, and still reads.
"""

import re

OPEN, CLOSE = "<memories>", "</memories>"
CONTINUED = "\n  "
"""Further lines of a text stand under its first: no line of it begins as one of ours does."""

_LINE_BREAKS = re.compile(r"[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+[ \t]*")
# “</…>”, “<|…|>”, “<<SYS>>”, “[INST]”, and the tags that prompts are built of; also of wide signs
_TAG = re.compile(
    r"[<＜﹤](?=\s{0,9}[/|<＜﹤!?／｜]|\s{0,9}(?:memor(?:y|ies)|system|user|human|assistant|developer"
    r"|tool|instructions?|context|im_|start_of|end_of|s>|sys>))"
    r"|(?<=[|/>｜／])[>＞﹥]",
    re.IGNORECASE,
)
_BRACKET = re.compile(r"\[(?=/?(?:INST|SYS)\])", re.IGNORECASE)
_ROLE = re.compile(
    r"(?P<before>(?:^|\n)[ \t]{0,9}(?:[#>*_`~-]{1,6}[ \t]{0,3})?)"
    r"(?P<role>system|user|human|assistant|developer|tool|ai)"
    r"(?P<more> (?:prompt|message|instructions?|note))?(?=[*_` ]{0,4}[:：])",
    re.IGNORECASE,
)
_FENCE = re.compile(r"`{3,}|~{3,}")
_HEADING = re.compile(r"(?P<before>(?:^|\n)[ \t]{0,9})#{1,6}[ \t]{1,9}")


def marked(mark: str, text: str) -> str:
    """A block that a prompt's instructions speak of by its mark; what others said in it must be
    ``as_data``."""
    return f"<{mark}>\n{text}\n</{mark}>"


def as_data(text: str) -> str:
    """A text as a line of the block, its further lines under it."""
    lines = _LINE_BREAKS.sub("\n", text.strip())
    quiet = _ROLE.sub(r"\g<before>“\g<role>\g<more>”", lines)
    quiet = _HEADING.sub(r"\g<before>", quiet)
    quiet = _FENCE.sub("”", _BRACKET.sub("(", quiet))
    quiet = _TAG.sub(lambda found: "‹" if found[0] in "<＜﹤" else "›", quiet)
    return quiet.replace("\n", CONTINUED)
