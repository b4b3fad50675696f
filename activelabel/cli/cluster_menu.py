"""What a person can say about a whole cluster: a leaf that shows it, and under it a menu."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from activelabel.cli.keys import Action
from activelabel.cli.render.cluster import cluster_rows
from activelabel.cli.render.cluster_words import choice_words, cluster_title, decision_title
from activelabel.cli.render.reasons import class_name
from activelabel.cli.search import Search
from activelabel.session.clusters.nouns import ClusterCard
from activelabel.session.clusters.replies import AllAre, OneByOne, SplitCluster, TakeCluster

if TYPE_CHECKING:
    from activelabel.cli.face import Face
    from activelabel.cli.keys import KeyTable
    from activelabel.records.cards import Card
    from activelabel.records.progress import Progress
    from activelabel.session.annotator import Aids
    from activelabel.session.clusters.nouns import ClusterView
    from activelabel.session.replies import Reply

__all__ = ["ClusterMenu", "asks_about_all"]

ANOTHER, ONE_BY_ONE, MORE = "another class ...", "one by one", "look at more"


def asks_about_all(card: Card) -> bool:
    """Say whether a card is about a whole cluster, and not about an item."""
    return isinstance(card, ClusterCard) and card.view is not None


class ClusterMenu:
    """Asks what to do with a cluster.

    Parameters
    ----------
    face
        Where it is shown.
    aids
        Knows the clusters of items.
    keys
        Those in force.
    """

    def __init__(self, face: Face, aids: Aids, keys: KeyTable) -> None:
        self._face = face
        self._aids = aids
        self._keys = keys

    def remind(self) -> None:
        """Say which keys mean something while the menu of a cluster is closed."""
        again, on = self._keys.shown(Action.CLUSTER), self._keys.shown(Action.SKIP)
        self._face.tell(f"{again}: what to do with this cluster; {on}: one by one")

    def about(self, card: Card, progress: Progress) -> Reply | None:
        """Show the cluster of the item on a card, or that which the card is about; return what is said of it."""
        if isinstance(card, ClusterCard) and card.view:
            reply = self._decide(card, card.view, progress)
            if reply is None:
                self.remind()
            return reply
        view = self._aids.cluster(card)
        if view:
            return self._look(card, view, progress)
        self._face.tell("what is like it is not known yet")
        return None

    def _look(self, card: Card, view: ClusterView, progress: Progress) -> Reply | None:
        if isinstance(card, ClusterCard):
            stop = self._chosen(view, cluster_title(view), ["go on", "one by one: no label for all"], progress)
            return OneByOne() if stop == 1 else None
        reply = self._all_are(view, progress)
        # nobody offered anything: back to the card
        return None if isinstance(reply, OneByOne) else reply

    def _decide(self, card: ClusterCard, view: ClusterView, progress: Progress) -> Reply | None:
        if card.probe is None:
            return self._all_are(view, progress)
        what = class_name(card.probe.class_id, progress)
        options = [choice_words(choice, what) for choice in card.choices]
        replies: list[Reply] = [TakeCluster(choice.scope) for choice in card.choices]
        if card.splits:
            options.append("split: the core and the rest are looked at again")
            replies.append(SplitCluster())
        options.append("one by one: only what was answered counts")
        replies.append(OneByOne())
        first = card.choices[0]
        # a label for all is one key away only where nothing speaks against it
        chosen = 0 if first.right == first.drawn else len(options) - 1
        taken = self._chosen(view, decision_title(card.probe, first, what), options, progress, chosen)
        return None if taken is None else replies[taken]

    def _all_are(self, view: ClusterView, progress: Progress) -> Reply | None:
        options = [f"all {view.size:,} are {class_name(known, progress)}" for known in view.likely]
        taken = self._chosen(view, cluster_title(view), [*options, ANOTHER, ONE_BY_ONE], progress)
        if taken is None:
            return None
        if taken < len(options):
            return AllAre(view.number, view.likely[taken])
        if taken == len(options):
            found = self._face.find(Search(progress))
            return AllAre(view.number, found.id) if found else None
        return OneByOne()

    def _chosen(
        self, view: ClusterView, title: str, options: list[str], progress: Progress, chosen: int = 0
    ) -> int | None:
        rows = partial(cluster_rows, view, progress, title)
        while (taken := self._face.choose(title, [*options, MORE], rows, chosen)) == len(options):
            self._face.read(title, partial(rows, whole=True))
        return taken
