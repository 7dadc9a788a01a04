"""A new field breaks the build until someone says who may see it."""

import pytest
from django.apps import apps

from observations.privacy.fields import FIELDS, privacy_class

ALL = [
    (f"{model._meta.app_label}.{model.__name__}", field.name)
    for model in apps.get_models(include_auto_created=True)
    for field in (*model._meta.local_fields, *model._meta.local_many_to_many)
]


@pytest.mark.parametrize(("model", "field"), ALL)
def test_every_field_of_every_table_has_a_privacy_class(model: str, field: str) -> None:
    assert privacy_class(model, field), f"{model}.{field}: choose its class in observations/privacy/fields.py"


def test_no_class_is_left_for_a_field_that_is_gone() -> None:
    classified = {
        (model, name) for model, by in FIELDS.items() for names in by.values() for name in names.split()
    }
    assert classified <= set(ALL)


def test_no_field_has_two_classes() -> None:
    for model, by in FIELDS.items():
        names = [name for fields in by.values() for name in fields.split()]
        assert len(names) == len(set(names)), model


@pytest.mark.parametrize("name", ["words", "seen", "reading", "latitude", "place_label"])
def test_what_was_confided_is_raw(name: str) -> None:
    assert privacy_class("observations.Observation", name) == "raw"
