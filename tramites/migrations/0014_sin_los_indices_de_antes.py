"""Those that no list walks any more, once the new ones serve."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tramites", "0013_indices_de_la_bandeja")]

    operations = [
        migrations.RemoveIndex(model_name="gestion", name="tramites_gestion_cola"),
        migrations.RemoveIndex(model_name="gestion", name="tramites_gestion_analista"),
        migrations.AlterField(
            model_name="gestion",
            name="solicitante",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="gestiones",
                to=settings.AUTH_USER_MODEL,
                verbose_name="solicitante",
            ),
        ),
        migrations.AlterField(
            model_name="gestion",
            name="asignada_a",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="asignadas",
                to=settings.AUTH_USER_MODEL,
                verbose_name="analista",
            ),
        ),
    ]
