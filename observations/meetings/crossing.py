"""Who meets whom on what: bodies, dispositifs and needs, and which meetings could be one. Reads only."""

from dataclasses import dataclass
from itertools import combinations

from observations.models import Body, Need, NeedRequest, Scheme
from observations.models.need import ENDED


@dataclass(frozen=True)
class Row:
    """A body, and for each dispositif the needs on which it is met there; None where it does not sit."""

    body: Body
    cells: list[list[Need] | None]


@dataclass(frozen=True)
class Pair:
    """Two dispositifs where the same people would meet on the same needs."""

    schemes: tuple[Scheme, Scheme]
    bodies: list[Body]
    needs: list[Need]


@dataclass(frozen=True)
class Crossing:
    schemes: list[Scheme]
    rows: list[Row]
    pairs: list[Pair]


def crossing() -> Crossing:
    """Of dispositifs in course and open needs; five queries, whatever their number."""
    schemes = list(Scheme.objects.filter(active=True).prefetch_related("needs", "bodies"))
    open_needs = {scheme.pk: _open(scheme) for scheme in schemes}
    sitting = {s.pk: {body.pk: body for body in s.bodies.all()} for s in schemes}
    asked: dict[int, set[int]] = {}
    for need, body in NeedRequest.objects.standing().values_list("need", "body"):
        asked.setdefault(body, set()).add(need)
    bodies = {key: body for each in sitting.values() for key, body in each.items()}
    rows = [
        Row(body, [_cell(open_needs[s.pk], key in sitting[s.pk], asked.get(key, set())) for s in schemes])
        for key, body in sorted(bodies.items(), key=lambda item: item[1].name)
    ]
    pairs = [
        Pair(
            (one, other),
            [bodies[key] for key in sorted(sitting[one.pk].keys() & sitting[other.pk].keys())],
            [
                open_needs[one.pk][key]
                for key in sorted(open_needs[one.pk].keys() & open_needs[other.pk].keys())
            ],
        )
        for one, other in combinations(schemes, 2)
    ]
    together = [pair for pair in pairs if len(pair.bodies) > 1 and pair.needs]
    return Crossing(schemes, rows, sorted(together, key=lambda pair: (-len(pair.bodies), -len(pair.needs))))


def _open(scheme: Scheme) -> dict[int, Need]:
    return {
        need.pk: need for need in scheme.needs.all() if need.state not in ENDED and not need.merged_into_id
    }


def _cell(needs: dict[int, Need], sits: bool, asked: set[int]) -> list[Need] | None:
    """What it was asked comes first: it is on these that it is awaited."""
    return sorted(needs.values(), key=lambda need: (need.pk not in asked, need.title)) if sits else None
