"""The items of a project, for those who look for one: whoever never does needs no numeric library."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

from activelabel.errors import ActivelabelError, ProjectError, WrongUse
from activelabel.session.cards import asked_for

if TYPE_CHECKING:
    from collections.abc import Mapping

    from activelabel.project.claims import Claims
    from activelabel.project.dataset import Dataset
    from activelabel.project.ledger import Ledger
    from activelabel.project.plan import PlanReader
    from activelabel.project.search import Hits, ItemSearch
    from activelabel.records.cards import Card
    from activelabel.records.contents import ItemRecord

__all__ = ["MOST_SHOWN", "Items"]

MOST_SHOWN = 200
"""Items that a search shows; whoever sees so many types more."""


class Items:
    """Every item of a project, opened with the first search; what is asked about one of them.

    Parameters
    ----------
    plans
        Follows the plan in force.
    ledger
        Everything said so far.
    claims
        What is on whose screen.
    annotator
        Who looks.
    """

    def __init__(self, plans: PlanReader, ledger: Ledger, claims: Claims, annotator: str) -> None:
        self._plans = plans
        self._ledger = ledger
        self._claims = claims
        self._annotator = annotator
        self._opened: tuple[Dataset, ItemSearch] | None = None
        self._wanted: ItemRecord | None = None

    def search(self, typed: str) -> Hits:
        """Return the items whose id begins with what was typed, or whose text contains it.

        Raises
        ------
        ProjectError
            If the project's copy of the data is not there.
        """
        return self._open()[1].find(typed, MOST_SHOWN)

    def go_to(self, name: str) -> Card:
        """Return the card of the item with an id, ours or the data's, and keep it in mind.

        Raises
        ------
        WrongUse
            If no item has that id, ours or the data's, or it is on somebody else's screen.
        ProjectError
            If the project's copy of the data is not there.
        """
        return self._card_of(self._want(name))

    def card(self) -> Card | None:
        """Return the card of the item that is wanted and not answered yet, by the plan and the classes of now."""
        return self._card_of(self._wanted) if self._wanted else None

    def answered(self, card: Card) -> None:
        """Take note that a card was answered."""
        if self._wanted and self._wanted.unit == card.item.unit:
            self._wanted = None

    def resume(self, claim: Mapping[str, Any]) -> None:
        """Want the item that a session was killed on, where it was one that the person went to and did not answer."""
        if "asked_for" in claim and claim.get("answered", -1) >= self._ledger.given:
            with contextlib.suppress(ActivelabelError):
                self._want(claim["asked_for"])

    def _card_of(self, item: ItemRecord) -> Card:
        return asked_for(item, self._plans.plan, self._ledger)

    def _want(self, name: str) -> ItemRecord:
        dataset, search = self._open()
        row = search.row_named(name)
        if row is None:
            raise WrongUse(f"no item has the id {name!r}", "Ctrl-G finds an item by part of its text")
        item = dataset.item(row)
        if item.unit in self._claims.of_others(self._annotator):
            raise WrongUse("somebody else is at that item", "go to another one")
        claim = {"asked_for": item.id, "answered": self._ledger.given}
        self._claims.claim(self._annotator, item.unit, claim)
        self._wanted = item
        return item

    def _open(self) -> tuple[Dataset, ItemSearch]:
        from activelabel.project.dataset import Dataset
        from activelabel.project.search import ItemSearch

        settings = self._ledger.settings
        dataset = None if self._opened or settings is None else Dataset.open(self._plans.cache, settings)
        if dataset:
            self._opened = dataset, ItemSearch(dataset)
        if self._opened is None:
            where = self._plans.cache
            raise ProjectError(f"the copy of the data is not there: {where}", "it is being made; try again soon")
        return self._opened
