"""What people, companies and tools do, and what is done to them: lemmas, for the cues."""


def _words(listing: str) -> frozenset[str]:
    return frozenset(listing.split())


OF_PEOPLE = _words("""
    say tell ask meet marry think believe suggest recommend agree disagree laugh smile cry whisper
    reply answer explain mention promise forget remember invite visit teach study retire resign
    love hate like prefer decide cook paint sing feel hope wonder complain apologise apologize
    worry divorce know hear see talk speak call email text phone sleep wake eat drink walk cycle
    sit stand sigh nod shout argue insist admit deny propose warn swear confess read turn graduate
    bake knit swim hike limp snore birth wear mail order borrow lend coach organise
""")
"""Nobody else does them."""
OF_PEOPLE_MOSTLY = _words("""
    report fix review write merge push commit debug lead design draft translate refactor pair
    implement sign approve forward volunteer arrive drive rewrite join fly notice beat
""")
OF_PEOPLE_OFTEN = _words("""
    leave live come go play bring show give take spend want try find send finish present win
    switch lose break own work die help buy pick prepare maintain manage
""")
TO_PEOPLE = _words("""
    ask tell thank meet marry invite hug kiss congratulate remind phone text interview visit email
    miss date introduce trust pay owe blame convince cc ping message see love babysit divorce
    forgive hire fire promote mentor teach
""")
GIVING = _words("give lend send show teach bring owe pay buy hand offer")
WITH_PEOPLE = _words("""
    talk speak chat lunch dinner coffee breakfast argue meet pair call date night walk dance live
    sit drink go play work
""")
FROM_PEOPLE = _words("book song novel painting email letter poem message call gift album talk")
STATES_OF_PEOPLE = _words("""
    out block busy sick ill late away pregnant marry happy angry sad tired nervous afraid sure
    allergic
    vegan vegetarian kind funny sorry upset proud jealous lonely shy glad furious annoyed worried
    excited drunk asleep awake hungry engaged divorced retired polite rude absent
""")
OWNED_BY_PEOPLE = _words("""
    birthday idea opinion house flat wedding surgery mother fault pull desk face hand voice funeral
    car party turn handwriting advice garage dog cat novel book song
    album painting poem speech lecture health job boyfriend salary
""")
MEANT_PEOPLE = _words("guy girl man woman friend boy someone person lady baby kid")

WORKING = _words("work intern consult contract freelance worker")
POSTS = _words("""
    job interview position role career internship offer apprenticeship shift contact someone people
    account
""")
OFFICES = _words("""
    head director ceo cto cfo founder employee professor lecturer chairman president boss owner
    manager
""")
OWNED_BY_FIRMS = _words("""
    api pricing price contract ceo cto cfo website support invoice stock share customer policy
    staff employee lawyer headquarters product offer hr office legal shareholder revenue warranty
    delivery catalogue account sale marketing layoff competitor recruiter
""")
NAMED_AFTER_FIRMS = _words("""
    api contract invoice account pricing office recruiter deal lawsuit headquarters acquisition
    shareholder hr
""")
OF_FIRMS = _words("""
    hire acquire sue charge announce open offer raise sell launch release publish employ sponsor
    invoice refund deliver manufacture fund lay partner cancel renew bill
""")
TO_FIRMS = _words("acquire sue found")
BY_FIRMS = _words("buy acquire fund hire publish employ insure")

NAMED_AFTER_PROJECTS = _words("""
    milestone roadmap sprint deadline launch rollout backlog budget kickoff team service release
    channel board folder group standup scope deliverable retrospective program programme
""")
PARTS_OF_SOFTWARE = _words("""
    scheduler backend frontend ui codebase test api release roadmap parser dashboard source build
    beta version feature bug maintainer developer user design logo launch
""")
FAULTS = _words("bug error crash leak regression exception vulnerability deadlock segfault")
"""Found in software, and in no town."""
TO_PROJECTS = _words("ship launch deploy rewrite demo build release finish cancel start pause")

USING = _words("use install configure query learn deploy adopt benchmark uninstall restart monitor")
BUILDING = _words("""
    run build write deploy host store base cod program implement power index cache log
""")
MIGRATING = _words("migrate switch upgrade port convert downgrade update migration rewrite")
CHOOSING = _words("choose pick prefer favour favor")
WEIGHING = _words("compare try evaluate prefer drop replace test")
NAMED_AFTER_TOOLS = _words("""
    config configuration doc documentation cluster driver plugin query extension version instance
    server client library database container index schema table backend cli sdk syntax compiler
    runtime binary package module log replica node operator image setup connection adapter binding
    upgrade job queue worker template
""")
OF_TOOLS = _words("support crash compile scale handle store parse index")
STATES_OF_TOOLS = _words("""
    fast slow down document open overkill lightweight buggy stable proprietary
""")

TRAVELLING = _words("""
    fly travel drive move relocate emigrate commute trip train flight ferry bus journey road walk
    return head sail cycle hitchhike way ticket route go come back holiday
""")
DWELLING = _words("""
    live bear raise grow stay settle dwell base locate hike camp ski retire holiday weekend flat
    apartment house farm market shop restaurant cafe hotel garage office branch headquarters
    conference wedding school clinic workshop cottage cabin summer winter week warehouse factory
    museum somewhere airport job meet study year day
""")
TO_PLACES = _words("reach visit explore tour cross")
PARTS_OF_PLACES = _words("""
    weather mayor port coast bay shore people street hotel restaurant outskirt centre center north
    south east west
""")
SENT_FROM_PLACES = _words("postcard souvenir wine cheese delegation visitor regards greeting hello")
