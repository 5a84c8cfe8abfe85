"""guardrails-ai: a validator of answers.

Its fix is the safe fixes, its message what to put right for `on_fail="reask"`.
"""

from __future__ import annotations

from typing import Any

from guardrails.validator_base import FailResult, PassResult, ValidationResult, Validator, register_validator

from citecheck import review


@register_validator(name="citecheck/citations", data_type="string")
class Citations(Validator):  # type: ignore[misc]
    """Passes an answer whose citations name the passages of `metadata["passages"]`, numbered from 1."""

    def validate(self, value: Any, metadata: dict[str, Any]) -> ValidationResult:
        """Judges an answer."""
        verdict = review(value, sources=metadata["passages"])
        if verdict.ok:
            return PassResult()
        return FailResult(error_message=verdict.feedback(), fix_value=verdict.fixed)
