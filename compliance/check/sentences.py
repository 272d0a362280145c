"""What a broken norm says: the author's sentence filled with values, and both sides of what failed."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import define, field

from compliance.law.model import Law
from compliance.norm.blame import Failure
from compliance.norm.evaluate import Evaluator
from compliance.norm.explain import say_failure, say_part
from compliance.norm.program import Typed
from compliance.norm.template import Template, leading_scope, message, read_template
from compliance.norm.vocabulary import Lang, Words

LANGS: tuple[Lang, Lang] = ("en", "ru")

LONGEST = 300
"""Beyond so many characters both sides of a failure explain less than the norm's own sentence does."""


@define(eq=False)
class Sentences:
    """Fills the sentences of one law; each template is read and checked once."""

    law: Law
    _templates: dict[tuple[str, Lang], Template] = field(factory=dict)

    def said(self, id: str, norm: Typed, fails: Words | None, evaluator: Evaluator, failure: Failure) -> Words:
        """The author's sentence for one failure; without one, the failure in the words of the vocabulary."""
        if fails is None:
            en, ru = (say_failure(failure, self.law.program, lang, self.readings) for lang in LANGS)
        else:
            en, ru = (message(self._template(id, norm, fails, lang), evaluator, failure.env, lang) for lang in LANGS)
        return Words(en, ru)

    def details(self, failure: Failure) -> tuple[Words, ...]:
        """What failed, part by part, with the values on both sides; a part that takes too long to say is left out."""
        said = ([say_part(part, self.law.program, lang, self.readings) for lang in LANGS] for part in failure.parts)
        return tuple(dict.fromkeys(Words(en, ru) for en, ru in said if len(en) <= LONGEST))

    @property
    def readings(self) -> Mapping[str, Mapping[str, Words]]:
        """The words for the values of the readings."""
        return {reading.id: reading.values for reading in self.law.readings.values()}

    def _template(self, id: str, norm: Typed, fails: Words, lang: Lang) -> Template:
        key = id, lang
        if key not in self._templates:
            self._templates[key] = read_template(fails[lang], leading_scope(norm, self.law.program))
        return self._templates[key]
