"""YAML as nodes with their places: nothing is built from it, no alias expanded, and what costs too much is not read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import yaml

from citecheck.model.sources import Field
from citecheck.text.spans import Span

_LARGEST: Final = 1_000_000  # code points; the loader takes about a second for them


def composed(text: str) -> yaml.Node | None:
    """The first document of a text; None where it is none, too long, or the loader in C is not installed."""
    loader = getattr(yaml, "CSafeLoader", None)
    if loader is None or len(text) > _LARGEST:
        return None
    try:
        node: yaml.Node | None = yaml.compose(text, loader)
    except (yaml.YAMLError, ValueError, RecursionError):
        return None
    return node


def members(node: yaml.Node | None) -> dict[str, yaml.Node]:
    """The members of a mapping by their names; none where it is not one."""
    if not isinstance(node, yaml.MappingNode):
        return {}
    return {name.value: value for name, value in node.value if isinstance(name, yaml.ScalarNode)}


def elements(node: yaml.Node | None) -> list[yaml.Node]:
    """The elements of a sequence; a scalar or a mapping is a sequence of itself."""
    if node is None:
        return []
    return list(node.value) if isinstance(node, yaml.SequenceNode) else [node]


def scalars(node: yaml.Node | None, offset: int = 0) -> Iterator[Field]:
    """The scalars of a sequence, or the one scalar, each with its place in a text in which the YAML begins there."""
    for each in elements(node):
        if field := scalar(each, offset):
            yield field


def scalar(node: yaml.Node | None, offset: int = 0) -> Field | None:
    """A scalar with anything in it, and where it is, quotation marks aside."""
    if not isinstance(node, yaml.ScalarNode) or not node.value.strip():
        return None
    quoted = node.style in ("'", '"')
    return Field(node.value, Span(offset + node.start_mark.index + quoted, offset + node.end_mark.index - quoted))


def span(node: yaml.Node, offset: int) -> Span:
    """Where a node is."""
    return Span(offset + node.start_mark.index, offset + node.end_mark.index)
