"""The technologies people speak of: canonical names, categories and aliases, and how to find them.

A table rather than a model: small models take "Redis" for a person and "Ruff" for a company, and
the same words must never be masked as names. Pure data and pure functions.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from memory.records import EntityType, Mention

# One entry per comma: the canonical name, then its aliases after "=" signs. Aliases are matched
# without regard to case unless the word is in _ORDINARY_WORDS.
_CATALOGUE: dict[str, str] = {
    "database": """
        PostgreSQL=Postgres=PSQL=pgvector, MySQL, MariaDB, SQLite, Redis=Valkey, MongoDB=Mongo,
        Cassandra, DynamoDB, Elasticsearch=Elastic Search, OpenSearch, ClickHouse, DuckDB, Neo4j,
        CouchDB, InfluxDB, TimescaleDB, CockroachDB, Snowflake, BigQuery, Redshift, Oracle
        Database=Oracle DB, SQL Server=MSSQL=MS SQL, Firestore, Memcached, Supabase,
        Chroma=ChromaDB, Qdrant, Weaviate, Pinecone, Milvus, LanceDB, sqlite-vec, FAISS, etcd,
        Solr, Databricks, MinIO, PlanetScale, ScyllaDB""",
    "framework": """
        Django=Django ORM=Django REST Framework, Flask, FastAPI, Ruby on Rails=Rails=RoR, Laravel,
        Symfony, Spring Boot, Spring, Express=Express.js=ExpressJS=Express JS, NestJS=Nest.js,
        Next.js=NextJS=Next JS, Nuxt=Nuxt.js, React=React.js=ReactJS=React JS,
        React Native, Vue=Vue.js=VueJS=Vue JS,
        Angular=AngularJS, Svelte=SvelteKit, Solid.js=SolidJS, Remix, Astro, Gatsby,
        Ember.js=EmberJS, Backbone.js, ASP.NET=ASP.NET Core, .NET=dotnet=.NET Core, Blazor,
        Flutter, Electron, Tauri, Streamlit, Gradio, Phoenix, Gin, Actix, Axum, Sinatra, Pyramid,
        Tornado, Starlette, Sanic, Quarkus, Micronaut, Play Framework, Qt=PyQt=PySide, SwiftUI,
        Jetpack Compose, Unity, Unreal Engine, Godot, WordPress, Drupal, Magento, Shopify,
        Bootstrap, Tailwind=Tailwind CSS, HTMX, Alpine.js, LangChain, LangGraph, LlamaIndex,
        Haystack, Hugo, Jekyll, MkDocs, Sphinx""",
    "language": """
        Python=CPython=PyPy, JavaScript=ECMAScript=JS, TypeScript, Java, Kotlin, Scala, Go=Golang,
        Rust, C++=CPP, C#=CSharp, C, F#, Ruby, PHP, Perl, Swift, Objective-C, R, Julia, MATLAB,
        Haskell, OCaml, Elixir, Erlang, Clojure, Lisp=Common Lisp, Scheme, Dart, Lua, Zig, Nim,
        Fortran, COBOL, Groovy, Visual Basic=VB.NET, Delphi, Ada, Prolog, Solidity, SQL, HTML,
        CSS, Sass=SCSS, GraphQL, WebAssembly=WASM, Bash, PowerShell, Zsh, YAML, TOML, JSON, XML,
        LaTeX, Markdown, Assembly, VBA, Apex, Crystal, Elm, PureScript, Racket, Smalltalk""",
    "editor": """
        VS Code=VSCode=Visual Studio Code, Visual Studio, Vim, Neovim=nvim, Emacs=Doom Emacs,
        PyCharm, IntelliJ IDEA=IntelliJ, WebStorm, PhpStorm, RubyMine, GoLand, CLion, Rider,
        DataGrip, Sublime Text=Sublime, Notepad++, Atom, Eclipse, NetBeans, Xcode, Android Studio,
        Jupyter= JupyterLab=Jupyter Notebook, RStudio, Spyder, Cursor, Windsurf, Zed, Helix, Nano,
        Kakoune, Fleet, Obsidian, Google Colab=Colab""",
    "cloud": """
        AWS=Amazon Web Services, Google Cloud=GCP=Google Cloud Platform, Azure=Microsoft Azure,
        DigitalOcean, Heroku, Hetzner, Linode, OVH, Vercel, Netlify, Cloudflare, Fly.io, Render,
        Railway, OpenStack, IBM Cloud, Oracle Cloud, Scaleway, Vultr, Firebase, AWS Lambda, EC2,
        S3, EKS, GKE, AKS, ECS, Fargate, CloudFront, CloudFormation, Cloud Run, App Engine,
        SageMaker, Bedrock, Vertex AI, Lightsail, Backblaze""",
    "operating system": """
        Linux, Ubuntu, Debian, Fedora, Arch Linux=Arch, CentOS, RHEL=Red Hat, Alpine Linux,
        openSUSE=SUSE, Linux Mint, NixOS=Nix, Gentoo, Manjaro, Kali Linux=Kali, Pop!_OS, Rocky
        Linux, AlmaLinux, FreeBSD, OpenBSD, NetBSD, macOS=Mac OS=OS X=OSX, iOS, iPadOS, Android,
        Windows, WSL=WSL2, Chrome OS=ChromeOS, Raspberry Pi OS=Raspbian, Proxmox, Solaris, Unix,
        HarmonyOS""",
    "message queue": """
        Kafka=Apache Kafka, RabbitMQ, Celery, ActiveMQ, ZeroMQ=0MQ, NATS, Pulsar, SQS, SNS,
        Pub/Sub=PubSub, MQTT, Sidekiq, BullMQ, Redpanda, Kinesis, Dramatiq, Huey""",
    "library": """
        PyTorch=Torch, TensorFlow, Keras, JAX, scikit-learn=sklearn, pandas, NumPy, SciPy, Polars,
        Dask, Spark=PySpark=Apache Spark, Hadoop, Flink, Airflow, Prefect, Dagster, dbt, MLflow,
        XGBoost, LightGBM, CatBoost, spaCy, NLTK, Hugging Face=HuggingFace, Transformers, Sentence
        Transformers, OpenCV, Matplotlib, Seaborn, Plotly, Altair, Bokeh, D3.js=D3, Three.js,
        jQuery, Redux, Zustand, RxJS, Lodash, Axios, Pydantic, SQLAlchemy, Alembic, Prisma,
        Hibernate, TypeORM, Sequelize, Drizzle, Beautiful Soup=BeautifulSoup, Scrapy, Requests,
        httpx, aiohttp, asyncio, Selenium, Playwright, Puppeteer, Cypress, pytest, unittest,
        JUnit, Jest, Vitest, Mocha, RSpec, Hypothesis, litellm, tiktoken, fastembed, Presidio,
        ONNX=ONNX Runtime, CUDA, NetworkX, Gensim, statsmodels, Log4j, Lombok, gRPC, Protobuf,
        OpenMP, Boost, Eigen, Tokio, Serde, Pillow, Tkinter, Pygame, Anthropic SDK, vLLM,
        structlog, Vega, ECharts""",
    "model": """
        GPT-4o, GPT-4, GPT-3.5, GPT-5, ChatGPT, GPT, Claude, Gemini, Llama=LLaMA, Mistral=Mistral
        Large=Mixtral, DeepSeek, Qwen, Gemma, Phi-3, BERT, Whisper, Stable Diffusion, Midjourney,
        DALL-E, MiniLM, Copilot=GitHub Copilot, Grok""",
    "tool": """
        Docker=Docker Compose, Kubernetes=K8s, Podman, Terraform, OpenTofu, Ansible, Pulumi,
        Puppet, Chef, Vagrant, Packer, Helm, Argo CD=ArgoCD, Istio, Envoy, Consul, Vault, Nomad,
        Nginx, Apache=Apache HTTP Server, Caddy, Traefik, HAProxy, Gunicorn, Uvicorn, Tomcat,
        Jenkins, GitHub Actions, GitHub, GitLab=GitLab CI, Bitbucket, CircleCI, Travis CI=Travis,
        TeamCity, Git, SVN= Subversion, Mercurial, Jira, Confluence, Trello, Asana, Linear,
        Notion, Slack, Discord, Microsoft Teams, Zoom, Figma, Sketch, Postman, Insomnia, curl,
        Grafana, Prometheus, Datadog, Sentry, New Relic, Splunk, Kibana, Logstash, Jaeger,
        OpenTelemetry, PagerDuty, Webpack, Vite, Rollup, Babel, ESLint, Prettier, npm, Yarn, pnpm,
        Bun, Deno, Node.js=NodeJS=Node JS=Node,
        pip, uv, Poetry, Conda=Anaconda=Miniconda, Pipenv, Ruff,
        Black, Flake8, Pylint, isort, mypy, Pyright, Maven, Gradle, Ant, Bazel, CMake, Make,
        Cargo, Composer, Homebrew=brew, apt, tmux, Ollama, llama.cpp, LM Studio, Open WebUI,
        Tableau, Power BI, Looker, Metabase, Superset, Excel, Google Sheets, Airtable, Zapier,
        n8n, Stripe, Twilio, Auth0, Okta, Keycloak, Kong, Swagger, OpenAPI, Elastic Stack=ELK,
        SonarQube, Snyk, Dependabot, Renovate, Wireshark, Valgrind, GDB, LLDB, Photoshop,
        Illustrator, Blender, AutoCAD, Chrome, Firefox, Safari, Brave, SharePoint, Salesforce,
        HubSpot, SAP, Zendesk, VirtualBox, VMware, QEMU, Tailscale, WireGuard, OpenVPN, Arduino,
        Raspberry Pi, Home Assistant, Logseq, Miro, Outlook, Gmail""",
}

# Ordinary English words (and one-letter names): only their exact spelling counts, and at the start
# of a sentence, where every word is capital, only with more evidence beside them.
_ORDINARY_LISTING = """
    Go Rust Swift Express Spring React Flask Phoenix Gin Play Remix Astro Unity Bootstrap Haystack
    Hugo Sphinx Pyramid Tornado Electron C R Julia Ruby Perl Dart Scheme Lisp Assembly Apex
    Crystal Elm Ada Racket Java Sublime Atom Eclipse Rider Cursor Zed Helix Nano Fleet Spyder
    Render Railway Bedrock Windows Arch Android Celery Pulsar Spark Prefect Requests Transformers
    Mocha Jest Cypress Boost Pillow Hypothesis Black Chef Puppet Vault Envoy Consul Nomad Helm
    Packer Linear Notion Slack Discord Zoom Sketch Insomnia Sentry Make Ant Poetry Yarn Cargo
    Composer Bun Node Excel Apache Chrome Safari Brave Confluence Babel Tableau Looker Kong
    Snowflake Cassandra Chroma Rails Drizzle Torch Gemini Claude Whisper Copilot Stripe Miro
    Outlook Superset Renovate Illustrator Blender Mercurial Vega Altair Eigen Delphi Swagger Caddy
    Huey Sinatra Elastic Obsidian Subversion Rollup Travis Dagster Fortran Prometheus Gatsby
    Backbone Solid Remix Hibernate Seaborn Tailwind Crystal
