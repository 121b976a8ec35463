"""The second month: a fault at work, an evening course, and a matter of health."""

from memory.example.script import Act, Do, Say, sitting

SECOND_MONTH = (
    sitting(
        -58,
        "19:20",
        "italian",
        "My Italian course is on Mondays at 18:30.",
        "I'm learning Italian for our trip to Bologna.",
        Do(
            Act.EDIT,
            "My Italian course is on Mondays",
            "My Italian course is on Wednesdays at 18:30.",
        ),
    ),
    sitting(
        -54,
        "11:30",
        "timeouts",
        "Every morning at eight our API runs into timeouts.",
        Say(
            "Restarting the pods didn't help.",
            "Then it is not the pods. What do they all wait for at eight?",
        ),
    ),
    sitting(
        -53,
        "16:40",
        "timeouts",
        "The timeouts were caused by a slow query; raising the connection pool to 40 fixed it.",
        "The staging key is sk-madeup0000notareal0000key1234.",
        "Tomasz uses Grafana for the dashboards.",
        "How did we fix the timeouts?",
    ),
    sitting(
        -50,
        "07:50",
        "health",
        Do(Act.GRANT, "sensitive"),
        "I'm allergic to ibuprofen.",
        Do(Act.PIN, "I'm allergic"),
        "I have migraine attacks twice a month.",
        "My neurologist is Dr. Leyla Aydin.",
    ),
    sitting(
        -46,
        "20:15",
        "climbing",
        "I have a membership at Blockwerk, a climbing gym.",
        "I climbed my first 6b at Blockwerk on <-47>.",
        Do(Act.GRANT, "training plan"),
        Do(
            Act.REMEMBER,
            "Train finger strength on Thursdays.",
            "training plan",
            "procedure",
        ),
    ),
    sitting(
        -41,
        "09:40",
        "skylark",
        "We switched from PostgreSQL 14 to PostgreSQL 16.",
        "Our Skylark service uses RabbitMQ for its jobs.",
        "Which version of PostgreSQL do we use?",
    ),
    sitting(
        -38,
        "13:05",
        "velora",
        "Our customer Velora uses Skylark in twelve bakeries.",
        "My boss Elena leads the Skylark team.",
        Say(
            "Confidentially, we decided to end the Velora contract.",
            "I'll treat that as confidential.",
        ),
        "Who is Priya?",
    ),
    sitting(
        -33,
        "21:30",
        "kitchen",
        "I bake sourdough bread every Saturday.",
        "To bake the bread, first feed the starter, then wait eight hours, "
        "and finally knead the dough.",
        "My favourite bread is rye with walnuts.",
        "I don't like coriander.",
        Do(
            Act.REMEMBER,
            "Rest on the day after finger training.",
            "training plan",
            "procedure",
        ),
    ),
)
