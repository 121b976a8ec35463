"""Text that is shaped like an instruction to a model: kept apart until the person has seen it.

A page or a mail pasted into a chat may hold such lines; remembered, they would be given to every
model from then on. The shapes are those of known attacks (OWASP, LLM01 “Prompt injection”). What a
person tells of themselves in the same words (“I ignore all messages from …”) is none.
"""

import re

_RULES = r"(?:instructions?|prompts?|rules?|messages?|context|guidelines?|directions?)"
_ORDERS = re.compile(
    r"\b(?:ignore|disregard|forget|override|bypass)\b[^.!?\n]{0,30}\b(?:previous|prior|above"
    rf"|earlier|preceding|system|safety|other|all)\b[^.!?\n]{{0,30}}\b{_RULES}\b"
    rf"|\b(?:ignore|disregard|forget|override|bypass) (?:the|all|any|your|my|these|those) {_RULES}"
    r" (?:above|before|so far|you (?:were|have been) given)\b"
    r"|\b(?:ignore|disregard|forget|override|bypass|break|violate) (?:all )?(?:of )?your"
    r" (?:\w{1,20} )?(?:instructions?|rules?|guidelines?|prompts?|programming|training"
    r"|restrictions?)\b"
    r"|\b(?:reveal|print|show|repeat|leak|output)\b[^.!?\n]{0,30}\b(?:system prompt|hidden prompt"
    r"|your (?:instructions|prompt|rules)|api keys?)\b"
    r"|\b(?:reveal|print|leak|dump|expose|exfiltrate) (?:all )?(?:of )?(?:(?:the|your|stored|hidden"
    r"|user(?:['’]s)?|private) ){0,3}(?:memories|secrets|credentials)\b"
    r"|\b(?:do not|don['’]t|never) (?:ever )?(?:mention|discuss|bring up|talk about|speak of|refer"
    r" to|warn (?:me |anybody |anyone )?(?:about|of)) (?:(?:any|your|the|my) ){0,2}"
    r"(?:privacy|safety|security|guidelines|polic(?:y|ies)|restrictions|rules|instructions|prompt"
    r"|these words|this (?:text|message|instruction))\b"
    r"|\b(?:enter|enable|activate|start|switch (?:in)?to|now in) (?:the )?"
    r"(?:developer|god|admin|jailbreak|dan) mode\b"
    r"|\b(?:do not|don['’]t|never) (?:tell|inform|mention (?:this|it) to) the user\b"
    r"|\b(?:send|post|forward|exfiltrate|upload)\b[^.!?\n]{0,40}\b(?:conversation|memories|memory"
    r"|history|credentials|passwords?)\b[^.!?\n]{0,40}\b(?:to|at)\b.{0,20}https?:",
    re.IGNORECASE,
)
_TOLD_OF_SOMEBODY = re.compile(
    r"\b(?:i|we|he|she|they|who|which|my \w{1,20}|not|don['’]t|never)"
    r"(?:['’](?:d|ve|ll|m|re|s))?(?: \w{1,20}){0,2} $",
    re.IGNORECASE,
)
"""Before an order: then it is none. “Never tell the user” holds its “never” itself."""
_LONGEST_TOLD = 80
_SAYING = r"(?:answer|respond|reply|say|write|output)"
_LITERAL = (
    r"(?:(?:with|by|using) )?(?:saying |only |just |exactly |nothing but |the (?:word|words|phrase"
    r"|text|sentence|string) ){0,3}(?:[\"'“”‘’«`]"
    r"|(?-i:(?!JSON|YAML|HTML|LATEX)[A-Z]{4,20}\b)(?=\W{0,9}(?:$|\n)))"
)
"""The one answer to all: in quotation marks, or a last word that is shouted and no format."""
_MARKS = re.compile(
    rf"\b{_SAYING}(?: to)? (?:(?:every|each|any|all)(?: (?:of )?(?:my|the|your|further|future))?"
    rf" (?:questions?|messages?|prompts?|requests?|inputs?)|everything|whatever [^.!?\n]{{1,20}}) "
    rf"{_LITERAL}"
    r"|\byou are now (?:dan\b|called\b|no longer\b|in .{0,20}\bmode\b"
    r"|an? (?:\w{1,20} ){0,2}(?:assistant|ai|model|bot|robot|agent|hacker|character)\b)"
    r"|\bfrom now on,? (?:act as|pretend|you (?:are|act as|pretend"
    r"|(?:will|must) (?:act|behave|be|ignore|obey|pretend|disregard|never refuse)))\b"
    r"|\b(?:act|behave|respond) as (?:if you (?:are|were)|an? (?:unrestricted|unfiltered))\b"
    r"|<\|?(?:im_start|im_end|system|assistant|endoftext)\|?>|\[/?(?:INST|SYS)\]|<</?SYS>>"
    r"|^\s{0,9}(?:#{1,6}\s)?(?:system|assistant|developer)\s?(?:prompt|message|instructions?)?\s?:"
    r"|(?<![#\w])#{2,6}\s?(?:system|assistant|developer) (?:prompt|message|instructions?)\s?:"
    r"|^\s{0,9}(?:#{1,6}\s|(?:new|updated|hidden) )(?:instructions?|orders|directives?)\s?:"
    r"|[.!?>»\]]\s{1,3}(?:new|updated|hidden|revised|secret) (?:system )?(?:instructions?|orders"
    r"|directives?)\s?:",
    re.IGNORECASE | re.MULTILINE,
)
_PROMPT_ENDS = re.compile(
    r"</\s?(memory|memories|system|user|human|assistant|developer|tool|instructions?|context|prompt"
    r"|conversation)\s?>",
    re.IGNORECASE,
)


def is_instruction_to_a_model(text: str) -> bool:
    """Whether it is shaped so; a wish such as “always answer in French” is not."""
    if _MARKS.search(text) or _ends_a_prompt(text):
        return True
    return any(not _is_told(text, order.start()) for order in _ORDERS.finditer(text))


def _ends_a_prompt(text: str) -> bool:
    """Whether it closes a tag that prompts are built of and that it never opened: what follows is
    to pass for something else than data."""
    lower = text.lower()
    closed = {end[1] for end in _PROMPT_ENDS.finditer(lower)}
    return any(f"<{name}" not in lower for name in closed)


def _is_told(text: str, start: int) -> bool:
    """Whether somebody does what the words at this place say."""
    return bool(_TOLD_OF_SOMEBODY.search(text[max(0, start - _LONGEST_TOLD) : start]))
