"""LangChain: a step that passes on, with its safe fixes, an answer whose markers name the passages; no other."""

from __future__ import annotations

from typing import Any

from langchain_core.runnables import RunnableLambda

from citecheck import review


def _checked(step: dict[str, Any]) -> str:
    verdict = review(step["answer"], sources=[passage.page_content for passage in step["passages"]])
    if not verdict.ok:
        raise ValueError(verdict.feedback())
    return verdict.fixed


citations = RunnableLambda(_checked)
"""Takes `{"answer": str, "passages": list[Document]}`; raises ValueError with what to put right."""
