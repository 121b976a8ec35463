"""Made-up pairs of sentences by how the second stands to the first, for ``rules/change``."""

from collections.abc import Mapping

from memory.records import Standing

PAIRS: Mapping[Standing, str] = {
    Standing.SAME: """
        I live in Berlin. => I live in Berlin.
        I live in Berlin. => I'm based in Berlin.
        I work at Siemens. => I'm employed by Siemens.
        I'm a nurse. => I am a nurse.
        I like dark chocolate. => I love dark chocolate.
        I hate coriander. => I don't like coriander.
        My favourite editor is Helix. => Helix is my favourite editor.
        My favourite colour is green. => My favorite color is green.
        I use Vim. => I use Vim for everything.
        We use Postgres. => We're using Postgres.
        I'm allergic to peanuts. => I am allergic to peanuts.
        My sister lives in Oslo. => My sister lives in Oslo.
        Always answer in French. => Please always answer in French.
        I have to renew my passport in May. => I need to renew my passport in May.
        I don't use MySQL any more. => I no longer use MySQL.
        I think tabs are better than spaces. => I believe tabs are better than spaces.
        Restarting the server didn't help. => Restarting the server did not help.
        Yesterday I met Jana at the conference. => I met Jana at the conference yesterday.
    """,
    Standing.SUPERSEDES: """
        I live in Berlin. => We moved to Munich two weeks ago.
        I live in Berlin. => I live in Hamburg now.
        We moved to Munich two weeks ago. => I moved back to Berlin.
        I work at Zalando. => I started a new job at Lidl last Monday.
        I work for the railway. => I work for the post office.
        I'm 42. => I'm 43 years old.
        My son is nine. => My son is ten.
        The deadline is 3 May. => The deadline is now 10 May.
        My deadline is 3 May. => The deadline is now 10 May.
        The deadline of Apollo is 3 May. => Apollo's deadline is 10 May.
        My favourite editor is Helix. => My favourite editor is Zed.
        I'm a nurse. => I'm a teacher.
        Our API runs on port 8080. => Our API runs on port 9090.
        We use MySQL. => We switched from MySQL to Postgres.
        We use Jenkins. => We replaced Jenkins with GitHub Actions.
        We use PostgreSQL 14. => We upgraded from PostgreSQL 14 to PostgreSQL 16.
        We use PostgreSQL 14. => We upgraded PostgreSQL from 14 to 16.
        We use PostgreSQL 14. => We upgraded to PostgreSQL 16.
        We use PostgreSQL 16. => We downgraded to PostgreSQL 15.
        We use Postgres. => We upgraded PostgreSQL to version 16.
        We use MySQL. => We moved from MySQL to PostgreSQL.
        We use Postgres 12. => We switched from PostgreSQL to MySQL.
        We use Python 3.11. => We've upgraded from Python 3.11 to Python 3.12.
        I'm 34 years old. => I turned 35 yesterday.
        I'm single. => I got married in May.
        I work at Bosch. => I started at SAP last week.
        I work at Bosch. => I got a new job: I'm now at SAP.
        My name is Peter. => My name isn't Peter, it's Petra.
        The deadline is 3 May. => The deadline has been moved to 15 July.
        We don't use Redis. => We use Redis now.
        I don't like olives. => These days I like olives.
        I'll send the report by Friday. => I'll send the report by Monday.
        I prefer dark mode. => I now prefer light mode.
        Always answer in French. => From now on always answer in English.
        Our office is in Leeds. => Our office is in York.
        Call me Max. => Call me Maxine.
        I no longer use Vim. => I use Vim again now.
        Maya works at Siemens. => Maya works at Bosch.
        To deploy, run the tests and push the image. => To deploy, build the image and push it.
    """,
    Standing.ENDS: """
        We use MySQL. => We don't use MySQL any more.
        I work at Siemens. => I no longer work at Siemens.
        I drink coffee. => I stopped drinking coffee.
        I live in Berlin. => I don't live in Berlin any more.
        I play handball. => I used to play handball.
        I eat meat. => I no longer eat meat.
        I have a car. => I no longer have a car.
        My sister lives in Oslo. => My sister no longer lives in Oslo.
        We use MongoDB. => We dropped MongoDB.
        I like olives. => I don't like olives any more.
    """,
    Standing.CONTRADICTS: """
        I like tea. => I don't like tea.
        I hate coriander. => I love coriander.
        We use Redis. => We don't use Redis.
        I prefer dark mode. => I prefer light mode.
        I eat meat. => I don't eat meat.
        We use MySQL. => We use Postgres.
        Always answer in French. => Always answer in English.
        I think tabs are better than spaces. => I think tabs are worse than spaces.
        Restarting the server didn't help. => Restarting the server helped.
        I speak German. => I don't speak German.
    """,
    Standing.UNRELATED: """
        I live in Berlin. => I work at Siemens.
        I live in Berlin. => My sister lives in Oslo.
        My sister lives in Oslo. => My brother lives in Rome.
        I like tea. => I like coffee.
        I like tea. => I don't like coffee.
        I have two cats. => I have a bike.
        I speak French. => I speak Wolof.
        I use Vim for Python. => I use Vim for Go.
        We use Redis. => We use Django.
        I'm allergic to peanuts. => I'm allergic to shellfish.
        The deadline of Apollo is 3 May. => The deadline of Gemini is 3 May.
        My favourite editor is Helix. => My favourite food is ramen.
        I'll send the report by Friday. => I'll call the dentist by Friday.
        I work at Zalando. => I no longer work at Siemens.
        I have to renew my passport in May. => I have to renew my visa in May.
        We decided to use Postgres. => We decided to postpone the launch.
        I think tabs are better than spaces. => I think meetings are a waste of time.
        Fixed the login bug by clearing the cache. => I solved the flickering by turning off vsync.
        I met Jana in 2019. => I met Jana in 2021.
        I don't use MySQL any more. => We use Postgres.
        We use Redis. => We upgraded to PostgreSQL 16.
        We use Redis. => We moved from MySQL to PostgreSQL.
        We use Redis. => We switched from MySQL to PostgreSQL.
        We use CircleCI. => We replaced Jenkins with GitHub Actions.
        We use Django. => We upgraded from PostgreSQL 14 to PostgreSQL 16.
        I live in Berlin with Tom. => I live in Berlin with Ana.
    """,
}
