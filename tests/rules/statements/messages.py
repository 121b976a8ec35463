"""Made-up messages of many sentences, each with the few of them that state something to keep."""

MESSAGES: list[tuple[str, list[str]]] = [
    (
        """
        Hi there, hope you're well! It's been a crazy week. The weather is awful here and my train
        was late again. Anyway. I've been trying to get this form to work since Monday. It just
        doesn't do anything. I clicked every button. We use Angular 17 at work. Do you know
        it? I asked a colleague, but he had no idea either. He said "I never touch forms". Maybe
        I should just start over. What would you do? I could send you the code. It's not long.
        I prefer template-driven forms over reactive ones. Please have a look when you can. I'll
        be back in ten minutes. By the way, our demo is on 14 May. Thanks a lot!
        """,
        [
            "We use Angular 17 at work.",
            "I prefer template-driven forms over reactive ones.",
            "By the way, our demo is on 14 May.",
        ],
    ),
    (
        """
        Good evening. I need a birthday poem for my granddaughter. Her name is hard to rhyme. She
        is such a lovely girl. My granddaughter Elif turns six on Sunday. She laughs all the time.
        I'm not much of a poet myself. I tried, but it was terrible. If I were younger, I'd sing
        it to her. Can you make it funny? Not too long, please. I'm allergic to
        kitsch, haha. My knees hurt today. I had a hip operation in 2021. That was no fun. Could
        you also add something about horses? Everybody loves horses. I'll read it to her on
        Sunday. Thank you so much! Have a nice evening.
        """,
        [
            "My granddaughter Elif turns six on Sunday.",
            "I'm allergic to kitsch, haha.",
            "I had a hip operation in 2021.",
        ],
    ),
    (
        """
        ok so here's what happened. The night shift was chaos. Two people called in sick. I ran
        around like crazy. I work on the stroke ward at St. Olav's. The printer jammed at three.
        Somebody had to fix it. It wasn't me. What is the dosage of heparin again? Just kidding.
        I can't think straight any more. We decided to swap shifts with ward B. My boss thinks it
        won't work. I don't care. I have to hand in the roster by Friday. Is there a
        template for that? A simple table is fine. I'm so tired. Good night!
        """,
        [
            "I work on the stroke ward at St. Olav's.",
            "We decided to swap shifts with ward B.",
            "I have to hand in the roster by Friday.",
        ],
    ),
    (
        """
        Here is the stack trace:
        Traceback (most recent call last):
        File "app.py", line 12, in main
        TypeError: 'NoneType' object is not iterable
        What does it mean?
        The customer runs MariaDB 10.6 on Debian.
        It worked yesterday.
        def load(path): return open(path)
        > I use SQLite for everything
        Never mind, the crash was caused by a missing config file.
        """,
        [
            "The customer runs MariaDB 10.6 on Debian.",
            "Never mind, the crash was caused by a missing config file.",
        ],
    ),
    (
        """
        How we release:
        1. Merge the release branch
        2. Tag the commit
        3. Run the pipeline and wait for the green light
        Our release day is Thursday.
        Could you turn this into a checklist?
        """,
        [
            "How we release:\n1. Merge the release branch\n2. Tag the commit\n"
            "3. Run the pipeline and wait for the green light",
            "Our release day is Thursday.",
        ],
    ),
]
