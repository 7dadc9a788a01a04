"""A thousand territories published by the real builder, and an outsider who reads it all (restitution/attacker.py)."""

import random
from collections import Counter

import pytest

from observations.restitution import tables
from tests.restitution.attacker import publish, recovered, recovered_from_paper, territory, twins
from tests.restitution.test_attacker import crossed, naive_cross, naive_partition

THOUSAND = range(10_000, 11_000)


def test_no_part_below_the_threshold_is_recovered_from_a_thousand_territories() -> None:
    broken, alike, versions, read = [], 0, 0, 0
    for seed in THOUSAND:
        known = territory(seed)
        publications = publish(known)
        broken += [f"{seed}: {line}" for line in recovered(known, publications)]
        others = twins(known, publications, random.Random(seed))
        broken += others.different
        alike += others.alike
        versions += len(publications)
        read += sum(publication.content["enough"] for publication in publications)
    print(
        f"{versions} versions, {read} with figures, {alike} twins published to the letter, {len(broken)} recovered"
    )
    assert broken == []
    assert read > 2_000
    assert alike > 5_000


def test_nor_from_their_working_papers() -> None:
    broken, cells = [], 0
    for seed in THOUSAND:
        known = territory(seed)
        rows, found = crossed(known)
        cells += len(found.shown)
        broken += [f"{seed}: {line}" for line in recovered_from_paper(rows, found, known.threshold)]
    print(f"{cells} cells shown, {len(broken)} groups recovered")
    assert broken == []
    assert cells > 1_000


def test_the_attacker_is_worth_his_salt(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same builder with small numbers simply left out, and the same attacker."""
    papers = 0
    for seed in THOUSAND:
        known = territory(seed)
        rows, _ = crossed(known)
        papers += bool(recovered_from_paper(rows, naive_cross(rows, known), known.threshold))
    monkeypatch.setattr(tables, "partition", naive_partition)
    ways: Counter[str] = Counter()
    for seed in THOUSAND:
        known = territory(seed)
        ways.update({line.split(":")[0].split(" of ")[0] for line in recovered(known, publish(known))})
    print(f"naive: {dict(ways)} territories; {papers} working papers")
    assert max(ways.values()) > 500
    assert papers > 300