"""
_ORDINARY_WORDS = frozenset(_ORDINARY_LISTING.split())

# Of those, the first names: a technology only where the words around them are technical.
_FIRST_NAMES_TOO = frozenset(
    (
        "Julia",
        "Hugo",
        "Claude",
        "Ada",
        "Ruby",
        "Cassandra",
        "Travis",
        "Crystal",
        "Pearl",
        "Huey",
        "Elm",
    )
)
_TECHNICAL_VERB = re.compile(
    r"\b(?:us(?:e|es|ed|ing)|written in|built (?:in|with)|cod(?:e|ing) in|program(?:ming)? in"
    r"|learn(?:ing)?|install|runs? on"
    r"|switch(?:ed)? to|migrated? (?:to|from)|deploy(?:ed)? (?:with|to))(?: the)? $",
    re.IGNORECASE,
)

# What follows an ordinary word in lower case and makes a technology of it: "my flask app".
_TECHNICAL_NOUNS = (
    "apps?|applications?|backend|frontend|components?|projects?|servers?|code|codebase|developers?|"
    "programmers?|engineers?|apis?|services?|routes?|endpoints?|scripts?|crates?|modules?|"
    "packages?|devs?|hooks?|stack|workers?|tests?"
)

# A number after a name is its version, unless it counts something.
_VERSION = (
    r"(?:[ ]v?(?P<version>\d{1,4}(?:\.\d{1,5}){0,3}))(?!\.?[\w%])"
    r"(?![ ]?(?:times?|years?|months?|weeks?|days?|hours?|minutes?|seconds?|people|of|x|gb|mb|ms"
    r"|instances?|nodes?|servers?|databases?|projects?|apps?|cores|cpus|seats|users|replicas"
    r"|shards|workers|percent)\b)"
)
_RENUMBERED = re.compile(
    r"(?: from(?: version)? v?(?P<old>\d{1,4}(?:\.\d{1,5}){0,3}))? to(?: version)?" + _VERSION,
    re.IGNORECASE,
)
"""Behind the name of what changed its version."""
_SENTENCE_START = re.compile(r"(?:^|[.!?:\n]\s{0,8}|[-*•]\s{1,4})[\"'“(]?$")
_LETTER_FRAME = re.compile(r"(?:\b(?:in|use|using|learn|learning|with|and|or|know)|,) $")
_BEFORE_SLASH = re.compile(r"([\w.+#:]{0,30})/$")
_AFTER_SLASH = re.compile(r"/([\w.+#]{0,30})")
_BESIDE = re.compile(r"\s?(?:,|/|&|\+|or|and|vs\.?|versus|with|over|than)\s", re.IGNORECASE)
_BESIDE_BEFORE = re.compile(
    r"(?P<word>[\w.+#]{1,20})(?:,? (?:or|and|vs\.?|versus|over|than|with)|,) $"
)


_USED_AS = {
    "cache": "cache",
    "caches": "cache",
    "caching": "cache",
    "queue": "message queue",
    "queues": "message queue",
    "broker": "message queue",
    "session store": "session store",
    "sessions": "session store",
    "search engine": "search engine",
    "search index": "search engine",
    "full-text search": "search engine",
}
"""What a technology is used for, in the words behind it, and the one name for that."""
_USED_FOR = re.compile(
    r" (?:as|for) (?:(?:an?|the|our|my|all) )?(?:[\w-]{1,20} ){0,2}?"
    rf"(?P<use>{'|'.join(sorted(_USED_AS, key=len, reverse=True))})\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Technology:
    name: str
    category: str


@dataclass(frozen=True, slots=True)
class Renumbered:
    """A technology in another version: “PostgreSQL from 14 to 16”."""

    technology: Technology
    old: str
    """Its name with the version before, or without one where none is said."""
    new: str


@dataclass(frozen=True, slots=True)
class Match:
    """A technology at ``text[start:end]``; the name carries its version."""

    start: int
    end: int
    mention: Mention


@cache
def catalogue() -> dict[str, Technology]:
    """Every alias in lower case, and the technology it stands for."""
    table: dict[str, Technology] = {}
    for category, listing in _CATALOGUE.items():
        for entry in " ".join(listing.split()).split(","):
            names = [alias.strip() for alias in entry.split("=")]
            for alias in names:
                table[alias.lower()] = Technology(names[0], category)
    return table


def is_technology(word: str) -> bool:
    """Whether the word alone, in any case, is a technology's name and nobody's."""
    return word.lower() in catalogue() and word.capitalize() not in _FIRST_NAMES_TOO


def find_technologies(text: str) -> tuple[Mention, ...]:
    """The technologies the text speaks of, each once, in order of appearance."""
    return tuple(dict.fromkeys(match.mention for match in matches(text)))


def matches(text: str) -> tuple[Match, ...]:
    """Every place where the text names a technology, in order, without overlaps."""
    return tuple(_match(text, found) for found in _pattern().finditer(text) if _counts(text, found))


def used_for(text: str) -> tuple[tuple[Mention, str], ...]:
    """The technologies the text speaks of, each with what it is used for: where its words do not
    say so, what it is. “Redis as a cache” is no database."""
    found: dict[tuple[Mention, str], None] = {}
    for match in matches(text):
        said = _USED_FOR.match(text, match.end)
        use = _USED_AS[said["use"].lower()] if said else match.mention.category
        found.setdefault((match.mention, use))
    return tuple(found)


def renumbered(text: str) -> Renumbered | None:
    """The first technology behind whose name stands its new version: “Django (from 4) to 5”."""
    for found in _pattern().finditer(text):
        behind = _RENUMBERED.match(text, found.end())
        if behind and _counts(text, found):
            technology = catalogue()[_alias(found)]
            old = behind["old"] or found["version"] or ""
            name = technology.name
            return Renumbered(technology, f"{name} {old}".rstrip(), f"{name} {behind['version']}")
    return None


def _match(text: str, found: re.Match[str]) -> Match:
    technology = catalogue()[_alias(found)]
    version = found["version"]
    name = f"{technology.name} {version}" if version else technology.name
    mention = Mention(name, EntityType.TECHNOLOGY, technology.category)
    return Match(found.start(), found.end(), mention)


def _alias(found: re.Match[str]) -> str:
    return " ".join(found["name"].lower().split())


def _counts(text: str, found: re.Match[str]) -> bool:
    word = found["name"]
    if _in_path(text, found):
        return False
    if word.capitalize() not in _ORDINARY_WORDS:
        return True
    if word != word.capitalize():
        return _technical_noun().match(text, found.end()) is not None
    if found["version"] and not found["version"].startswith(("19", "20")):
        return True
    before = text[max(0, found.start() - 30) : found.start()]
    if word in _FIRST_NAMES_TOO:
        return _TECHNICAL_VERB.search(before) is not None or _has_company(text, found)
    if len(word) == 1:
        framed = _LETTER_FRAME.search(before) is not None and not _is_initial(text, found)
        return framed or _has_company(text, found)
    return not _SENTENCE_START.search(before) or _has_company(text, found)


def _in_path(text: str, found: re.Match[str]) -> bool:
    """ "Django/Flask" names two technologies, "/usr/bin/python" and "src/react/app" none."""
    before = _BEFORE_SLASH.search(text[max(0, found.start() - 30) : found.start()])
    after = _AFTER_SLASH.match(text, found.end())
    return any(side is not None and not is_technology(side[1]) for side in (before, after))


def _is_initial(text: str, found: re.Match[str]) -> bool:
    """A single letter with a dot or beside a capital is a person's initial: "Robert C. Martin"."""
    return re.match(r"\.?[ ][A-Z]|[&'’]", text[found.end() : found.end() + 3]) is not None


