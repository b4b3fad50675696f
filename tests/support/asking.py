"""A small project with a plan and no learner, and an asker on it."""

from activelabel.project.claims import Claims
from activelabel.project.layout import Layout
from activelabel.project.plan import Plan, PlannedCard, PlanReader, PlanWriter
from activelabel.project.settings import settings_to_json
from activelabel.project.store import Draft, Store
from activelabel.records.cards import Suggestion, Why
from activelabel.records.contents import Content, ItemRecord
from activelabel.records.kinds import CardKind, EventKind, Modality
from activelabel.records.settings import Roles, Settings
from activelabel.session.asker import Asker

NOW = "2026-01-01T00:00:00.000+00:00"


def make_project(root, units=40, audit=0.0, first_batch=10, seed=0, guesses=("spam",)):
    """Make a project whose plan ranks u0, u1, ... and holds all units in reserve."""
    layout = Layout(root)
    layout.cache.mkdir(parents=True)
    with Store.create(layout.labels) as store:
        settings = Settings("data.csv", "csv", Modality.TEXT, Roles(("text",), texts=("text",)), seed=seed, audit=audit)
        classes = [{"class": f"c-{name}", "name": name, "key": key} for name, key in [("ham", "1"), ("spam", "2")]]
        drafts = [Draft(EventKind.CLASS_ADDED, data) for data in classes]
        store.append("ann", NOW, [Draft(EventKind.SETTINGS, settings_to_json(settings)), *drafts])
    items = [ItemRecord(f"u{n}-1", f"u{n}", Content(Modality.TEXT, (("text", f"text {n}"),))) for n in range(units)]
    writer = PlanWriter(layout)
    writer.place(items)

    def planned(unit, kind):
        guess = guesses[int(unit[1:]) % len(guesses)]
        suggestion = Suggestion(f"c-{guess}", 0.9) if guess else None
        return PlannedCard(unit, kind, writer.offset(unit), Why("margin", ("c-ham", "c-spam")), suggestion)

    cards = tuple(planned(f"u{n}", CardKind.UNCERTAIN) for n in range(units // 2))
    reserve = tuple(planned(f"u{n}", CardKind.AUDIT) for n in reversed(range(units)))
    writer.write(Plan(1, 3, 0, "print", units, first_batch, (0, 0), cards, reserve))
    return layout


class Session:
    def __init__(self, layout, annotator="ann"):
        self.store = Store(layout.labels)
        self.claims = Claims(layout.claims)
        self.asker = Asker(self.store, PlanReader(layout), self.claims, annotator, lambda: NOW)

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self.store.close()
        self.claims.close()

    def answer(self, reply, times=1):
        for _ in range(times):
            outcome = self.asker.tell(self.asker.ask(), reply, 1.5)
        return outcome
