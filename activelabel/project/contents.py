"""Items as JSON: how content is kept in the database, in planned cards and in interchange."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

from activelabel.records.contents import Content, ItemRecord, Picture
from activelabel.records.kinds import Modality

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["content_from_json", "content_to_json", "item_from_json", "item_to_json"]


def content_to_json(content: Content) -> dict[str, Any]:
    """Return a JSON object that `content_from_json` reads back exactly.

    Examples
    --------
    >>> content_to_json(Content(Modality.TEXT, (("text", "ham or spam?"),)))
    {'modality': 'text', 'fields': [['text', 'ham or spam?']]}
    """
    found: dict[str, Any] = {"modality": content.modality.value, "fields": [list(field) for field in content.fields]}
    if content.path:
        found["path"] = content.path
    if content.picture:
        picture = content.picture
        pixels = base64.b64encode(picture.pixels).decode()
        found["picture"] = [picture.height, picture.width, picture.channels, pixels]
    return found


def content_from_json(found: Mapping[str, Any]) -> Content:
    """Return the content that `content_to_json` wrote."""
    picture = None
    if "picture" in found:
        height, width, channels, pixels = found["picture"]
        picture = Picture(height, width, channels, base64.b64decode(pixels))
    fields = tuple((name, value) for name, value in found["fields"])
    return Content(Modality(found["modality"]), fields, picture, found.get("path", ""))


def item_to_json(item: ItemRecord) -> dict[str, Any]:
    """Return a JSON object that `item_from_json` reads back exactly."""
    found: dict[str, Any] = {"id": item.id, "unit": item.unit, "content": content_to_json(item.content)}
    if item.user_id:
        found["user_id"] = item.user_id
    return found


def item_from_json(found: Mapping[str, Any]) -> ItemRecord:
    """Return the item that `item_to_json` wrote."""
    return ItemRecord(found["id"], found["unit"], content_from_json(found["content"]), found.get("user_id", ""))
