"""Made-up sentences that were written before the rules, and that no rule was written for.

The same shape as ``examples``: a sentence, then what it states; ``/`` between kinds that are both
right, ``*`` for what either is.
"""

FOUND = """
    I'm a night-shift nurse at St. Mary's in Leeds. => fact | | role | *
    My grandson is called Tobias. => fact | grandson | name | Tobias
    I retired from the post office in 2019. => fact/episode | | * | *
    We keep our recipes in Notion. => fact | | * | *
    I no longer eat meat. => fact/preference | | * | meat | ended
    My partner is allergic to shellfish. => fact | partner | allergy | shellfish
    Please always give me metric units. => preference | | * | *
    Don't ever use emojis when you answer me. => preference | | * | * | negated
    I'd rather have bullet points than long paragraphs. => preference | | * | *
    We've decided to postpone the launch to June. => decision | | * | *
    After a lot of back and forth we went with Svelte. => decision | | * | *
    I'll bring the cake on Saturday. => commitment | | * | *
    I promised my mum to call her every Sunday. => commitment | | * | *
    I have to hand in my thesis by 15 March. => commitment | | * | *
    In my opinion meetings before ten are a waste of time. => opinion | | * | *
    I find Terraform easier to read than CloudFormation. => opinion | | * | *
    The build was failing because of a stale lockfile; deleting it solved the problem. => solution | * | * | * | worked
    Turning the router off and on did not fix the connection. => solution | * | * | * | failed
    We resolved the memory leak by closing the sockets. => solution | * | * | * | worked
    Last summer we hiked across the Pyrenees. => episode | | * | *
    My daughter was born on 4 May 2016. => fact/episode | daughter | * | *
    Our staging database runs on Postgres 15. => fact | staging database | * | *
    The budget for the kitchen is 12,000 euros. => fact | * | budget | 12,000 euros
    I usually go climbing on Tuesdays. => fact/preference | | * | *
    My favourite author is Ursula Le Guin. => preference | | favourite author | Ursula Le Guin
    I can't stand open-plan offices. => preference | | * | open-plan offices | negated
    I speak Portuguese and a bit of Welsh. => fact | | * | *
    I'm learning the cello. => fact | | * | *
    Maya works at Siemens now. => fact | Maya | employer | Siemens
    We switched from Jira to Linear in spring. => decision/episode/fact | | uses | Linear
    I used to smoke. => fact/preference | | * | * | ended
    My wife prefers the window seat. => preference/fact | wife | * | *
    To water the plants, open the valve, wait ten minutes and close it again. => procedure | * | * | *
    Whenever the alarm goes off, restart the pump and log it. => procedure | * | * | *
    I am 67 years old. => fact | | age | *
    Our rent is 950 euros a month. => fact | * | rent | *
"""

NOTHING = """
    Could you have a look at this stack trace?
    Make the second paragraph a bit shorter.
    Ugh, what a day!
    My manager thinks we should rewrite everything in Rust.
    "I adore cats," she told the vet.
    If I lived in Spain, I would swim every day.
    I might buy a bike next year.
    I wish I had a garden.
    I'm so hungry right now.
    It's pouring outside.
    That sounds great to me.
    They finally sorted it out.
    The Eiffel Tower is in Paris.
    Water boils at 100 degrees.
    Java was released in 1995.
    > I prefer the old layout
    I'm getting a 502 from nginx.
    My screen is frozen again.
    I'm just about to leave the house.
    You always forget the closing bracket.
    Nice weather for the time of year.
    Let me know when you are ready.
    Suppose we used a queue instead.
    I don't know what to do.
    I think so too.
    Who wrote The Trial?
    Thanks, that worked.
    I would love to visit Japan one day.
    Perhaps we could meet on Thursday.
    I have a question about pensions.
    Ich wohne in Hamburg und arbeite bei der Post.
    SELECT name FROM users WHERE id = 3;
    Tell me a joke about penguins.
    I need a recipe for lentil soup.
    Everybody says that winter will be cold.
    I can't open the attachment.
"""
