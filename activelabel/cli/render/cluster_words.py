"""What is said about a cluster in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

from activelabel.cli.render.safe import safe
from activelabel.project.wording import counted
from activelabel.session.clusters.nouns import Scope

if TYPE_CHECKING:
    from activelabel.records.progress import Progress
    from activelabel.session.clusters.nouns import Choice, ClusterCard, ClusterView, Probe

__all__ = ["choice_words", "cluster_card_words", "cluster_title", "decision_title", "probe_words"]

NAMES = {Scope.ALL: "cluster", Scope.CORE: "core of cluster", Scope.REST: "rest of cluster"}
PARTS = {Scope.ALL: "all", Scope.CORE: "the core", Scope.REST: "the rest"}


def cluster_title(view: ClusterView) -> str:
    """Return the name of a cluster and how many there are.

    Examples
    --------
    >>> from activelabel.session.clusters.nouns import ClusterView, Scope
    >>> cluster_title(ClusterView(7, Scope.ALL, 312, 290, (), (), (), (), ()))
    'cluster 7: 312 items, 290 without a label'
    """
    return f"{NAMES[view.scope]} {view.number}: {counted(view.size, 'item')}, {view.left:,} without a label"


def decision_title(probe: Probe, choice: Choice, name: str) -> str:
    """Return what the probe of a cluster says of all of it.

    Examples
    --------
    >>> from activelabel.session.clusters.nouns import Choice, Probe, Scope
    >>> choice = Choice(Scope.ALL, 302, 10, 10, 312, pure=0.744, bound=0.735)
    >>> decision_title(Probe("", 7, Scope.ALL, "c", 10, 10, 312), choice, "ham")
    'cluster 7: 10 of 10 are ham: at least 74 % of the 312 are, 95 % sure'
    """
    said = f"{choice.right} of {choice.drawn} are {name}"
    least = f"at least {floor_percent(choice.pure)} % of the {choice.size:,} are, 95 % sure"
    return f"{NAMES[probe.scope]} {probe.number}: {said}: {least}"


def choice_words(choice: Choice, name: str) -> str:
    """Return what giving a part of a cluster a label would do.

    Examples
    --------
    >>> from activelabel.session.clusters.nouns import Choice, Scope
    >>> choice_words(Choice(Scope.CORE, 151, 5, 5, 156, pure=0.55, bound=0.536), "ham")
    'accept the core, at least 53 %: ham for 151 items (5 of 5 drawn)'
    """
    drawn = f" ({choice.right} of {choice.drawn} drawn)" if choice.scope is Scope.CORE else ""
    items = counted(choice.members, "item")
    return f"accept {PARTS[choice.scope]}, at least {floor_percent(choice.bound)} %: {name} for {items}{drawn}"


def floor_percent(share: float) -> int:
    """Return a bound as per cents: never more than it is.

    Examples
    --------
    >>> floor_percent(0.7499), floor_percent(0.29)
    (74, 29)
    """
    return int(100 * share + 1e-9)


def probe_words(probe: Probe, name: str) -> tuple[str, str]:
    """Return which of the drawn members a card asks for, at length and in brief.

    Examples
    --------
    >>> from activelabel.session.clusters.nouns import Probe, Scope
    >>> probe_words(Probe("", 7, Scope.ALL, "c", 3, 10, 312), "ham")
    ('cluster 7: 3 of 10 drawn at random from 312; said to be ham', '3 of 10: ham?')
    """
    where = f"{NAMES[probe.scope]} {probe.number}"
    far = f"{probe.place} of {probe.drawn}"
    return f"{where}: {far} drawn at random from {probe.size:,}; said to be {name}", f"{far}: {name}?"


def cluster_card_words(card: ClusterCard, progress: Progress, room: int = 1000) -> str:
    """Return what a card about a cluster asks, in brief where there is no `room` for more; room is in cells."""
    if card.view or card.probe is None:
        words = f"about all of cluster {card.cluster}", f"cluster {card.cluster}"
    else:
        names = {known.id: known.name for known in progress.classes}
        words = probe_words(card.probe, names.get(card.probe.class_id, ""))
    return next((said for said in words if cell_len(safe(said)) <= room), words[-1])