def _has_company(text: str, found: re.Match[str]) -> bool:
    """Whether an ordinary word at a sentence's start stands beside a technology."""
    if _technical_noun().match(text, found.end()):
        return True
    after = _BESIDE.match(text, found.end())
    if after and (other := _pattern().match(text, after.end())):
        return is_technology(other["name"])
    before = _BESIDE_BEFORE.search(text, max(0, found.start() - 30), found.start())
    return before is not None and is_technology(before["word"])


@cache
def _technical_noun() -> re.Pattern[str]:
    return re.compile(rf"\s(?:{_TECHNICAL_NOUNS})\b")


@cache
def _pattern() -> re.Pattern[str]:
    """All aliases, longest first, with an attached version; words, never parts of words."""
    return re.compile(
        rf"(?<![\w.@-])(?P<name>{_any_of(catalogue())})(?!\w)(?![@+#]|\.[a-z])(?:{_VERSION})?",
        re.IGNORECASE,
    )


def _any_of(words: Iterable[str]) -> str:
    """A pattern of all the words, longest first, that tries each shared beginning only once.

    Hundreds of alternatives side by side would all be tried at every word of a text.
    """
    endings: dict[str, set[str]] = {}
    for word in words:
        endings.setdefault(word[:1], set()).add(word[1:])
    ends_here = endings.pop("", None) is not None
    branches = [re.escape(first) + _any_of(rest) for first, rest in endings.items()]
    if len(branches) == 1 and not ends_here:
        return branches[0]
    if not branches:
        return ""
    return f"(?:{'|'.join(branches)})" + ("?" if ends_here else "")
