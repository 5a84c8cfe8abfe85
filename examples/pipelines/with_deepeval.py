"""deepeval: a metric that needs no model. `[n]` is the n-th passage of the retrieval context, from 1."""

from __future__ import annotations

from deepeval.metrics import BaseMetric
from deepeval.test_case import LLMTestCase

from citecheck import review


class CitationMetric(BaseMetric):  # type: ignore[misc]
    """The share of statements that a resolving marker supports; nought where a citation fault was found."""

    def __init__(self, threshold: float = 0.8) -> None:
        self.threshold = threshold
        self.async_mode = False

    def measure(self, test_case: LLMTestCase, *_: object, **__: object) -> float:
        """Scores an answer."""
        verdict = review(test_case.actual_output, sources=test_case.retrieval_context or [])
        self.score = (verdict.coverage if verdict.coverage is not None else 1.0) if verdict.ok else 0.0
        self.reason = verdict.feedback() or "every marker names a passage"
        self.success = self.score >= self.threshold
        return self.score

    async def a_measure(self, test_case: LLMTestCase, *_: object, **__: object) -> float:
        """Scores an answer."""
        return self.measure(test_case)

    def is_successful(self) -> bool:
        """Whether the score reaches the threshold."""
        return bool(self.success)

    @property
    def __name__(self) -> str:
        return "Citations"
