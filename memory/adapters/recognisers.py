"""Our rules for personal data as presidio recognisers, and the analyzer that runs them.

presidio orchestrates; nothing of its default set is used but the phone numbers, because the
defaults damage ordinary messages ("Redis" and "SSN" become people). The spaCy pipeline is handed
in, loaded once for everything: presidio on its own would download another.
"""

from collections.abc import Iterator
from typing import Any

from memory.records import Label, Span
from memory.rules import personal_data
from memory.rules.personal_data import contacts, person_names

LANGUAGE = "en"

# Numbering plans that a bare number is tried against, in the order of the plan's size.
PHONE_REGIONS = ("US", "GB", "DE", "FR", "ES", "IT", "IN", "BR", "AU", "NL", "PL", "CH", "AT", "SE")


def analyzer(nlp: Any) -> Any:
    """A presidio AnalyzerEngine over the spaCy pipeline, with our recognisers alone."""
    from presidio_analyzer import AnalyzerEngine, RecognizerRegistry

    recognizers = [_shaped(label) for label in personal_data.FINDERS]
    registry = RecognizerRegistry(
        recognizers=[*recognizers, _loose_phones(), _names()], supported_languages=[LANGUAGE]
    )
    return AnalyzerEngine(
        registry=registry,
        nlp_engine=_nlp_engine(nlp),
        supported_languages=[LANGUAGE],
        context_aware_enhancer=_no_context(),
    )


def analyze(engine: Any, text: str, document: Any) -> list[Span]:
    """What the engine's recognisers find in a text that the pipeline has read."""
    from presidio_analyzer.nlp_engine import NlpArtifacts

    artifacts = NlpArtifacts(
        entities=list(document.ents),
        tokens=document,
        tokens_indices=[token.idx for token in document],
        lemmas=[],
        nlp_engine=engine.nlp_engine,
        language=LANGUAGE,
        scores=[1.0] * len(document.ents),
    )
    return [_to_span(r) for r in engine.analyze(text, language=LANGUAGE, nlp_artifacts=artifacts)]


def _to_span(result: Any) -> Span:
    rule = (result.recognition_metadata or {}).get("rule", "presidio")
    return Span(result.start, result.end, Label(result.entity_type), result.score, rule)


def _to_result(span: Span) -> Any:
    from presidio_analyzer import RecognizerResult

    return RecognizerResult(
        entity_type=span.label.value,
        start=span.start,
        end=span.end,
        score=span.confidence,
        recognition_metadata={"rule": span.rule},
    )


def _nlp_engine(nlp: Any) -> Any:
    """presidio's spaCy engine around a pipeline that is already loaded."""
    from presidio_analyzer.nlp_engine import SpacyNlpEngine

    engine = SpacyNlpEngine(models=[{"lang_code": LANGUAGE, "model_name": nlp.meta["name"]}])
    engine.nlp = {LANGUAGE: nlp}  # type: ignore[assignment]  # declared as None there
    return engine


def _no_context() -> Any:
    """Our rules judge the words around a find themselves; presidio's way copies every find."""
    from presidio_analyzer import ContextAwareEnhancer

    class NoContext(ContextAwareEnhancer):
        def enhance_using_context(
            self,
            text: str,
            raw_results: list[Any],
            nlp_artifacts: Any,
            recognizers: list[Any],
            context: list[str] | None = None,
        ) -> list[Any]:
            return raw_results

    return NoContext(0, 0, 0, 0)


def _shaped(label: Label) -> Any:
    """A recogniser for everything of one label that has a shape."""
    from presidio_analyzer import EntityRecognizer

    finder = personal_data.FINDERS[label]

    class Shaped(EntityRecognizer):
        def load(self) -> None:
            """Nothing to load: the patterns are compiled with their module."""

        def analyze(self, text: str, entities: list[str], nlp_artifacts: Any = None) -> list[Any]:
            return [_to_result(span) for span in personal_data.windowed(text, finder)]

    return Shaped(supported_entities=[label.value], name=label.value, supported_language=LANGUAGE)


def _names() -> Any:
    """A recogniser for people: our rules, and what the model found, cleaned."""
    from presidio_analyzer import EntityRecognizer

    class Names(EntityRecognizer):
        def load(self) -> None:
            """Nothing to load: the model's finds come with the artifacts."""

        def analyze(self, text: str, entities: list[str], nlp_artifacts: Any = None) -> list[Any]:
            found = personal_data.windowed(text, person_names.find_names)
            found.extend(_found_by_model(text, nlp_artifacts.tokens))
            return [_to_result(span) for span in found]

    return Names(supported_entities=[Label.NAME.value], name="NAME", supported_language=LANGUAGE)


def _found_by_model(text: str, document: Any) -> Iterator[Span]:
    for entity in document.ents:
        if entity.label_ == "PERSON":
            start, end = entity.start_char, person_names.whole(text, entity.end_char)
            yield from person_names.clean(text, start, end, "language model", 0.75)
    for span in personal_data.windowed(text, person_names.introduced):
        words = document.char_span(span.start, span.end, alignment_mode="expand")
        if words is not None and all(word.tag_ == "NNP" for word in words):
            yield span


def _loose_phones() -> Any:
    """presidio's numbering plans, over the runs of digits that our rules leave open."""
    from presidio_analyzer.predefined_recognizers import PhoneRecognizer

    class LoosePhones(PhoneRecognizer):
        def analyze(self, text: str, entities: list[str], nlp_artifacts: Any = None) -> list[Any]:
            spans = personal_data.windowed(text, contacts.loose_phones)
            return [
                _to_result(span) for span in spans if self._is_phone(text[span.start : span.end])
            ]

        def _is_phone(self, value: str) -> bool:
            return bool(super().analyze(value, []))

    return LoosePhones(
        supported_entity=Label.PHONE.value,
        supported_regions=PHONE_REGIONS,
        supported_language=LANGUAGE,
    )
