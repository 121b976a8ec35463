"""Text that is shaped like an instruction to a model: kept apart until the person has seen it.

A page or a mail pasted into a chat may hold such lines; remembered, they would be given to every
model from then on. The shapes are those of known attacks (OWASP, LLM01 “Prompt injection”).
"""

import re

_SHAPES = re.compile(
    r"\b(?:ignore|disregard|forget|override|bypass)\b.{0,30}\b(?:previous|prior|above|earlier"
    r"|preceding|system|safety|other|all)\b.{0,30}\b(?:instructions?|prompts?|rules?|messages?"
    r"|context|guidelines?|directions?)\b"
    r"|\b(?:reveal|print|show|repeat|leak|output)\b.{0,30}\b(?:system prompt|hidden prompt"
    r"|your (?:instructions|prompt|rules)|api keys?)\b"
    r"|\byou are now (?:a|an|in|the|no longer|called|dan)\b"
    r"|\b(?:developer|god|admin|jailbreak|dan) mode\b"
    r"|\bfrom now on,? (?:you (?:are|will|must)|act as|pretend)\b"
    r"|\b(?:act|behave|respond) as (?:if you (?:are|were)|an? (?:unrestricted|unfiltered))\b"
    r"|\b(?:do not|don['’]t|never) (?:tell|inform|mention (?:this|it) to) the user\b"
    r"|<\|?(?:im_start|im_end|system|assistant|endoftext)\|?>|\[/?(?:INST|SYS)\]|<</?SYS>>"
    r"|^\s{0,9}(?:#{1,6}\s)?(?:system|assistant|developer)\s?(?:prompt|message|instructions?)?\s?:"
    r"|\b(?:send|post|forward|exfiltrate|upload)\b.{0,40}\b(?:conversation|memories|memory|history"
    r"|credentials|passwords?)\b.{0,40}\b(?:to|at)\b.{0,10}https?:",
    re.IGNORECASE | re.MULTILINE,
)


def is_instruction_to_a_model(text: str) -> bool:
    """Whether it is shaped so; a wish such as “always answer in French” is not."""
    return bool(_SHAPES.search(text))
