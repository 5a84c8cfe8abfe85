"""Whether the figures of a claim are in the texts of its sources, by value and unit."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Final, NamedTuple

from citecheck.sources.figures import Day, Figure, Hedge, Kind, figures
from citecheck.text.spans import Span

_EARLY: Final = 1500  # a year before it is less likely than a count
_LARGE: Final = 13  # a smaller whole number is in nearly every text, and proves nothing


class Stock(NamedTuple):
    """All figures that a text has: its numbers with their units, its years, its decades, its days."""

    numbers: dict[Decimal, set[str]]
    years: frozenset[int]
    decades: frozenset[int]
    days: frozenset[Day]

    @classmethod
    def of(cls, text: str) -> Stock:
        """The figures of a text."""
        return cls.gathered(figures(text))

    @classmethod
    def gathered(cls, every: Iterable[Figure]) -> Stock:
        """Some figures."""
        numbers: dict[Decimal, set[str]] = {}
        years, decades, days = set[int](), set[int](), set[Day]()
        for figure in every:
            unit = "%" if figure.kind is Kind.PERCENT else figure.unit
            for value in figure.values:
                numbers.setdefault(value, set()).add(unit)
            days |= figure.days
            years |= {day.year for day in figure.days if day.year}
            if figure.kind is Kind.YEAR:
                years |= {int(value) for value in figure.values}
            if figure.kind is Kind.DECADE:
                decades |= {int(value) for value in figure.values}
        return cls(numbers, frozenset(years), frozenset(decades), frozenset(days))


def strong(figure: Figure, *, small: bool = False) -> bool:
    """Whether a figure is one that a source must have: no part of a name, and no small whole number unless asked."""
    if figure.named:
        return False
    if figure.kind is Kind.NUMBER and not small and not figure.scaled:
        return all(value >= _LARGE or value != value.to_integral_value() for value in figure.values)
    return True


def supported(figure: Figure, stock: Stock) -> bool:
    """Whether a text has a figure."""
    match figure.kind:
        case Kind.DATE:
            return any(_has_day(day, stock) for day in figure.days)
        case Kind.YEAR:
            return _has_year(figure, stock)
        case Kind.DECADE:
            return any(_has_decade(int(value), stock) for value in figure.values)
        case _:
            return any(_has(value, figure, stock) for value in figure.values)


def place(figure: Figure, text: str) -> Span | None:
    """Where a text first has a figure; None where nowhere."""
    return next((each.span for each in figures(text) if supported(figure, Stock.gathered([each]))), None)


def _has_day(day: Day, stock: Stock) -> bool:
    """A day with its year, or without where a dated article leaves it unsaid; a month, by any day of it.

    An article of the next day says `on Wednesday`.
    """
    if day.year and day.day and _next(day) in stock.days:
        return True
    for each in stock.days:
        if each.month != day.month or (day.day and each.day and each.day != day.day):
            continue
        if day.day and not each.day:
            continue
        if day.year is None or each.year == day.year or (each.year is None and _unstated(day, each, stock)):
            return True
    return False


def _next(day: Day) -> Day:
    following = date(day.year or 1, day.month, day.day or 1) + timedelta(days=1)
    return Day(following.year, following.month, following.day)


def _unstated(wanted: Day, written: Day, stock: Stock) -> bool:
    """Whether the year of a date without one may be the wanted one: it is that of the article, or the next to it."""
    if not stock.years or wanted.year in stock.years:
        return True
    if wanted.year is None or wanted.day or written.day:
        return False
    return any(day.year and abs(day.year - wanted.year) == 1 for day in stock.days)


def _has_year(figure: Figure, stock: Stock) -> bool:
    """Whether a year is there; what is hardly one may be a number, which `1,200` is in the text."""
    return any(int(value) in stock.years or (value < _EARLY and value in stock.numbers) for value in figure.values)


def _has_decade(decade: int, stock: Stock) -> bool:
    return decade in stock.decades or any(decade <= year < decade + 10 for year in stock.years)


def _has(value: Decimal, figure: Figure, stock: Stock) -> bool:
    unit = "%" if figure.kind is Kind.PERCENT else figure.unit
    if _agrees(unit, stock.numbers.get(value)):
        return True
    if figure.kind is Kind.PERCENT and figure.hedge is Hedge.EXACT:
        return False
    if figure.hedge is Hedge.EXACT and not figure.scaled:
        return False
    low, high = _bounds(value, figure)
    return any(low <= each <= high and _agrees(unit, units) for each, units in stock.numbers.items())


def _bounds(value: Decimal, figure: Figure) -> tuple[Decimal, Decimal]:
    """What a rounded number may represent."""
    half = figure.step / 2
    match figure.hedge:
        case Hedge.OVER:
            return value, value + figure.step
        case Hedge.UNDER:
            return value - figure.step, value
        case Hedge.ABOUT | Hedge.EXACT:
            return value - half, value + half


def _agrees(unit: str, units: Collection[str] | None) -> bool:
    """Whether one of the units is the wanted one; a number without unit may be in a column that tells it."""
    return units is not None and (not unit or unit in units or "" in units)
