"""The settings of a project, and their JSON: the body of the settings event."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from activelabel.errors import ProjectError
from activelabel.records.kinds import Modality
from activelabel.records.settings import Algorithms, Roles, Settings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from activelabel.project.layout import Layout

__all__ = ["settings_from_json", "settings_of", "settings_to_json"]


def settings_of(layout: Layout, recorded: Settings | None) -> Settings:
    """Return the settings that were recorded in a project.

    Raises
    ------
    ProjectError
        If there are none, as in a project that was not made to its end.
    """
    if recorded is None:
        raise ProjectError(f"no settings recorded: {layout.labels}", "start again with `activelabel init`")
    return recorded


def settings_to_json(settings: Settings) -> dict[str, Any]:
    """Return a JSON object that `settings_from_json` reads back exactly."""
    return asdict(settings)


def settings_from_json(found: Mapping[str, Any]) -> Settings:
    """Return the settings that `settings_to_json` wrote.

    Examples
    --------
    >>> settings = Settings("a.csv", "csv", Modality.TABLE, Roles(("x", "y"), numbers=("x", "y"), pixels=(1, 2)))
    >>> settings_from_json(settings_to_json(settings)) == settings
    True
    """
    plain = dict(found)
    listed = plain.pop("roles").items()
    roles: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in listed}
    algorithms = Algorithms(**plain.pop("algorithms"))
    modality = Modality(plain.pop("modality"))
    return Settings(modality=modality, roles=Roles(**roles), algorithms=algorithms, **plain)
