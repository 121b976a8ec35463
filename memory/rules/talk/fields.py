"""The fields of a person's profile: one name for each, and the questions that ask for one."""

import re

# Canonical name of a profile field -> the other words people use for it.
FIELD_WORDS: dict[str, frozenset[str]] = {
    canonical: frozenset((canonical, *words.split(", ")))
    for canonical, words in {
        "name": "first name, full name, user name, called",
        "role": "job, job title, profession, occupation, title, position, work, career",
        "employer": "company, workplace, firm, organisation, organization, employers",
        "location": "home, city, town, country, home town, hometown, place, residence, address",
        "database": "databases, db, dbms, data store, database system",
        "framework": "frameworks, web framework",
        "language": "programming language, languages, main language, programming languages",
        "editor": "ide, text editor, code editor",
        "operating system": "os, platform, operating systems",
        "message queue": "queue, broker, message broker",
        "library": "libraries",
        "tool": "tools",
        "cloud": "cloud provider, cloud platform, clouds, hosting",
        "project": "projects, current project",
        "birthday": "birth date, date of birth, birthdate",
        "timezone": "time zone",
    }.items()
}


def canonical_field(name: str) -> str:
    """One name for one thing: “db”, “Database” and “databases” are “database”."""
    plain = name.replace("_", " ").lower().strip()
    return next((field for field, words in FIELD_WORDS.items() if plain in words), plain)


_ME = r"(?:i|we)"
_USE = (
    r"(?:use|using|used|prefer|like|run|running|write|code in|program in|develop in|deploy (?:to"
    r"|on)"
    r"|work (?:with|in|on)|working (?:with|in|on)|on|speak|have|drive|in|live in)"
)
# What may follow a question that is complete without it.
END_OF_QUESTION = (
    r"(?: (?:again|now|these days|at the moment|currently|mostly|at work|at home))*\s*[?.!]*$"
)
_THING = r"(?P<thing>[\w+#./-]+(?:(?:['’]s)? [\w+#./-]+){0,3}?)"

_PROFILE_QUESTIONS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (field, re.compile(pattern + END_OF_QUESTION, re.IGNORECASE))
    for field, pattern in (
        (
            "name",
            r"(?:who am i|who i am|what am i called|what(?:['’]?s| is) my name|my name"
            r"|what my name is|what do (?:people|they|you) call me|what should you call me)",
        ),
        (
            "location",
            rf"(?:in )?(?:where|what city|which city|which country|what country"
            rf"|which town)"
            rf"(?: do| am| are)? {_ME} (?:live|living|based|located|reside)(?: in)?",
        ),
        (
            "employer",
            rf"(?:where|(?:for )?who|(?:for )?whom|(?:for )?(?:which|what) (?:company"
            rf"|firm))"
            rf"(?: do| am)? {_ME} (?:work|working|employed)(?: for| at)?",
        ),
        ("role", rf"what(?: do)? {_ME} (?:do|do for a living|do for work|work as)"),
        ("age", rf"how old(?: am)? {_ME}(?: am)?"),
        ("birthday", r"(?:when was i born|when i was born|when(?:['’]s| is) my birthday)"),
        ("project", rf"what(?: am| are)? {_ME}(?: am| are)? (?:working|building)(?: on)?"),
        (
            "",
            rf"(?:(?:so|and),? )?(?:what|which|who)(?:['’]?s| is| are| was| were) my {_THING}"
            rf"(?: called| named)?",
        ),
        ("", rf"(?:what|which|who) my {_THING} (?:is|are|was)(?: called| named)?"),
        ("", rf"my {_THING}"),
        (
            "",
            rf"what(?: do)? {_ME}(?: do)? use as (?:an? |the |our |my )?{_THING}",
        ),
        (
            "",
            rf"(?:on |in |with )?(?:what|which) {_THING}(?: did i (?:say|tell you))?(?: do| am"
            rf"| are| did)? {_ME}"
            rf"(?: am| are)?(?: usually| normally| mostly)? {_USE}",
        ),
    )
)


def field_asked(question: str) -> str:
    """The canonical name of the one field a question asks for; empty when it asks for none."""
    for field, pattern in _PROFILE_QUESTIONS:
        found = pattern.match(question)
        if found:
            thing = field or found["thing"].removesuffix(" called").removesuffix(" named")
            return canonical_field(thing)
    return ""
