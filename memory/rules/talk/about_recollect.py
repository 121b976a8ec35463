"""Questions about Recollect itself, and what it says of itself: it needs no memory for them."""

import re
from collections.abc import Mapping

from memory.rules.talk.fields import END_OF_QUESTION

ABOUT_RECOLLECT: Mapping[str, str] = {
    "identity": (
        "I'm Recollect's built-in answerer. I'm not a language model: I answer from what you've "
        "told me, in your own words with their dates. I run on this computer and send nothing."
    ),
    "memory": (
        "Yes: what you tell me that seems worth keeping, I keep, and I answer from it with your "
        "own words and their dates. You can see, correct or forget all of it in the Inspector."
    ),
    "privacy": (
        "What you tell me is kept in one file on this computer, and I send none of it anywhere. A "
        "model elsewhere gets something only if you choose one and agree, and you can see it "
        "before. Privacy shows what is kept and what left, and erases it."
    ),
    "abilities": (
        "Tell me things worth remembering, and ask about them later: “Which database do I use?”, "
        "or “What do you know about me?”. With no model connected I can't write or reason; "
        "I answer from memory."
    ),
}
_TOPICS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (topic, re.compile(pattern, re.IGNORECASE))
    for topic, pattern in (
        (
            "identity",
            r"^(?:so |and |but )?(?:who|what)(?: exactly)? (?:are|r) (?:you"
            r"|u)\b(?! (?:doing|going))"
            r"|^(?:what|who)(?:['’]s| is) (?:recollect|your name)|^tell me about (?:you"
            r"|yourself)"
            r"|^introduce yourself"
            r"|^are you (?:an? |the |really |some )*(?:chat ?gpt|gpt|claude|gemini"
            r"|copilot|llama|ai"
            r"|llm|bot|robot|chat ?bot|human|person|real|machine|computer|program"
            r"|language model"
            r"|model|assistant|alive|conscious|intelligent|smart|sentient)\b"
            r"|^(?:which|what) (?:(?:language |ai )?model|llm|ai)\b.{0,12}\b(?:you|this"
            r"|connected)\b"
            r"|^who (?:made|built|created|wrote|trained) you|^do you (?:think|feel"
            r"|have feelings)\b",
        ),
        (
            "memory",
            r"^(?:can|do|will|could) you (?:really |actually |even )?(?:remember|learn"
            r"|forget|memori[sz]e)"
            r"(?: (?:things|stuff|anything|everything|me|conversations?|what i (?:say"
            r"|tell you)"
            r"|things i (?:say|tell you)|from (?:me|us)|between chats))*"
            + END_OF_QUESTION
            + r"|^do you have (?:a |any )?(?:good |long-term )?memory|^how (?:do"
            r"|does) (?:you|your memory)"
            r" (?:remember|work|learn|forget)|^how does (?:this|it|recollect) work"
            r"|^how long (?:do|will|can) you (?:remember|keep)",
        ),
        (
            "privacy",
            r"^(?:do|will|can) you (?:send|share|sell|upload|leak|store|keep|save) (?:my"
            r"|this|it|any|what|data)\b"
            r"|^where (?:is|are|do you (?:keep|store|save))\b.{0,12}(?:data|memories"
            r"|what i say|this|it all)\b"
            r".{0,8}(?:stored|kept|saved)?"
            + END_OF_QUESTION
            + r"|^(?:is|are) (?:my|this|the|what i)\b.{0,30}\b(?:private|safe|secure"
            r"|confidential|stored|sent)\b"
            r"|^who (?:can|could) (?:see|read) |^are you (?:online|offline|connected"
            r"|local)\b",
        ),
        (
            "abilities",
            r"^what (?:can|could) (?:you|i|recollect) (?:do|ask|help)\b|^how (?:can"
            r"|do) (?:you help|i use you)"
            r"|^(?:help|/help|\?)$|^what (?:are you good at|do you do)\b"
            r"|^(?:can|could) you help(?: me)?" + END_OF_QUESTION,
        ),
    )
)


def topic_asked(sentence: str) -> str:
    """The key of its answer; empty when the question is not about Recollect."""
    return next((topic for topic, pattern in _TOPICS if pattern.search(sentence)), "")
