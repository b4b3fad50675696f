"""What is written and read through a pipe, as plain dictionaries: questions, answers, what was saved, what went wrong.

The form is described in docs/pipe-protocol.md. A question tells no more than the screen does: where the screen
withholds what the model thinks, so does the message, and nothing says what kind of card it is.
"""

from __future__ import annotations

import base64
import re
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from activelabel.records.kinds import CardKind
from activelabel.records.progress import HEADLINE_FROM
from activelabel.session.dialogue.png import png

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from activelabel.errors import ActivelabelError
    from activelabel.records.cards import Card
    from activelabel.records.contents import ItemRecord
    from activelabel.records.progress import Estimate, Progress

__all__ = ["PROTOCOL", "Message", "Voice", "done_message", "error_message", "question_message", "saved_message"]

Message: TypeAlias = dict[str, Any]

PROTOCOL: Final = 1


@dataclass(frozen=True, slots=True)
class Voice:
    """How a card is told.

    Attributes
    ----------
    why
        Why it is asked, in the words of the screen; "" where those are withheld.
    suggestion
        The suggestion as the screen has it, ``CLASS, likely`` or ``CLASS, maybe``; "" where it is withheld.
    views
        The folder of pictures that are larger than what a card carries, UNIT.jpg.
    """

    why: Callable[[Card, Progress], str]
    suggestion: Callable[[Card, Progress], str]
    views: Path


def question_message(card: Card, progress: Progress, voice: Voice) -> Message:
    """Return a card with what stands around it."""
    name, _, word = voice.suggestion(card, progress).rpartition(", ")
    names = {known.id: known.name for known in progress.classes}
    withheld = card.suggestion_hidden or card.kind is CardKind.AUDIT
    return {
        "protocol": PROTOCOL,
        "done": False,
        "card": card.token,
        "item": _item(card.item, voice.views),
        "suggestion": {"word": word, "class": name} if word else None,
        "why": voice.why(card, progress) or None,
        "contested": [] if withheld else [names[one] for one in card.why.contested if one in names],
        "answered": [
            {"said": given.said, "annotator": given.annotator, "time": given.time, "notes": list(given.notes)}
            for given in card.answered
        ],
        **_around(progress),
    }


def done_message(progress: Progress) -> Message:
    """Return the message that there is no card and never will be, unless an answer is taken back."""
    return {"protocol": PROTOCOL, "done": True, "card": None, **_around(progress)}


def saved_message(item_id: str, said: str, progress: Progress) -> Message:
    """Return the message that something is on disk: the id of its item, and in a word what was said."""
    return {"protocol": PROTOCOL, "saved": {"item": item_id, "said": said}, "progress": _progress(progress)}


def error_message(error: ActivelabelError) -> Message:
    """Return the message that something could not be done.

    Examples
    --------
    >>> from activelabel.errors import StaleCard
    >>> error_message(StaleCard("this card is not asked any more", "ask for the next one"))["error"]["kind"]
    'stale-card'
    """
    kind = re.sub(r"(?<!^)(?=[A-Z])", "-", type(error).__name__).lower()
    return {"protocol": PROTOCOL, "error": {"kind": kind, "message": str(error), "hint": error.hint}}


def _item(item: ItemRecord, views: Path) -> Message:
    content, view = item.content, views.absolute() / f"{item.unit}.jpg"
    picture = content.picture
    return {
        "id": item.id,
        "user_id": item.user_id,
        "modality": content.modality.value,
        "fields": [{"name": name, "value": value} for name, value in content.fields],
        "path": content.path or None,
        "picture": picture
        and {
            "width": picture.width,
            "height": picture.height,
            "uri": f"data:image/png;base64,{base64.b64encode(png(picture)).decode()}",
        },
        "view": str(view) if picture and view.is_file() else None,
    }


def _around(progress: Progress) -> Message:
    return {
        "classes": [
            {
                "name": known.name,
                "key": known.key,
                "count": progress.counts.get(known.id, 0),
                "definition": known.definition,
            }
            for known in progress.classes
        ],
        "progress": _progress(progress),
        "message": progress.message,
    }


def _progress(progress: Progress) -> Message:
    return {"answered": progress.answered, "left": progress.left, "accuracy": _accuracy(progress.accuracy)}


def _accuracy(estimate: Estimate | None) -> Message | None:
    if estimate is None:
        return None
    # under ten answers the interval is all that can be said
    return {**asdict(estimate), "value": estimate.value if estimate.n >= HEADLINE_FROM else None}
