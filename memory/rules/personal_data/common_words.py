"""Common words that are often capitalised, so that none of them is taken for a person's name.

By kind, to make it plain where a missing one belongs.
"""

_LISTINGS = {
    "days and months": """
        monday tuesday wednesday thursday friday saturday sunday january february march april may
        june july august september october november december christmas easter ramadan diwali
        hanukkah halloween thanksgiving today tomorrow yesterday tonight""",
    "languages and peoples": """
        english german french spanish italian portuguese dutch russian polish czech greek turkish
        chinese japanese korean arabic hebrew hindi american british irish scottish welsh canadian
        australian indian european african asian swedish norwegian danish finnish swiss austrian
        brazilian mexican muslim christian jewish hindu buddhist catholic""",
    "verbs": """
        add ask bring build bump buy call check click close contact create cc debug delete deploy
        describe download email explain find fix follow forget forward get give go grab guess have
        help import install invite is keep know let like list load log look make meet merge
        message move need note notify open order pay phone ping please print pull push put read
        remember remind remove reply review run save schedule see send set share show sign start
        stop talk tell test text thank thanks try turn update upgrade upload use visit wait wants
        watch write welcome meeting prefers says said was did does do can could should would will
        shall might must love hate want wish hope think believe compare translate summarise
        summarize calling asking""",
    "openings": """
        a an and are as at but by dear for from good hello hey hi how i if in into it its my no
        not of oh ok okay on one or our sorry so sure that the their then there these they this
        those to until we well what when where which who whose why with yes you your yours
        mine his her he she anyway also although because since maybe perhaps however re fwd fw new
        old morning afternoon evening night dude guys folks team everyone everybody someone nobody
        anybody both each every some any all most many more less other another first last next""",
    "words of work": """
        accounting address admin agent ai alert analyst answer api app apt apartment article
        assistant author balance bank birthday blog board bot box boss branch browser bug button
        card cart cash ceo cfo cto cc chapter client cloud code colleague column commit company
        computer config console cpu credit csv customer dashboard data database date deadline
        debit dept department design dev developer director docs document domain draft driver
        editor email engineer engineering error event excel fax field file firm flat form friend
        front gpu group guest guide head home hotel house hr http https iban id image inc inbox
        index info interface internet invoice ip ipv6 issue item java job json key keyboard label
        laptop law legal library licence license line link list llc login logo ltd machine mail
        manager marketing md medium meeting member menu metric mode model module money monitor
        month network number office oauth object online operator option order org output owner
        package page paper part partner passport password payment pdf people person phone pin plan
        player plugin pm point policy post pr president product profile program project prompt
        property qa query question ram readme ref release report request response result role room
        root row sales schema school screen script sdk section security server service session
        setting settings sheet shop site sla smtp software song source sprint sql ssn staff
        standup stack state status step store street student suite summary support system tab
        table tag task tax tech terminal theme thread ticket time title token tool topic tracking
        transaction type ui unit url usd user users username ux value vendor version video visa vp
        vpn warning web website week wifi window wire work worker workshop year zip zone north
        south east west mr mrs ms dr prof university college institute street avenue""",
    "callings": """
        accountant electrician journalist librarian mechanic paramedic pharmacist photographer
        psychologist receptionist recruiter salesperson technician therapist developer programmer
        teacher nurse doctor lawyer student scientist designer architect analyst administrator
        consultant professor writer singer actor artist musician researcher founder engineers
        developers senior junior lead principal chief staff happy merry lorem ipsum appendix
        figure verse""",
    "states": """
        ready tired happy sad fine busy sick ill late early single married engaged divorced pregnant
        vegan vegetarian diabetic gay lesbian straight bi trans deaf blind lost stuck done sorry
        afraid excited curious interested confused bored hungry available unavailable online offline
        currently here there back home alone safe well better worse retired unemployed self-employed
        gluten lactose""",
    "letters": """
        lol lmao btw imo imho fyi asap tbh omg wtf brb afaik idk lgtm tldr eta tbd eod eow ooo nda
        faq rsvp""",
}
ALSO_NAMES = frozenset(
    ("will", "may", "april", "june", "august", "christian", "page", "law", "hope", "love")
)
"""Of the words below, those that are part of a name beside other words of it."""
NO_NAMES = frozenset(" ".join(_LISTINGS.values()).split())
"""Lower-case words that no name starts or ends with."""
