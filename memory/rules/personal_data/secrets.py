"""Secrets: keys by the shape their provider gives them, and values that a text calls a secret."""

import re
from collections.abc import Iterator

from memory.records import Label, Span

# Shapes that providers document for their keys; nothing else looks like them.
_KEY_SHAPES = re.compile(
    r"""(?<![\w-])(?:
      sk-[\w-]{16,200} | (?:sk|rk|pk)_(?:live|test)_\w{10,120} | gh[oprsu]_\w{20,120}
    | github_pat_\w{20,120} | glpat-[\w-]{16,60} | xox[abeoprs]-[\w-]{10,200} | xapp-[\w-]{10,200}
    | (?:AKIA|ASIA)[0-9A-Z]{16} | AIza[\w-]{30,60} | ya29\.[\w-]{20,300} | hf_[A-Za-z0-9]{16,60}
    | npm_[A-Za-z0-9]{20,60} | pypi-[\w-]{16,250} | dop_v1_\w{20,80} | shp(?:at|ca|pa|ss)_\w{20,60}
    | whsec_\w{16,80} | SG\.[\w-]{16,40}\.[\w-]{16,60} | gsk_\w{20,80} | r8_\w{20,60}
    | AGE-SECRET-KEY-1\w{30,80} | eyJ[\w-]{10,1500}\.eyJ[\w-]{5,1500}\.[\w-]{5,1500}
    | \d{8,10}:AA[\w-]{30,40}
    )(?![\w-])""",
    re.VERBOSE,
)
_PRIVATE_KEY = re.compile(r"-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[\w+/=\s:,-]{0,2000}")
_URL_PASSWORD = re.compile(
    r"\b[a-z][a-z\d+.-]{1,20}://[^\s:/@]{0,64}:(?P<value>[^\s@/]{1,128})@", re.I
)
_BEARER = re.compile(r"\b(?:Bearer|Basic) (?P<value>[\w.~+/-]{16,500}={0,2})(?![\w.~+/-])")
_NAMED_SECRET = re.compile(
    r"""(?<![A-Za-z])(?P<key>pass(?:word|wort|wd|code|phrase)?|pwd|pw|secret|token|credentials?
        | (?:[a-z]{2,20}[ _-]){0,3}
          (?:secret|private|access|api|auth|license|encryption|signing)[ _-]?(?:access[ _-]?)?
          (?:key|token|secret))
        ["']?(?P<sep>[ ]?(?::=?|=>?|→|->)\s{0,3}|[ ](?:is|was|to)[ ](?:now[ ])?
        |[ ]\([^()\n]{1,40}\)[ ](?:is|was)[ ](?:now[ ])?
        |[ ](?:of|for|to|on|at|in)[ ](?:[\w.'’/-]{1,30}[ ]){1,6}(?:is|was)[ ](?:now[ ])?|[ ])
        (?:(?P<quote>["'`“])(?P<quoted>[^"'`“”\n]{4,100})["'`”]|(?P<value>[^\s"'`“”,;]{4,200}))""",
    re.VERBOSE | re.IGNORECASE,
)
_PIN = re.compile(
    r"\b(?:pin(?: ?code| number)?|cvv2?|cvc|security code|passcode)(?: ?[:=#] ?| is | )"
    r"(?P<value>\d{3,8})(?![\w.-]|\.\d)",
    re.IGNORECASE,
)
# Placeholders and expressions of code stand for a secret and are none.
_NO_SECRET = re.compile(
    r"""^(?:[<{$\[(%*.]|x{3}|os\.|process\.|env\.|your|my[_-]|none$|null$|true$|false$|example$|changeme$
        |pass(?:word|wd)?$|pwd?$|pw$|secret$|test$|str$|string$|int$|https?:|\d+(?:\.\d+)+$)""",
    re.VERBOSE | re.IGNORECASE,
)
_CODE = re.compile(r"[()\[\]{}]|::|->|^[a-z_]+\.[a-z_.]+$|^[a-z]+(?:[_-][a-z]+)*$|^[A-Z_]+$")


def find_secrets(window: str) -> Iterator[Span]:
    """Keys by the shape their provider gives them, and values that are called a secret."""
    for found in _KEY_SHAPES.finditer(window):
        yield Span(*found.span(), Label.SECRET, 0.99, "key shape")
    for found in _PRIVATE_KEY.finditer(window):
        yield Span(*found.span(), Label.SECRET, 1.0, "private key")
    for pattern, rule in ((_URL_PASSWORD, "password in a link"), (_BEARER, "bearer token")):
        for found in pattern.finditer(window):
            if not _NO_SECRET.match(found["value"]):
                yield Span(*found.span("value"), Label.SECRET, 0.95, rule)
    for found in _PIN.finditer(window):
        yield Span(*found.span("value"), Label.SECRET, 0.9, "pin")
    for found in _NAMED_SECRET.finditer(window):
        group = "quoted" if found["quote"] else "value"
        value = found[group].rstrip(".?)") if group == "value" else found[group]
        if _is_secret(found, value):
            start = found.start(group)
            yield Span(start, start + len(value), Label.SECRET, 0.9, "named secret")


def _is_secret(found: re.Match[str], value: str) -> bool:
    """Whether the value after "password is" and the like looks like one, not like a sentence."""
    if len(value) < 4 or _NO_SECRET.match(value):
        return False
    letters, digits = re.search(r"[A-Za-z]", value), re.search(r"\d", value)
    symbols = re.search(r"[^\w.-]", value[:-1])
    mixed = bool(letters and (digits or symbols)) and not re.search(r"[()]", value)
    assigned = found["sep"].strip() in (":", "=", ":=", "=>", "→", "->")
    if len(found["sep"].split()) > 2 and found["key"].lower() == "secret":
        return False  # “the secret of the old mill is …” tells a story
    if found["key"].split()[-1].isupper() and found["sep"] == "=":
        return not re.search(r"[()$]", value)
    if found["sep"] == " ":
        return mixed and bool(digits) and len(value) >= 6 and found["key"].lower() != "secret"
    if found["quote"]:
        return assigned or found["sep"].split()[-1:] in (["is"], ["was"])
    if mixed:
        return True
    is_password = found["key"].lower().startswith(("pass", "pw"))
    return bool(is_password and digits and len(value) >= 6) or bool(
        assigned and len(value) >= 10 and not _CODE.search(value) and letters
    )
