"""What an edit of the classes comes to: checked, in events, and in words that say what follows from it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from unicodedata import normalize
from uuid import uuid4

from activelabel.errors import WrongUse
from activelabel.project.store import Draft
from activelabel.project.wording import counted, joined
from activelabel.records.events import LabelClass
from activelabel.records.kinds import EventKind
from activelabel.session.classes.edits import Verb
from activelabel.session.classes.keys import is_key, next_class_key
from activelabel.session.classes.names import checked_name, checked_text, class_named

if TYPE_CHECKING:
    from collections.abc import Iterable

    from activelabel.project.ledger import Ledger
    from activelabel.project.store import Store
    from activelabel.records.contents import ItemRecord
    from activelabel.session.classes.edits import ClassEdit

__all__ = ["ClassChange", "change_of", "item_meant", "new_class"]


@dataclass(frozen=True, slots=True)
class ClassChange:
    """The events of one edit, recorded and taken back together, and what follows from them in a sentence."""

    drafts: tuple[Draft, ...]
    words: str


def change_of(edit: ClassEdit, ledger: Ledger, item: ItemRecord | None = None) -> ClassChange:
    """Return what an edit comes to; nothing is recorded.

    Parameters
    ----------
    edit
        What is wished.
    ledger
        Everything said so far.
    item
        The item that an example is.

    Raises
    ------
    WrongUse
        If a class does not exist, a name or key is taken, or nothing would be changed.
    """
    change = CHANGES[edit.verb](edit, ledger, item)
    # what belongs together is taken back together
    together = uuid4().hex
    drafts = tuple(replace(draft, data={**draft.data, "edit": together}) for draft in change.drafts)
    return replace(change, drafts=drafts)


def item_meant(edit: ClassEdit, shown: ItemRecord | None, store: Store) -> ItemRecord | None:
    """Return the item that an edit makes an example: the one that is shown, or one that was, by its id."""
    if edit.verb is not Verb.EXAMPLE or not edit.to:
        return shown
    wanted = edit.to[0]
    if shown and wanted in {shown.id, shown.user_id}:
        return shown
    return store.item(wanted) or next((item for item in store.items() if item.user_id == wanted), None)


def new_class(name: str, ledger: Ledger, others: Iterable[LabelClass] = ()) -> LabelClass:
    """Return a class that is to be, with its key; `others` are to be as well.

    Raises
    ------
    WrongUse
        If it cannot be the name of a class, or looks like one.
    """
    kept = checked_name(name, [*ledger.classes.values(), *others])
    taken = ledger.taken_keys() | {other.key for other in others}
    return LabelClass(uuid4().hex[:12], kept, next_class_key(kept, taken))


def _rename(edit: ClassEdit, ledger: Ledger, _: ItemRecord | None) -> ClassChange:
    known = class_named(edit.names[0], ledger)
    name = checked_name(edit.to[0], (other for other in ledger.classes.values() if other.id != known.id))
    if name == known.name:
        raise WrongUse(f"{name!r} is its name already", "give another one")
    labels = counted(_labels(ledger)[known.id], "label")
    draft = Draft(EventKind.CLASS_RENAMED, {"class": known.id, "name": name})
    return ClassChange((draft,), f"{known.name} is called {name} from now on, with its key and {labels}")


def _merge(edit: ClassEdit, ledger: Ledger, _: ItemRecord | None) -> ClassChange:
    merged = _distinct(class_named(name, ledger) for name in edit.names)
    into = ledger.find_class(edit.to[0])
    drafts = []
    if into is None:
        # one of them is given the new name, so that undoing all this leaves no class behind: one with a key, if any has
        kept = next((known for known in merged if known.key), merged[0])
        into = replace(kept, name=checked_name(edit.to[0], ledger.classes.values()))
        drafts.append(Draft(EventKind.CLASS_RENAMED, {"class": into.id, "name": into.name}))
    gone = [known for known in merged if known.id != into.id]
    if not gone:
        raise WrongUse(
            f"{joined([known.name for known in merged])} alone cannot be merged into {into.name}",
            "name another class to merge it with, or rename it",
        )
    drafts += [Draft(EventKind.CLASS_MERGED, {"class": known.id, "into": into.id}) for known in gone]
    labels = _labels(ledger)
    total = sum(labels[class_id] for class_id in {into.id, *(known.id for known in gone)})
    names = joined([known.name for known in merged])
    become = "become" if len(merged) > 1 else "becomes"
    return ClassChange(tuple(drafts), f"{names} {become} {into.name}, which then has {counted(total, 'label')}")


def _split(edit: ClassEdit, ledger: Ledger, _: ItemRecord | None) -> ClassChange:
    known = class_named(edit.names[0], ledger)
    added: list[LabelClass] = []
    parts: list[LabelClass] = []
    for name in edit.to:
        part = ledger.find_class(name)
        if part is None:
            part = new_class(name, ledger, added)
            added.append(part)
        parts.append(part)
    parts = _distinct(parts)
    if len(parts) < 2:
        hint = f"name two parts or more; {known.name} itself may be one"
        raise WrongUse(f"{known.name} split into {parts[0].name} alone is no split", hint)
    drafts = [_addition(part) for part in added]
    drafts.append(Draft(EventKind.CLASS_SPLIT, {"class": known.id, "into": [part.id for part in parts]}))
    given, others = ledger.counts[known.id], _labels(ledger)[known.id] - ledger.counts[known.id]
    others += sum(ledger.class_of(answer) == known.id for answer in ledger.spread().values())
    again = f"{counted(given, 'label')} of {known.name} will be asked again" if given else "no label is asked again"
    opened = f", {others:,} imported or from clusters {'is' if others == 1 else 'are'} open again" if others else ""
    return ClassChange(
        tuple(drafts), f"{known.name} is split into {joined([part.name for part in parts])}: {again}{opened}"
    )


def _define(edit: ClassEdit, ledger: Ledger, _: ItemRecord | None) -> ClassChange:
    known = class_named(edit.names[0], ledger)
    text = checked_text(edit.to[0])
    data = {"class": known.id, "text": text, "examples": list(known.examples)}
    return ClassChange((Draft(EventKind.CLASS_DEFINED, data),), f"{known.name} means: {text}")


def _example(edit: ClassEdit, ledger: Ledger, item: ItemRecord | None) -> ClassChange:
    known = class_named(edit.names[0], ledger)
    if item is None:
        raise WrongUse(f"no item {edit.to[0]!r}" if edit.to else "no item named", "give the id that its card shows")
    if item.id in known.examples:
        raise WrongUse(f"{item.id} is an example of {known.name} already", "choose another item")
    data = {"class": known.id, "text": known.definition, "examples": [*known.examples, item.id]}
    return ClassChange((Draft(EventKind.CLASS_DEFINED, data, item),), f"{item.id} is an example of {known.name}")


def _key(edit: ClassEdit, ledger: Ledger, _: ItemRecord | None) -> ClassChange:
    known = class_named(edit.names[0], ledger)
    key = normalize("NFC", edit.to[0])
    if not is_key(key):
        raise WrongUse(f"{key!r} cannot be the key of a class", "give one character that does nothing else on a card")
    holder = next((other for other in ledger.classes.values() if other.key == key), None)
    if holder:
        raise WrongUse(f"{key} is the key of {holder.name}", "give another, or give that class another first")
    draft = Draft(EventKind.CLASS_KEY, {"class": known.id, "key": key})
    before = f" instead of {known.key}" if known.key else ""
    return ClassChange((draft,), f"the key of {known.name} is {key}{before}")


def _add(edit: ClassEdit, ledger: Ledger, _: ItemRecord | None) -> ClassChange:
    added = new_class(edit.names[0], ledger)
    found = f"with the key {added.key}" if added.key else "without a key: / finds it"
    return ClassChange((_addition(added),), f"{added.name} is a class, {found}")


CHANGES = {
    Verb.RENAME: _rename,
    Verb.MERGE: _merge,
    Verb.SPLIT: _split,
    Verb.DEFINE: _define,
    Verb.EXAMPLE: _example,
    Verb.KEY: _key,
    Verb.ADD: _add,
}


def _addition(added: LabelClass) -> Draft:
    return Draft(EventKind.CLASS_ADDED, {"class": added.id, "name": added.name, "key": added.key})


def _distinct(classes: Iterable[LabelClass]) -> list[LabelClass]:
    return list({known.id: known for known in classes}.values())


def _labels(ledger: Ledger) -> Counter[str]:
    """Return how many labels of each class are in force, imported ones counted."""
    return Counter(ledger.labels().values())
