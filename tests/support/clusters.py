"""An asker that is asked about whole clusters, and a learner that works whenever it is told to."""

from conftest import NOW

from activelabel.project.claims import Claims
from activelabel.project.plan import PlanReader
from activelabel.project.store import Store
from activelabel.session.asker import Asker
from activelabel.session.clusters.nouns import ClusterCard
from activelabel.session.clusters.replies import AllAre
from activelabel.session.learner import Learner
from activelabel.session.replies import Chosen


class Session:
    """An asker that is asked about clusters, and a learner that works whenever it is told to."""

    def __init__(self, clouds, annotator="ann", welcome=True):
        self.clouds = clouds
        self.learner = Learner(clouds.layout)
        self.store = Store(clouds.layout.labels)
        self.claims = Claims(clouds.layout.claims)
        self.asker = Asker(self.store, PlanReader(clouds.layout), self.claims, annotator, lambda: NOW)
        if welcome:
            self.asker.welcome_clusters()
        self.ids = {known.name: known.id for known in self.asker.ledger.classes.values()}

    def __enter__(self):
        self.learn()
        return self

    def __exit__(self, *exception):
        self.learner.close()
        self.store.close()
        self.claims.close()

    def learn(self):
        while self.learner.step():
            pass

    @property
    def plan(self):
        self.asker.look_again()
        return self.asker.plan

    def say(self, reply):
        return self.asker.tell(self.asker.ask(), reply, 1.0)

    def colour_of(self, card):
        return str(self.clouds.true[self.clouds.dataset.row_of(card.item.unit)])

    def right(self, card):
        return Chosen(self.ids[self.colour_of(card)])

    def answer(self, count=1, name=None):
        """Answer cards about items, rightly or with one class."""
        for _ in range(count):
            card = self.asker.ask()
            self.asker.tell(card, Chosen(self.ids[name]) if name else self.right(card), 1.0)

    def probe(self, number, name, answered=None):
        """Say that all of a cluster are of a class, and answer the probe rightly or as said."""
        self.say(AllAre(number, self.ids[name]))
        while isinstance(card := self.asker.ask(), ClusterCard) and not card.view:
            self.answer(name=answered)
        return card

    def members(self, number):
        planned = self.plan.clusters[number]
        return PlanReader(self.clouds.layout).clusters.read(self.plan.clustering, planned.offset)
