"""The first month: somebody new, a project at work, and a move from Berlin to Munich."""

from memory.example.script import Act, Do, Say, sitting

FIRST_MONTH = (
    sitting(
        -90,
        "19:42",
        "hello",
        Do(Act.GRANT, "personalization"),
        "Hi, my name is Nora Feldkamp.",
        "I live in Berlin.",
        "I'm a backend engineer at Lumen Freight.",
        Say("I prefer short answers with an example.", "Short, and with an example. Got it."),
        "What do you know about me?",
    ),
    sitting(
        -88,
        "09:15",
        "skylark",
        "I work on Skylark, our route planner for bike couriers.",
        "Our project Skylark is written in Python and runs on Kubernetes.",
        "We use PostgreSQL 14 in production.",
        "Priya Raman is our product manager.",
        "My colleague Tomasz Wronka runs the Kubernetes cluster.",
        Say(
            "Priya works on Skylark and reports to Elena.",
            "So Priya decides what gets built, and Elena hears about it.",
        ),
    ),
    sitting(
        -86,
        "20:30",
        "family",
        "My sister Clara lives in Hamburg.",
        "Clara works at the Elbe Chamber Orchestra.",
        "My partner Jonas teaches history.",
        "Clara's birthday is on <+12>.",
        Do(Act.PIN, "Clara's birthday"),
    ),
    sitting(
        -83,
        "12:50",
        "move",
        "We decided to move to Munich.",
        "You can reach me at nora.feldkamp@example.com during the move.",
    ),
    sitting(
        -79,
        "21:05",
        "climbing",
        "I go climbing every Tuesday with my friend Mehmet.",
        "Clara knows Mehmet from university.",
        "I hate loud music in climbing halls.",
    ),
    sitting(
        -76,
        "08:20",
        "move",
        "We're meeting the movers on <-63>.",
        "When are we meeting the movers?",
    ),
    sitting(
        -72,
        "10:10",
        "release",
        "We use Terraform to deploy Skylark to Google Cloud.",
        "To release Skylark, first run the smoke tests, then tag the commit, "
        "and finally tell Priya.",
        "How do we release Skylark?",
    ),
    sitting(
        -68,
        "18:45",
        "family",
        "I met Clara in Leipzig on <-70>.",
    ),
    sitting(
        -63,
        "22:10",
        "move",
        "We moved to Munich today.",
        "My phone number is 089 555 0142.",
        Do(Act.KEEP),
        "Where do I live?",
    ),
)
