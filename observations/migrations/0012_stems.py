"""Stems in place of folded texts, and an index on them."""

from django.db import migrations, models

from observations import words
from observations.models import search_index
from observations.models.observation import SEARCHED

CHUNK = 500


def fill(apps, schema_editor):
    observations = apps.get_model("observations", "Observation").objects
    rows = []
    for row in observations.only(*SEARCHED).iterator(CHUNK):
        row.stems = words.column(getattr(row, name) for name in SEARCHED)
        rows.append(row)
        if len(rows) == CHUNK:
            observations.bulk_update(rows, ["stems"])
            rows = []
    observations.bulk_update(rows, ["stems"])


class Migration(migrations.Migration):
    dependencies = [("observations", "0011_devices")]
    operations = [
        migrations.AddField("observation", "stems", models.TextField(blank=True, editable=False, default="")),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AlterField("observation", "stems", models.TextField(blank=True, editable=False)),
        migrations.RemoveField("observation", "search_text"),
        migrations.RunPython(search_index.create, search_index.remove),
    ]
