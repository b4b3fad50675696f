"""What is recorded about whole clusters, and of which clusters something was said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from activelabel.project.store import Draft
from activelabel.records.kinds import EventKind
from activelabel.session.clusters.nouns import Scope
from activelabel.session.clusters.parts import without_answer

if TYPE_CHECKING:
    from collections.abc import Callable

    from activelabel.project.ledger import Ledger
    from activelabel.records.contents import ItemRecord
    from activelabel.session.clusters.nouns import Choice, ClusterCard, Topic
    from activelabel.session.clusters.parts import Part

__all__ = ["declined", "spoken_of", "taken"]


def spoken_of(ledger: Ledger, clustering: str) -> set[int]:
    """Return the clusters of which something was said: a probe answered, a label for all, an offer turned down."""
    told = [event.data for event in ledger.cluster_answers()]
    told += [
        event.data["cluster"] for event in ledger.said if "cluster" in event.data and not ledger.withdrawn(event.uuid)
    ]
    return {data["number"] for data in told if data["clustering"] == clustering}


def taken(
    topic: Topic, part: Part, choice: Choice, ledger: Ledger, item_of: Callable[[str], ItemRecord | None]
) -> Draft:
    """Return the event that gives a part of a cluster its label.

    Its item is the most typical of the members that were drawn and found to be of the class: the one to look at when
    somebody asks where a label comes from.

    Parameters
    ----------
    topic, part, choice
        Which cluster is of which class, which part gets the label, and what its probe says.
    ledger
        What was said before.
    item_of
        What a unit shows; None where that is lost.
    """
    answers = [ledger.answers[unit] for unit in part.drawn if unit in ledger.answers]
    said = ledger.resolve(topic.class_id)
    right = {event.data["unit"] for event in answers if ledger.class_of(event) == said}
    speaker = next((unit for unit in part.members if unit in right), "")
    data = {
        **_named(topic, choice.scope),
        "members": without_answer(part, ledger),
        "probe": [event.uuid for event in answers],
        "right": choice.right,
        "drawn": choice.drawn,
        "size": choice.size,
        "bound": choice.bound,
        "classes": [topic.class_id],
    }
    return Draft(EventKind.CLUSTER, data, item_of(speaker))


def declined(topic: Topic, card: ClusterCard) -> Draft | None:
    """Return the event that an offer was turned down; None where there was none.

    Where members were asked, that by itself says that the cluster was spoken of; and a half was never offered.
    """
    if topic.class_id or topic.scope is not Scope.ALL or card.view is None or not card.view.likely:
        return None
    data = {**_named(topic, Scope.DECLINED), "members": [], "probe": [], "classes": [card.view.likely[0]]}
    return Draft(EventKind.CLUSTER, data, card.item)


def _named(topic: Topic, scope: Scope) -> dict[str, Any]:
    return {
        "clustering": topic.clustering,
        "number": topic.number,
        "part": topic.scope.value,
        "scope": scope.value,
    }
