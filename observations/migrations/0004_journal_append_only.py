"""Where a line's observation stood; and from here on, no line is changed or removed."""

import django.db.models.deletion
from django.db import migrations, models

from observations.models import append_only


def guard(apps, schema_editor):
    for statement in append_only.statements(schema_editor.connection.vendor):
        schema_editor.execute(statement)


def lift(apps, schema_editor):
    for statement in append_only.LIFT[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("observations", "0003_journal")]
    operations = [
        migrations.AddField(
            model_name="journalentry",
            name="neighbourhood",
            field=models.ForeignKey(
                blank=True,
                help_text="Où se trouvait l’observation dont parle la ligne",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="observations.neighbourhood",
                verbose_name="quartier",
            ),
        ),
        migrations.RunPython(guard, lift),
    ]
